from odoo import models
from odoo.tools import SQL


class VipTransfer(models.Model):
    """Whatever moves members, and whatever undoes it, moves the open work on them."""

    _inherit = "vip.transfer"

    def _follow_owners(self):
        result = super()._follow_owners()
        self.env["res.partner"]._vip_follow_work(
            SQL(
                """m.id IN (SELECT partner_id FROM vip_transfer_line
                             WHERE transfer_id = %s)""",
                self.id,
            )
        )
        return result
