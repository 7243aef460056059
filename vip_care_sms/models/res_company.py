from odoo import fields, models


class ResCompany(models.Model):
    """Which gateway a company sends by, and from how many messages on it asks."""

    _inherit = "res.company"

    vip_sms_gateway_id = fields.Many2one(
        "vip.sms.gateway", "SMS gateway", domain="[('company_id', '=', id)]"
    )
    vip_sms_confirm_above = fields.Integer(
        "Messages to be confirmed above",
        default=200,
        help="More messages than this of one rule on one day wait until head office"
        " confirms them. 0: none waits.",
    )
