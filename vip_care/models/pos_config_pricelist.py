from odoo import models

from .fence import fenced


class PosConfig(models.Model):
    _inherit = "pos.config"

    def _get_available_pricelists(self):
        """Load the tiers' lists where prices are flexible: they come with members.

        Cashiers do not find them in the list to choose from, which is the register's.
        """
        pricelists = super()._get_available_pricelists()
        if not self.use_pricelist:
            return pricelists
        with fenced(self.env, "The till opens without the tiers' price lists"):
            lists = self.env["vip.tier"]._vip_pricelists(self.company_id)
            brought = self.env["product.pricelist"].concat(*lists.values())
            pricelists |= brought.filtered(
                lambda pricelist: pricelist.currency_id == self.currency_id
            )
        return pricelists
