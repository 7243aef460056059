from odoo import fields, models


class VipCareRule(models.Model):
    _inherit = "vip.care.rule"

    vip_sms_auto = fields.Boolean(
        "Messages go by themselves",
        default=True,
        help="At the right hour of their day. Else the associate sends each.",
    )
