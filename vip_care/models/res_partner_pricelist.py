from odoo import api, models


class ResPartner(models.Model):
    """A tier's price list is never kept as the member's own one by mistake."""

    _inherit = "res.partner"

    # Odoo's dependencies stay; a change of a tier's list is told by `vip.tier`.
    @api.depends("vip_tier_id", "is_vip_member")
    def _compute_product_pricelist(self):
        return super()._compute_product_pricelist()

    def _inverse_product_pricelist(self):
        """Keep what was chosen for a member unless it is what her tier brings.

        Odoo compares with the list of her country: it would keep her tier's list for
        good, and forget that somebody chose the country's for her.
        """
        chosen = {partner: partner.property_product_pricelist for partner in self}
        result = super()._inverse_product_pricelist()
        lists = self.env["vip.tier"]._vip_pricelists(self.env.company)
        if not lists:
            return result
        for partner, pricelist in chosen.items():
            brought = partner.is_vip_member and lists.get(partner.sudo().vip_tier_id.id)
            if brought and pricelist:
                partner.specific_property_product_pricelist = (
                    False if pricelist == brought else pricelist
                )
        return result

    def _vip_own_pricelist(self):
        """Return the list given to this contact herself, as far as it holds."""
        own = self.specific_property_product_pricelist
        return own._get_partner_pricelist_multi_filter_hook()
