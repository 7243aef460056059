from odoo import models


class VipStore(models.Model):
    _inherit = "vip.store"
