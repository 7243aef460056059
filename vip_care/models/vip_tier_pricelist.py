from odoo import api, fields, models
from odoo.fields import Domain

REGISTERS_NAMED = 5


class VipTier(models.Model):
    """The price list a tier brings, and where it would not."""

    _inherit = "vip.tier"

    pricelist_warning = fields.Char(
        "Where the price list does not apply", compute="_compute_pricelist_warning"
    )

    @api.depends("pricelist_id", "company_id")
    @api.depends_context("lang")
    def _compute_pricelist_warning(self):
        for tier in self:
            tier.pricelist_warning = bool(tier.pricelist_id) and (
                tier._prepare_pricelist_warning()
            )

    def _prepare_pricelist_warning(self):
        """Return the sentence that names registers without her prices, or False."""
        pricelist, company = self.pricelist_id, self.company_id
        if not pricelist.active:
            return self.env._("This price list is archived: members do not get it.")
        if pricelist.currency_id != company.currency_id:
            return self.env._(
                "The price list is in %(currency)s. Registers that sell in another"
                " currency do not use it.",
                currency=pricelist.currency_id.name,
            )
        domain = [("company_id", "=", company.id), ("use_pricelist", "=", False)]
        registers = self.env["pos.config"].sudo()  # their names are no secret
        names = registers.search(domain, limit=REGISTERS_NAMED).mapped("name")
        more = registers.search_count(domain) - len(names)
        if not names:
            return False
        values = {"registers": ", ".join(names), "more": more}
        if more:
            return self.env._(
                "Members do not get this price list at %(registers)s and %(more)s more"
                " registers: turn on Flexible Pricelists in their settings.",
                **values,
            )
        return self.env._(
            "Members do not get this price list at %(registers)s: turn on Flexible"
            " Pricelists in the settings of the register.",
            **values,
        )

    def write(self, vals):
        result = super().write(vals)
        if {"pricelist_id", "active", "company_id"} & set(vals):
            # No dependency: Odoo would look for all members of the tier.
            self.env["res.partner"].invalidate_model(["property_product_pricelist"])
        return result

    @api.model
    def _vip_pricelists(self, company):
        """Return the price lists that tiers bring in a company, by the tier's id."""
        companies = company.sudo().parent_ids.ids
        tiers = self.sudo().search(  # what a tier brings is known to who sells
            Domain("company_id", "in", companies) & Domain("pricelist_id", "!=", False)
        )
        usable = self.env[
            "product.pricelist"
        ]._get_partner_pricelist_multi_search_domain_hook(company.id)
        lists = tiers.pricelist_id.filtered_domain(usable)
        return {
            tier.id: tier.pricelist_id.sudo(self.env.su)
            for tier in tiers
            if tier.pricelist_id in lists
        }
