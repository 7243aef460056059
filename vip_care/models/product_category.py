from odoo import fields, models

SIZE_KINDS = [("top", "Top"), ("bottom", "Bottom"), ("shoe", "Shoe")]


class ProductCategory(models.Model):
    _inherit = "product.category"

    vip_size_kind = fields.Selection(
        SIZE_KINDS,
        string="Worn as",
        help="Sizes of what a member buys in this category become her usual size of"
        " this kind. Categories below without an own choice follow.",
    )
