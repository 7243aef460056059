from odoo import models


class VipCareGuard(models.AbstractModel):
    _inherit = "vip.care.guard"

    def _answers(self):
        return [*super()._answers(), "reply"]
