from odoo import models

from .vip_care_rule_moved import BIRTHDAY


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """A corrected birthday is kept on its own day from this moment on."""
        result = super().write(vals)
        if not BIRTHDAY.isdisjoint(vals):
            self.env["vip.care.rule"]._follow_dates(self, "birthday")
        return result
