from odoo import api, fields, models
from odoo.exceptions import UserError


class VipAccessView(models.Model):
    """Which members a user read on a day: one row per user, day and member.

    Written by the server when contact details or profiles are read or exported, kept
    for 400 days.
    """

    _name = "vip.access.view"
    _description = "Members read"
    _order = "day desc, user_id, id desc"
    _rec_name = "partner_id"
    _log_access = False

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True, help="In the user's store.")
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, ondelete="cascade"
    )
    is_exported = fields.Boolean("Exported", readonly=True)

    # Counting a day's members; one row each however often she is read.
    _uniq = models.UniqueIndex("(user_id, day, partner_id)")
    # Who saw one member; what is old enough to go.
    _partner_idx = models.Index("(partner_id, day)")
    _day_idx = models.Index("(day)")

    def write(self, vals):
        raise UserError(self.env._("What was read cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was read cannot be deleted."))
