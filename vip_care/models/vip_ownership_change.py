from odoo import api, fields, models
from odoo.exceptions import UserError


class VipOwnershipChange(models.Model):
    """Who owned a member from when: one row per change, never rewritten."""

    _name = "vip.ownership.change"
    _description = "Change of owner"
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    old_owner_id = fields.Many2one("hr.employee", "Previous owner", readonly=True)
    new_owner_id = fields.Many2one("hr.employee", "New owner", readonly=True)
    reason = fields.Selection(
        [
            ("enrol", "Enrolment"),
            ("import", "Import"),
            ("merge", "Contacts merged"),
            ("manual", "Set by hand"),
            ("request", "Request"),
            ("leaving", "Leaving"),
            ("store_move", "Store move"),
            ("rebalance", "Rebalancing"),
            ("undo", "Undone"),
        ],
        required=True,
        readonly=True,
        default="manual",
    )
    user_id = fields.Many2one("res.users", "Decided by", readonly=True)
    transfer_id = fields.Many2one(
        "vip.transfer", "Decision", readonly=True, index="btree_not_null"
    )

    # The collector asks who owned a member when she bought.
    _partner_idx = models.Index("(partner_id, date)")

    def write(self, vals):
        raise UserError(self.env._("The history of owners cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The history of owners cannot be deleted."))
