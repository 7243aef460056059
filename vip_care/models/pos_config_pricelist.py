from odoo import models


class PosConfig(models.Model):
    _inherit = "pos.config"

    def _get_available_pricelists(self):
        """Load the tiers' lists where prices are flexible: they come with members.

        Cashiers do not find them in the list to choose from, which is the register's.
        """
        pricelists = super()._get_available_pricelists()
        if not self.use_pricelist:
            return pricelists
        lists = self.env["vip.tier"]._vip_pricelists(self.company_id)
        brought = self.env["product.pricelist"].concat(*lists.values())
        return pricelists | brought.filtered(
            lambda pricelist: pricelist.currency_id == self.currency_id
        )
