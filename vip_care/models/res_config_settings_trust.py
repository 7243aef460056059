from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    vip_read_alarm = fields.Integer(related="company_id.vip_read_alarm", readonly=False)
    vip_reveal_limit = fields.Integer(
        related="company_id.vip_reveal_limit", readonly=False
    )
    vip_export_limit = fields.Integer(
        related="company_id.vip_export_limit", readonly=False
    )
