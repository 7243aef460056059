from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..tools.occasion_list import OCCASIONS
from ..tools.occasion_rules import SolarDay
from ..tools.occasions import Occasion

KINDS = [
    ("festival", "Festival"),
    ("season", "Season change"),
    ("family", "Family day"),
    ("memorial", "Day of memory"),
    ("trade", "Shopping day"),
    ("weather", "Weather"),
]
TONES = [("cheerful", "Festive"), ("neutral", "Quiet"), ("solemn", "Solemn")]
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
    active = fields.Boolean("On", default=True)
    kind = fields.Selection(KINDS, required=True, default="festival")
    tone = fields.Selection(
        TONES,
        required=True,
        default="cheerful",
        help="On a solemn day nobody is wished anything cheerful; on a quiet one the"
        " words are courteous, not merry.",
    )
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

    @api.constrains(
        *("key", "kind", "rule_kind", "month", "day", "weekday", "nth", "term"),
        "offset",
    )
    def _check_rule(self):
        for occasion in self:
            if (occasion.kind == "weather") != (occasion.rule_kind == "none"):
                raise ValidationError(
                    self.env._(
                        "%(name)s: weather has no date of its own, every other"
                        " occasion has one.",
                        name=occasion.name,
                    )
                )
            try:
                # Weather is checked with any rule: it has a key all the same.
                rule = occasion._rule() or SolarDay(1, 1)
                Occasion(occasion.key, occasion.name, rule)
            except ValueError as error:
                raise ValidationError(occasion._say_impossible()) from error

    def _say_impossible(self):
        if not self.key or not self.key.replace("_", "").isalnum():
            return self.env._(
                "%(key)s: a key has small letters, digits and underscores only, for"
                " example mid_autumn.",
                key=self.key,
            )
        return self.env._(
            "%(name)s never falls on a day like this. A month is 1 to 12, a day of the"
            " lunar calendar 1 to 30, a weekday 0 (Monday) to 6 (Sunday), the first to"
            " fourth or last (-1) of its month, a solar term 0 to 23; it is moved by at"
            " most 31 days, from Easter by 80.",
            name=self.name,
        )

    @api.model_create_multi
    def create(self, vals_list):
        occasions = super().create(vals_list)
        self.env.registry.clear_cache()
        return occasions

    def write(self, vals):
        if any(vals.get("key", one.key) != one.key for one in self):
            raise UserError(
                self.env._(
                    "An occasion keeps its key: tasks and texts are stored with it."
                    " Switch it off and make another one."
                )
            )
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_own(self):
        ready_made = {occasion.key for occasion in OCCASIONS}
        for occasion in self:
            if occasion.key in ready_made or occasion.kind == "weather":
                raise UserError(
                    self.env._(
                        "%(name)s came with VIP Care and would come back with the next"
                        " update. Archive it instead.",
                        name=occasion.name,
                    )
                )

    @tools.ormcache("country_code", "first", "last")
    def _falling_ids(self, country_code, first, last):
        """Return (date, id) of the active occasions that fall, by date and sequence."""
        # sudo: which days a country keeps is the same for whoever asks
        occasions = (
            self.sudo()
            .with_context(active_test=True)
            .search([("rule_kind", "!=", "none")])
        )
        return tuple(
            sorted(
                (
                    (day, occasion.id)
                    for occasion in occasions
                    if occasion._is_kept_in(country_code)
                    for day in occasion._dates_between(first, last)
                ),
                key=lambda pair: pair[0],
            )
        )
