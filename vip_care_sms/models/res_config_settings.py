from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    vip_sms_gateway_id = fields.Many2one(
        related="company_id.vip_sms_gateway_id", readonly=False
    )
    vip_sms_confirm_above = fields.Integer(
        related="company_id.vip_sms_confirm_above", readonly=False
    )
