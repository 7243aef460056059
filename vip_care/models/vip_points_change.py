from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("hand", "By hand"),
    ("generated", "Cards generated"),
    ("merge", "Contacts merged"),
    ("system", "By the system"),
    ("beyond", "Ticket by a manager, more than it earns"),
    ("clipped", "Till asked for more than the ticket earns"),
    ("unreported", "Reward the till did not report"),
    ("overdrawn", "More spent than there was"),
    ("foreign", "Card of somebody else or of another program"),
    ("unpaid", "Ticket not paid"),
    ("error", "Could not be checked"),
]


class VipPointsChange(models.Model):
    """Changes of balances that no paid ticket explains, and what tills were refused.

    Written once by our own code, never changed. A gift card without a customer is
    here as well: whoever gets it later has its balance.
    """

    _name = "vip.points.change"
    _description = "Change of points by hand"
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    card_id = fields.Many2one("loyalty.card", readonly=True, ondelete="set null")
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, ondelete="set null"
    )
    program_id = fields.Many2one("loyalty.program", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    order_id = fields.Many2one(
        "pos.order", "Ticket", readonly=True, ondelete="set null"
    )
    old = fields.Float("Before", readonly=True, digits=0, aggregator=None)
    new = fields.Float("After", readonly=True, digits=0, aggregator=None)
    difference = fields.Float(readonly=True, digits=0, aggregator="sum")
    refused = fields.Float(
        readonly=True,
        digits=0,
        aggregator="sum",
        help="Points the till asked for and did not get.",
    )
    reason = fields.Char(readonly=True)

    # The record rule and the member's own list.
    _partner_idx = models.Index("(partner_id, date)")
    _date_idx = models.Index("(date)")
    # Deleting a card or a ticket looks for its rows.
    _card_idx = models.Index("(card_id) WHERE card_id IS NOT NULL")
    _order_idx = models.Index("(order_id) WHERE order_id IS NOT NULL")

    @api.model
    def _note(self, rows):
        """Keep these changes, made by the current user; `rows` are dicts of fields."""
        programs = self.env["loyalty.program"].sudo()
        values = []
        for row in rows:
            program = programs.browse(row.get("program_id"))
            values.append(
                {
                    "user_id": self.env.uid,
                    "company_id": program.company_id.id,
                    "difference": row.get("new", 0) - row.get("old", 0),
                }
                | row
            )
        return self.sudo().create(values)  # nobody may write the list herself

    def write(self, vals):
        raise UserError(self.env._("The list of changes of points cannot be changed."))

    def copy(self, default=None):
        raise UserError(self.env._("The list of changes of points cannot be copied."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The list of changes of points cannot be deleted."))
