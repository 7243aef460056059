from odoo import fields, models

TAG_CATEGORIES = [
    ("personality", "Personality"),
    ("taste", "Dress taste"),
    ("pastime", "Pastimes"),
    ("habit", "Habits"),
    ("service", "Preferred service"),
    ("values", "Values"),
]


class VipProfileTag(models.Model):
    _name = "vip.profile.tag"
    _description = "Profile tag"
    _order = "category, sequence, name"

    name = fields.Char(required=True, translate=True)
    category = fields.Selection(TAG_CATEGORIES, required=True, default="taste")
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean("On", default=True)
