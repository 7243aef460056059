from odoo import api, fields, models


class VipSmsTemplate(models.Model):
    """A text as a provider has approved it: only such texts may leave there."""

    _name = "vip.sms.template"
    _description = "Filed SMS template"
    _order = "gateway_id, code"
    _rec_name = "code"

    gateway_id = fields.Many2one("vip.sms.gateway", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="gateway_id.company_id", store=True)
    code = fields.Char("Provider's code", required=True)
    body = fields.Text("Filed text", required=True, help="With ${variables}.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("filed", "Filed"),
            ("approved", "Approved"),
            ("refused", "Refused"),
        ],
        "Provider's answer",
        required=True,
        default="draft",
    )

    _code_uniq = models.UniqueIndex("(gateway_id, code)")

    @api.model
    def _match(self, gateway, body):
        return None
