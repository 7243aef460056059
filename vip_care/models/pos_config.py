from odoo import api, fields, models


class PosConfig(models.Model):
    _inherit = "pos.config"

    vip_store_id = fields.Many2one(
        "vip.store",
        string="Store",
        check_company=True,
        index="btree_not_null",
        copy=True,
        help="Tickets of this register are counted for this store.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        configs = super().create(vals_list)
        configs._vip_create_stores()
        return configs

    def _vip_create_stores(self):
        """Give each register without a store one of its own, named after it."""
        for config in self.filtered(lambda c: not c.vip_store_id):
            company = config.company_id
            config.vip_store_id = (
                self.env["vip.store"]
                .sudo()  # whoever may create a register may have its store made
                .with_company(company)
                .create(
                    {
                        "name": config.name,
                        "code": self._vip_free_store_code(f"S{config.id}"),
                        "company_id": company.id,
                    }
                )
            )

    @api.model
    def _vip_free_store_code(self, code):
        stores = self.env["vip.store"].sudo().with_context(active_test=False)
        taken = set(stores.search([("code", "=like", f"{code}%")]).mapped("code"))
        suffix = 0
        free = code
        while free in taken:
            suffix += 1
            free = f"{code}-{suffix}"
        return free
