from odoo import fields, models


class ProductAttribute(models.Model):
    _inherit = "product.attribute"

    vip_is_size = fields.Boolean(
        "Is a clothing or shoe size",
        help="VIP Care learns members' usual sizes from the values of this attribute.",
    )
