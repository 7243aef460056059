from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    vip_season_id = fields.Many2one(
        "vip.season", string="Season", index="btree_not_null"
    )
