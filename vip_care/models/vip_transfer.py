from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

KINDS = [
    ("request", "Request"),
    ("leaving", "Leaving"),
    ("store_move", "Store move"),
    ("rebalance", "Rebalancing"),
]
STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("store_approved", "Reviewed by the store"),
    ("approved", "Approved"),
    ("applied", "Applied"),
    ("rejected", "Rejected"),
    ("undone", "Undone"),
]
LEVELS = [
    ("store", "Store manager"),
    ("region", "Regional manager"),
    ("head_office", "Head office"),
]
# What whoever drew up a transfer may write; everything else is set by its steps.
EDITABLE = {"reason", "member_wish", "member_wish_note", "line_ids"}
LOG = {"readonly": True, "copy": False}


class VipTransfer(models.Model):
    """Members who change their owner, decided step by step: the only way they do.

    Created by the methods that know who may ask for what, never over RPC. Steps and
    decisions are in `vip_transfer_path.py`, who may take them in
    `vip_transfer_people.py`, moving and undoing in `vip_transfer_apply.py`.
    """

    _name = "vip.transfer"
    _description = "Transfer of members"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    name = fields.Char("Number", default="/", **LOG)
    kind = fields.Selection(KINDS, required=True, default="request", readonly=True)
    state = fields.Selection(
        STATES, required=True, default="draft", tracking=True, **LOG
    )
    level = fields.Selection(
        LEVELS, "Waiting at", help="Who decides next.", index="btree_not_null", **LOG
    )
    requested_by_id = fields.Many2one(
        "res.users",
        "Requested by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    reason = fields.Text(required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    from_employee_id = fields.Many2one(
        "hr.employee", "Previous owner", readonly=True, index="btree_not_null"
    )
    store_id = fields.Many2one(
        "vip.store",
        "Reviewing store",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The store whose manager reviews and whose region decides.",
    )
    line_ids = fields.One2many("vip.transfer.line", "transfer_id", "Members")
    line_count = fields.Integer("Number of members", compute="_compute_line_counts")
    moved_count = fields.Integer("Moved", compute="_compute_line_counts")
    member_wish = fields.Boolean(
        "The member asked for it",
        help="Her own wish needs the store manager's review only and comes before"
        " what others ask for.",
    )
    member_wish_note = fields.Text(
        "Who heard it, and when", help="For example: told me at the till on Monday."
    )
    submitted_at = fields.Datetime("Submitted on", **LOG)
    waiting_since = fields.Datetime(index="btree_not_null", **LOG)
    store_approved_by_id = fields.Many2one("res.users", "Reviewed by", **LOG)
    store_approved_at = fields.Datetime("Reviewed on", **LOG)
    approved_by_id = fields.Many2one("res.users", "Decided by", **LOG)
    approved_at = fields.Datetime("Decided on", **LOG)
    rejected_by_id = fields.Many2one("res.users", "Rejected by", **LOG)
    reject_reason = fields.Text("Why rejected", **LOG)
    applied_at = fields.Datetime("Applied on", **LOG)
    undo_until = fields.Datetime("Can be undone until", **LOG)
    undone_by_id = fields.Many2one("res.users", "Undone by", **LOG)
    undone_at = fields.Datetime("Undone on", **LOG)
    filed_by_id = fields.Many2one("res.users", "Filed by", **LOG)
    filed_at = fields.Datetime("Filed on", **LOG)
    escalated_to = fields.Selection(
        [
            ("none", "Nobody"),
            ("region", "Regional manager"),
            ("head_office", "Head office"),
        ],
        "Passed on to",
        default="none",
        required=True,
        help="To whom it went because nobody decided in time.",
        **LOG,
    )

    # The escalation looks for what waits, customer service for what is to be filed.
    _waiting_idx = models.Index(
        "(waiting_since) WHERE state IN ('submitted', 'store_approved')"
    )
    _unfiled_idx = models.Index("(id) WHERE state = 'applied' AND filed_at IS NULL")

    def _compute_line_counts(self):
        lines = self.env["vip.transfer.line"]
        counts = lines._read_group(
            [("transfer_id", "in", self.ids)], ["transfer_id", "outcome"], ["__count"]
        )
        totals, moved = {}, {}
        for transfer, outcome, count in counts:
            totals[transfer] = totals.get(transfer, 0) + count
            if outcome == "moved":
                moved[transfer] = count
        for transfer in self:
            transfer.line_count = totals.get(transfer, 0)
            transfer.moved_count = moved.get(transfer, 0)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Ask for members with the buttons on their form.")
            )
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code("vip.transfer")
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        """Raise AccessError unless the user may write these fields by hand."""
        own = {
            name
            for name in vals
            if not name.startswith(("message_", "activity_", "website_message"))
        }
        if own - EDITABLE:
            raise AccessError(
                self.env._("A transfer changes by its buttons, not by hand.")
            )
        for transfer in self if own else ():
            # Whoever decides may still choose the successors: the lines check that.
            if own != {"line_ids"} and not transfer._may_decide("edit"):
                raise AccessError(
                    self.env._(
                        "%(transfer)s can be changed by whoever drew it up, before"
                        " it is submitted.",
                        transfer=transfer.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for transfer in self:
            if transfer.state != "draft" or transfer.submitted_at:
                raise UserError(
                    self.env._(
                        "%(transfer)s was submitted: it is kept. Reject it instead.",
                        transfer=transfer.name,
                    )
                )
            if not self.env.su and not transfer._may_decide("edit"):
                raise AccessError(
                    self.env._("Only whoever drew up a transfer deletes it.")
                )
