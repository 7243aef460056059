from odoo import fields, models


class VipStore(models.Model):
    _inherit = "vip.store"

    vip_planned_on = fields.Date(
        "Care planned up to", readonly=True, copy=False, help="Last day of the plan."
    )
