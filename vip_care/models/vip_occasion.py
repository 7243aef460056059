from odoo import fields, models

KINDS = [
    ("festival", "Festival"),
    ("season", "Season change"),
    ("family", "Family day"),
    ("memorial", "Day of memory"),
    ("trade", "Shopping day"),
    ("weather", "Weather"),
]
TONES = [("cheerful", "Cheerful"), ("neutral", "Quiet"), ("solemn", "Solemn")]
RULES = [
    ("solar", "Day of the solar calendar"),
    ("weekday", "Weekday of a month"),
    ("lunar", "Day of the lunar calendar"),
    ("term", "Solar term"),
    ("easter", "Easter"),
    ("none", "No date of its own"),
]
AUDIENCES = [
    ("all", "Everybody"),
    ("women", "Women"),
    ("mothers", "Known mothers"),
    ("fathers", "Known fathers"),
    ("parents", "Known parents"),
    ("teachers", "Known teachers"),
]


class VipOccasion(models.Model):
    """A festival, season change or day of memory, and the rule by which it falls.

    The dates are those of `tools/occasions.py`; head office may add occasions, switch
    them off and name the stores that do not keep one.
    """

    _name = "vip.occasion"
    _description = "Occasion"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    key = fields.Char(
        required=True, copy=False, help="Kept with tasks and texts: never changes."
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="festival")
    tone = fields.Selection(TONES, required=True, default="cheerful")
    audience = fields.Selection(
        AUDIENCES,
        required=True,
        default="all",
        help="Nobody else is wished well on this day.",
    )
    country_ids = fields.Many2many(
        "res.country", string="Countries", help="Empty: kept everywhere."
    )
    off_store_ids = fields.Many2many(
        "vip.store", string="Not kept by", help="Stores that do not keep this day."
    )
    rule_kind = fields.Selection(RULES, "Falls on", required=True, default="solar")
    month = fields.Integer(aggregator=None)
    day = fields.Integer(aggregator=None)
    weekday = fields.Integer(aggregator=None, help="0 is Monday, 6 Sunday.")
    nth = fields.Integer("Which one", aggregator=None, help="1 to 4; -1 is the last.")
    term = fields.Integer(
        aggregator=None, help="0 is Minor Cold, 23 the winter solstice."
    )
    offset = fields.Integer("Days after", aggregator=None, help="Before: negative.")

    _key_uniq = models.UniqueIndex("(key)", "Another occasion already has this key.")
