from odoo import api, fields, models
from odoo.exceptions import UserError


class VipAccessLog(models.Model):
    """Who saw what of whom beyond her own members: written once, never changed."""

    _name = "vip.access.log"
    _description = "Access to members"
    _order = "date desc, id desc"
    _log_access = False

    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("lookup", "Looked up at the till"),
            ("reveal", "Number revealed"),
            ("export", "Export"),
            ("bulk", "Many members read"),
        ],
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Member", readonly=True)
    reason = fields.Char(readonly=True)
    count = fields.Integer("Members", readonly=True, default=1)
    details = fields.Char(readonly=True)

    @api.model
    def _log(self, kind, **vals):
        """Write one line about the current user; `vals` are fields of the log."""
        values = {"kind": kind, "user_id": self.env.uid} | vals
        return self.sudo().create(values)  # nobody may write the log herself

    def write(self, vals):
        raise UserError(self.env._("The access log cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The access log cannot be deleted."))
