from odoo import fields, models


class VipSmsTest(models.TransientModel):
    """A message to one's own phone, by the way all messages go."""

    _name = "vip.sms.test"
    _description = "Send a test message"

    gateway_id = fields.Many2one("vip.sms.gateway", required=True, readonly=True)
    number = fields.Char("Mobile number", required=True)

    def action_send(self):
        self.ensure_one()
        return self.gateway_id.action_test(self.number) or {
            "type": "ir.actions.act_window_close"
        }
