from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    vip_leap_birthday = fields.Selection(
        related="company_id.vip_leap_birthday", readonly=False
    )
