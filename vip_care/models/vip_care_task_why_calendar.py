from datetime import timedelta

from babel.dates import format_skeleton

from odoo import models
from odoo.tools.misc import babel_locale_parse, get_lang


class VipCareTask(models.Model):
    """Why: tasks that come from the calendar or were given out, in one sentence."""

    _inherit = "vip.care.task"

    def _why_birthday(self):
        return self._with_lunar_day(
            self._when(
                self.env._("Her birthday was on %(date)s.", date=self._told_day()),
                self.env._("Her birthday is today."),
                self.env._("Her birthday is tomorrow."),
                self.env._("Her birthday is on %(date)s.", date=self._told_day()),
            )
        )

    def _why_special_day(self):
        facts = self.facts or {}
        what = {"day": facts.get("name"), "date": self._told_day()}
        why = self._when(
            self.env._("%(day)s was on %(date)s.", **what),
            self.env._("%(day)s is today.", **what),
            self.env._("%(day)s is tomorrow.", **what),
            self.env._("%(day)s is on %(date)s.", **what),
        )
        if facts.get("since"):
            since = self.env._("Since %(year)s.", year=facts["since"])
            why = self.env._("%(why)s %(more)s", why=why, more=since)
        return self._with_lunar_day(why)

    def _why_family_birthday(self):
        facts = self.facts or {}
        kinds = self.env["vip.relation"]._fields["kind"]
        labels = dict(kinds._description_selection(self.env))
        who = {
            "name": facts.get("name"),
            "kind": labels.get(facts.get("kind"), ""),
            "date": self._told_day(),
        }
        return self._with_lunar_day(
            self._when(
                self.env._("%(name)s (%(kind)s) had a birthday on %(date)s.", **who),
                self.env._("%(name)s (%(kind)s) has a birthday today.", **who),
                self.env._("%(name)s (%(kind)s) has a birthday tomorrow.", **who),
                self.env._("%(name)s (%(kind)s) has a birthday on %(date)s.", **who),
            )
        )

    def _why_festival(self):
        what = {"day": self.occasion_id.name, "date": self._told_day()}
        return self._when(
            self.env._("%(day)s was on %(date)s.", **what),
            self.env._("%(day)s is today.", **what),
            self.env._("%(day)s is tomorrow.", **what),
            self.env._("%(day)s is on %(date)s.", **what),
        )

    def _why_season(self):
        what = {"day": self.occasion_id.name, "date": self._told_day()}
        return self._when(
            self.env._("%(day)s began on %(date)s.", **what),
            self.env._("%(day)s begins today.", **what),
            self.env._("%(day)s begins tomorrow.", **what),
            self.env._("%(day)s begins on %(date)s.", **what),
        )

    def _why_weather(self):
        return self.env._(
            "%(weather)s at %(store)s: %(event)s.",
            weather=self.occasion_id.name or self.env._("Weather warning"),
            store=self.store_id.name or self.company_id.name,
            event=self.event_id.name,
        )

    def _why_activity(self):
        return self.env._(
            "Her store invites: %(event)s. Ask her until %(date)s.",
            event=self.event_id.name,
            date=self._told_day(self.until),
        )

    def _why_arrivals(self):
        return self.env._(
            "New arrivals fit her: %(event)s, %(count)s of them.",
            event=self.event_id.name,
            count=(self.facts or {}).get("count", 0),
        )

    def _when(self, past, today, tomorrow, later):
        """Return the sentence for how far the occasion is from the store's today."""
        now = self.sudo().store_id._vip_today()
        day = self.event_date or self.due_date
        if day == now:
            return today
        if day == now + timedelta(1):
            return tomorrow
        return past if day < now else later

    def _told_day(self, day=None):
        """Return a day without its year, as the reader's language says it."""
        day = day or self.event_date
        locale = babel_locale_parse(get_lang(self.env).code)
        return day and format_skeleton("MMMMd", day, locale=locale)

    def _with_lunar_day(self, why):
        """Return the sentence and by which lunar day the occasion is kept."""
        facts = self.facts or {}
        if facts.get("calendar") != "lunar":
            return why
        day = {"month": facts["month"], "day": facts["day"]}
        lunar = (
            self.env._(
                "By the lunar calendar: leap month %(month)s, day %(day)s.", **day
            )
            if facts.get("leap")
            else self.env._(
                "By the lunar calendar: month %(month)s, day %(day)s.", **day
            )
        )
        return self.env._("%(why)s %(more)s", why=why, more=lunar)
