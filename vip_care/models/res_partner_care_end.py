from odoo import models

# What she wishes or is, of which the guards may say that nothing planned goes on.
STOPS = {"is_vip_member", "active", "vip_mourning_until", "vip_preferred_channel"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """The end of a membership or a mourning stops what was planned, at once."""
        result = super().write(vals)
        if not STOPS.isdisjoint(vals):
            self.env["vip.care.guard"]._forbid(self)
        return result
