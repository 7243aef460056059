from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    vip_is_high_value = fields.Boolean(
        "High value",
        help="Members who bought it are cared for at the days of its category, or"
        " after 7, 30 and 180 days where the category has none.",
    )
