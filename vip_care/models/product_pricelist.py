from odoo import api, models


class ProductPricelist(models.Model):
    """A tier's price list comes with its members, by Odoo's own choice of lists."""

    _inherit = "product.pricelist"

    @api.model
    def _get_partner_pricelist_multi(self, partner_ids):
        """A list given to a contact herself wins, then her tier's, then Odoo's."""
        result = super()._get_partner_pricelist_multi(partner_ids)
        if result:
            result.update(self._vip_tier_pricelists(partner_ids))
        return result

    @api.model
    def _vip_tier_pricelists(self, partner_ids):
        """Return the price list of those of the contacts who have it by their tier.

        Two queries, one if no tier of the company has a list.
        """
        lists = self.env["vip.tier"]._vip_pricelists(self.env.company)
        if not lists:
            return {}
        # In sudo: the tier of whoever buys is no secret to who sells.
        partners = self.env["res.partner"].sudo().browse(partner_ids)
        partners.filtered("id").fetch(["is_vip_member", "vip_tier_id"])
        return {
            partner.id: lists[partner.vip_tier_id.id]
            for partner in partners
            if partner.vip_tier_id.id in lists
            and partner.is_vip_member
            and not partner._vip_own_pricelist()
        }
