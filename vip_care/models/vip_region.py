from odoo import api, fields, models


class VipRegion(models.Model):
    _name = "vip.region"
    _description = "Region"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short code used in reports and import files.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean("On", default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty for a region that spans companies."
    )
    manager_ids = fields.Many2many(
        "res.users",
        "vip_region_manager_rel",
        "region_id",
        "user_id",
        string="Regional managers",
        domain=[("share", "=", False)],
    )
    store_ids = fields.One2many("vip.store", "region_id", string="Stores")
    store_count = fields.Integer(compute="_compute_store_count")

    _code_uniq = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL", "Another region already has this code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        regions = super().create(vals_list)
        self.env["res.users"]._vip_forget_stores()
        return regions

    def write(self, vals):
        result = super().write(vals)
        if not {"manager_ids", "store_ids"}.isdisjoint(vals):
            self.env["res.users"]._vip_forget_stores()
        return result

    def _compute_store_count(self):
        counts = dict(
            self.env["vip.store"]._read_group(
                [("region_id", "in", self.ids)], ["region_id"], ["__count"]
            )
        )
        for region in self:
            region.store_count = counts.get(region, 0)
