from odoo import fields, models


class VipTransferReject(models.TransientModel):
    """Why a transfer is rejected: whoever asked for it reads the reason."""

    _name = "vip.transfer.reject"
    _description = "Reject a transfer"
    _rec_name = "transfer_id"

    transfer_id = fields.Many2one("vip.transfer", required=True, readonly=True)
    reason = fields.Text("Why", required=True)

    def action_reject(self):
        self.ensure_one()
        self.transfer_id.action_reject(self.reason)
        return {"type": "ir.actions.act_window_close"}
