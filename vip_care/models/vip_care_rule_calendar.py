from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..tools.birthdays import FILLED_IN, kept_on

# As in `_vip_birthday_idx` of members.
SOLAR_DAY = SQL(
    "(EXTRACT(MONTH FROM m.vip_birthday) * 100"
    " + EXTRACT(DAY FROM m.vip_birthday))::integer"
)
STATED = SQL(
    "jsonb_build_object('calendar', kept.calendar, 'month', kept.month,"
    " 'day', kept.day, 'leap', kept.is_leap)"
)


class VipCareRule(models.Model):
    """What is due by members' own calendar: birthdays, special days, the family's.

    The question is turned around: for each day of the rule's window the birthdays one
    may state that are kept on it are listed in Python, and one statement joins them
    with what members stated, by index. Its cost follows the birthdays of those days,
    not the number of members.
    """

    _inherit = "vip.care.rule"

    def _query_birthday(self, scope):
        """Members whose birthday is kept, solar or lunar, each once a year of its own.

        A lunar day counts as stated, also where it is all that is known; who
        celebrates by the lunar calendar and stated no lunar day has none.
        """
        told = SQL(
            "%s UNION ALL %s",
            self._query_solar_birthdays(scope),
            self._query_lunar_birthdays(scope),
        )
        return self._query_kept_days(scope, told)

    def _query_solar_birthdays(self, scope):
        return SQL(
            """
            SELECT m.id AS partner_id, 'birthday:' || kept.year_key AS key, kept.date,
                   %s AS facts
              FROM kept JOIN res_partner m ON kept.month * 100 + kept.day = %s
             WHERE kept.calendar = 'solar' AND %s
               AND m.vip_birthday IS NOT NULL
               AND COALESCE(m.vip_birthday_calendar, 'solar') = 'solar'
               AND NOT %s
            """,
            STATED,
            SOLAR_DAY,
            scope.members,
            self._query_filled_in(),
        )

    def _query_lunar_birthdays(self, scope):
        return SQL(
            """
            SELECT m.id AS partner_id, 'birthday:' || kept.year_key AS key, kept.date,
                   %s AS facts
              FROM kept
              JOIN res_partner m
                ON m.vip_lunar_month = kept.month AND m.vip_lunar_day = kept.day
               AND COALESCE(m.vip_lunar_is_leap, FALSE) = kept.is_leap
             WHERE kept.calendar = 'lunar' AND %s
               AND m.vip_lunar_month > 0
               AND (m.vip_birthday_calendar = 'lunar' OR m.vip_birthday IS NULL OR %s)
            """,
            STATED,
            scope.members,
            self._query_filled_in(),
        )

    def _query_filled_in(self):
        """Whether a system, not the member, gave her day of birth."""
        return SQL(
            "(m.vip_birthday = ANY(%s) AND m.vip_birthday_year_unknown IS NOT TRUE)",
            sorted(FILLED_IN),
        )

    def _query_special_day(self, scope):
        """Special days of members, from the year after the one they stand for."""
        told = SQL(
            """
            SELECT m.id AS partner_id,
                   'special:' || s.id || ':' || kept.year_key AS key,
                   kept.date,
                   %s || jsonb_build_object('name', s.name, 'since', NULLIF(s.year, 0))
                   AS facts
              FROM kept
              JOIN vip_special_day s
                ON s.month = kept.month AND s.day = kept.day
               AND s.calendar = kept.calendar
               AND (s.is_leap_month IS TRUE AND s.calendar = 'lunar') = kept.is_leap
              JOIN res_partner m ON m.id = s.partner_id
             WHERE %s AND COALESCE(s.year, 0) < right(kept.year_key, 4)::integer
            """,
            STATED,
            scope.members,
        )
        return self._query_kept_days(scope, told)

    def _query_family_birthday(self, scope):
        """Birthdays of members' family and friends: told to the member's owner."""
        told = SQL(
            """
            SELECT m.id AS partner_id, 'family:' || r.id || ':' || kept.year_key AS key,
                   kept.date,
                   %s || jsonb_build_object('name', r.name, 'kind', r.kind) AS facts
              FROM kept
              JOIN vip_relation r
                ON r.birthday_month = kept.month AND r.birthday_day = kept.day
               AND r.birthday_month > 0
               AND COALESCE(r.birthday_calendar, 'solar') = kept.calendar
               AND (r.birthday_is_leap_month IS TRUE AND r.birthday_calendar = 'lunar')
                   = kept.is_leap
              JOIN res_partner m ON m.id = r.partner_id
             WHERE %s
            """,
            STATED,
            scope.members,
        )
        return self._query_kept_days(scope, told)

    def _query_kept_days(self, scope, told):
        """Candidates of what is `told`: partner_id, key, date, facts of `kept` days."""
        in_march = scope.company.sudo().vip_leap_birthday == "march"
        kept = kept_on(*self._event_dates(scope), in_march=in_march)
        return SQL(
            """
            WITH kept AS (
                SELECT * FROM unnest(%s::date[], %s::text[], %s::integer[],
                                     %s::integer[], %s::boolean[], %s::text[])
                       AS day(date, calendar, month, day, is_leap, year_key)
            )
            SELECT partner_id, key, date, %s, %s, NULL::integer, NULL::integer, facts
              FROM (%s) told
            """,
            *map(list, zip(*kept, strict=True)),
            *self._query_due(),
            told,
        )

    def _event_dates(self, scope):
        """Return the first and last date of an occasion that may be due."""
        first = scope.day - timedelta(self.offset_days + self.window_days - 1)
        return first, scope.ahead - timedelta(self.offset_days)

    def _query_due(self):
        """First and last day to do what is `told`."""
        date = SQL("told.date")
        last = self.offset_days + self.window_days - 1
        return SQL("%s + %s", date, self.offset_days), SQL("%s + %s", date, last)
