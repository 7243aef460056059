from datetime import date

from odoo import api, fields, models

from ..tools.occasion_rules import Easter, LunarDay, Offset, SolarDay, Term, Weekday
from ..tools.occasions import FIRST_YEAR, LAST_YEAR, dates_between

FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class VipOccasion(models.Model):
    """On which days occasions fall, by country and by store."""

    _inherit = "vip.occasion"

    next_date = fields.Date("Next", compute="_compute_next_date")

    @api.depends(
        *("rule_kind", "month", "day", "weekday", "nth", "term", "offset"),
    )
    def _compute_next_date(self):
        today = fields.Date.context_today(self)
        # A lunar day may leave out a solar year.
        ahead = min(LAST, date(min(today.year, LAST_YEAR - 2) + 2, 12, 31))
        for occasion in self:
            try:
                days = occasion._dates_between(today, ahead)
            except ValueError:
                days = []  # while it is typed
            occasion.next_date = days[0] if days else False

    @api.model
    def _falling(self, country, first, last):
        """Return [(date, occasion)] of what falls in a country, sorted by date.

        `country` is a record or its code; of none only what is kept everywhere. Years
        whose calendar is not known have nothing. Remembered until an occasion changes.
        """
        code = country if isinstance(country, str) else (country.code or "")
        return [
            (day, self.browse(id_)) for day, id_ in self._falling_ids(code, first, last)
        ]

    @api.model
    def _solemn_days(self, country, first, last, store=None):
        """Return the dates on which a country, or a store in it, is solemn."""
        return {
            day
            for day, occasion in self.sudo()._falling(country, first, last)
            if occasion.tone == "solemn"
            and not (store and store.id in occasion.off_store_ids.ids)
        }

    @api.model
    def _falling_at(self, scope, first, last):
        """Return [(date, occasion, store id)] of what a scope's stores keep.

        The store's country decides, the company's for members without a store (0).
        """
        stores = self.env["vip.store"].sudo().browse(filter(None, scope.store_ids))
        places = [(store.id, store.country_id) for store in stores]
        if 0 in scope.store_ids:
            places.append((0, scope.company.sudo().country_id))
        return [
            (day, occasion, store_id)
            for store_id, country in places
            for day, occasion in self.sudo()._falling(country, first, last)
            if store_id not in occasion.off_store_ids.ids
        ]

    def _is_kept_in(self, country_code):
        self.ensure_one()
        return not self.country_ids or country_code in self.country_ids.mapped("code")

    def _dates_between(self, first, last):
        """Return the dates of one occasion; raise ValueError if it can have none."""
        self.ensure_one()
        rule = self._rule()
        first, last = max(first, FIRST), min(last, LAST)
        return dates_between(rule, first, last) if rule and first <= last else []

    def _rule(self):
        """Return the rule of `tools/occasion_rules.py`, None without a date.

        Raises ValueError for an impossible one.
        """
        self.ensure_one()
        if self.rule_kind == "none":
            return None
        if self.rule_kind == "easter":
            return Easter(self.offset)
        base = {
            "solar": lambda: SolarDay(self.month, self.day),
            "weekday": lambda: Weekday(self.month, self.weekday, self.nth),
            "lunar": lambda: LunarDay(self.month, self.day),
            "term": lambda: Term(self.term),
        }[self.rule_kind]()
        return Offset(base, self.offset) if self.offset else base

    @api.model
    def _rule_values(self, rule):
        """Return the fields for a rule of `tools/occasion_rules.py`."""
        if isinstance(rule, Offset):
            return self._rule_values(rule.base) | {"offset": rule.days}
        if isinstance(rule, Easter):
            return {"rule_kind": "easter", "offset": rule.days}
        if isinstance(rule, Term):
            return {"rule_kind": "term", "term": rule.index}
        if isinstance(rule, Weekday):
            weekday = {"weekday": rule.weekday, "nth": rule.nth}
            return {"rule_kind": "weekday", "month": rule.month, **weekday}
        kind = "lunar" if isinstance(rule, LunarDay) else "solar"
        return {"rule_kind": kind, "month": rule.month, "day": rule.day}
