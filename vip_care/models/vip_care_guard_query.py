from odoo import models
from odoo.tools import SQL

from .vip_care_rule_moved import KEPT

# Occasions nobody is wished merry on while she mourns or the country does.
NEVER_WHEN_SOLEMN = ("festival", "season", "activity", "arrivals")
# Channels by which she is reached at a time of her choice.
BY_HER_DAYS = ("call", "visit", "message")
TEACHERS = "教师|老师|教師|老師|teacher"
# A birthday kept less than half a year ago is the same one by another calendar. So is
# one of the same year, unless lunar years are so short that it comes twice.
REPEAT_DAYS = 180
LUNAR_YEAR = 350
# No rule keeps contacts further apart. Added to the day, it leaves the database no
# index but the member's own, whatever it believes of a table it has not counted.
MAX_CAP = 60


class VipCareGuard(models.AbstractModel):
    _inherit = "vip.care.guard"

    def _query_blocked(self, contacts, solemn):
        """Return SQL that says of each contact what forbids it, if anything does.

        `contacts` is SQL with the columns id, task_id (of a task that exists),
        partner_id, rule_id, occasion_key, event_date, occasion_id, trigger, channel,
        purpose, tone, priority, cap_days, until, on_date (the day it is judged for) and
        is_wordless; `solemn` pairs of country id and day. Columns returned: id, guard
        (the first of `vip_care_words.GUARDS` that applies, or NULL), first (the first
        day on which days and cap allow it) and is_quiet (nothing cheerful is said).

        SQL: the planner asks for many members at once, and every other path has to get
        the same answer. OFFSET 0 keeps what is asked of other tables from being asked
        anew wherever its answer is used.
        """
        return SQL(
            """
            SELECT c.id, CASE %(cases)s END AS guard, first.day AS first,
                   quiet.is_mourning OR quiet.is_solemn OR quiet.is_complaint
                       AS is_quiet
              FROM (%(contacts)s) c
              JOIN res_partner m ON m.id = c.partner_id
              LEFT JOIN vip_occasion o ON o.id = c.occasion_id
              LEFT JOIN vip_store s ON s.id = m.vip_store_id
              LEFT JOIN res_company company ON company.id = m.vip_company_id
              LEFT JOIN res_partner cp ON cp.id = company.partner_id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(m.vip_mourning_until >= c.on_date, FALSE)
                              AS is_mourning,
                          %(solemn)s AS is_solemn, %(complaint)s AS is_complaint
                   OFFSET 0) quiet
             CROSS JOIN LATERAL (
                   SELECT %(own)s AS own, %(service)s AS service OFFSET 0) said
             CROSS JOIN LATERAL (
                   SELECT GREATEST(c.on_date, %(cap_over)s) AS free_on OFFSET 0) cap
             CROSS JOIN LATERAL (SELECT %(first)s AS day OFFSET 0) first
            """,
            cases=self._query_cases(),
            first=self._query_first_day(),
            contacts=contacts,
            solemn=self._query_is_solemn(solemn),
            # Uncorrelated: read once for any number of members.
            complaint=SQL(
                """c.partner_id IN (SELECT f.partner_id FROM vip_feedback f
                                     WHERE f.is_open AND f.kind = 'complaint')"""
            ),
            own=self._query_last_word(SQL("c.purpose")),
            service=self._query_last_word(SQL("'service'")),
            cap_over=SQL(
                """(SELECT max(t.done_date + GREATEST(t.cap_days, c.cap_days))
                      FROM vip_care_task t
                     WHERE t.partner_id = c.partner_id AND t.state = 'done'
                       AND t.done_date + %s > c.on_date
                       AND t.trigger <> ALL(%s) AND c.trigger <> ALL(%s))""",
                MAX_CAP,
                self._answers(),
                self._answers(),
            ),
        )

    def _query_cases(self):
        """Return the guards in order of precedence; `c` is the contact, `m` she."""
        return SQL(
            """
            WHEN NOT (m.is_vip_member AND m.active) THEN 'left'
            WHEN c.task_id IS NOT NULL AND %(rule_is_off)s THEN 'rule'
            WHEN m.vip_preferred_channel = 'none' AND c.purpose <> 'service'
                THEN 'no_contact'
            WHEN NOT said.own OR NOT said.service THEN 'refused'
            WHEN c.channel = 'message' AND said.own IS NULL THEN 'consent'
            WHEN quiet.is_complaint AND (c.purpose <> 'service' OR %(cheerful_task)s)
                THEN 'complaint'
            WHEN quiet.is_mourning AND (%(merry)s OR %(cheerful_task)s)
                THEN 'mourning'
            WHEN quiet.is_solemn AND (%(merry)s OR %(cheerful_task)s) THEN 'solemn'
            WHEN c.channel IN ('call', 'message')
                 AND (m.vip_phone_key IS NULL OR m.vip_phone_is_wrong)
                THEN 'unreachable'
            WHEN NOT (%(audience)s) THEN 'audience'
            WHEN %(repeat)s THEN 'repeat'
            WHEN c.on_date < c.until AND first.day > cap.free_on
                 AND cap.free_on = c.on_date THEN 'days'
            WHEN cap.free_on > c.on_date THEN 'cap'
            WHEN %(outranked)s THEN 'outranked'
            WHEN c.is_wordless THEN 'no_text'
            WHEN c.until < c.on_date THEN 'late'
            """,
            rule_is_off=SQL(
                """(SELECT NOT r.active AND r.trigger <> ALL(%s)
                      FROM vip_care_rule r WHERE r.id = c.rule_id)""",
                self._answers(),
            ),
            # What is planned has its words; a candidate gets quiet ones in time.
            cheerful_task=SQL("(c.task_id IS NOT NULL AND c.tone = 'cheerful')"),
            merry=SQL("c.trigger = ANY(%s)", list(NEVER_WHEN_SOLEMN)),
            audience=self._query_audience(),
            repeat=self._query_repeat(),
            outranked=self._query_outranked(),
        )

    def _query_last_word(self, purpose):
        """Return her last word for a purpose, on the contact's way of reaching her.

        What allowed messages to an earlier number of hers is no word on this one; while
        she has none, that is what is wrong.
        """
        return SQL(
            """(SELECT CASE WHEN w.given AND c.channel = 'message'
                                 AND w.date < m.vip_phone_changed_at
                                 AND m.vip_phone_key IS NOT NULL
                            THEN NULL ELSE w.given END
                  FROM vip_consent w
                 WHERE w.partner_id = c.partner_id AND w.purpose = %s
                   AND w.channel IN ('any', CASE c.channel WHEN 'call' THEN 'phone'
                                                 WHEN 'message' THEN 'sms' END)
                 ORDER BY w.date DESC, w.id DESC LIMIT 1)""",
            purpose,
        )

    def _query_is_solemn(self, solemn):
        """Tell whether `on_date` is solemn in the country of her store."""
        if not solemn:
            return SQL("FALSE")
        countries, days = zip(*sorted(solemn), strict=True)
        return SQL(
            """EXISTS (SELECT FROM unnest(%s::int[], %s::date[]) AS d(country, day)
                        WHERE d.day = c.on_date
                          AND d.country = COALESCE(s.country_id, cp.country_id))""",
            list(countries),
            list(days),
        )

    def _query_first_day(self):
        """Return the first day she has free, one of her days unless it is the last.

        Who wrote to us today is answered today.
        """
        return SQL(
            """
            CASE WHEN c.channel <> ALL(%(channels)s) OR cap.free_on >= c.until
                      OR c.trigger = ANY(%(answers)s)
                 THEN cap.free_on
                 WHEN m.vip_preferred_days = 'weekday' AND %(weekday)s > 5
                 THEN LEAST(c.until, cap.free_on + 8 - %(weekday)s)
                 WHEN m.vip_preferred_days = 'weekend' AND %(weekday)s < 6
                 THEN LEAST(c.until, cap.free_on + 6 - %(weekday)s)
                 ELSE cap.free_on END
            """,
            channels=list(BY_HER_DAYS),
            answers=self._answers(),
            weekday=SQL("EXTRACT(isodow FROM cap.free_on)::int"),
        )

    def _query_audience(self):
        """Tell whether the occasion is hers: a mothers' day for known mothers only."""
        child = SQL(
            """EXISTS (SELECT FROM vip_relation r
                        WHERE r.partner_id = c.partner_id AND r.kind = 'child')"""
        )
        return SQL(
            """
            CASE COALESCE(o.audience, 'all')
                 WHEN 'women' THEN COALESCE(m.vip_gender = 'female', FALSE)
                 WHEN 'mothers' THEN COALESCE(m.vip_gender = 'female', FALSE)
                                     AND %(child)s
                 WHEN 'fathers' THEN COALESCE(m.vip_gender = 'male', FALSE)
                                     AND %(child)s
                 WHEN 'parents' THEN %(child)s
                 WHEN 'teachers' THEN COALESCE(m.vip_work ~* %(teachers)s, FALSE)
                 ELSE TRUE END
            """,
            child=child,
            teachers=TEACHERS,
        )

    def _query_repeat(self):
        """Tell whether this day was kept already: by another calendar or date."""
        return SQL(
            """
            c.trigger = ANY(%(kept)s) AND EXISTS (
                SELECT FROM vip_care_task t
                 WHERE t.partner_id = c.partner_id AND t.trigger = c.trigger
                   AND (t.occasion_key, t.event_date)
                       <> (c.occasion_key, c.event_date)
                   AND (c.trigger = 'birthday' OR split_part(t.occasion_key, ':', 2)
                                                = split_part(c.occasion_key, ':', 2))
                   AND (abs(t.event_date - c.event_date) <= %(repeat)s
                        OR date_trunc('year', t.event_date)
                           = date_trunc('year', c.event_date)
                           AND abs(t.event_date - c.event_date) < %(lunar_year)s)
                   AND (t.state = 'done' OR t.state = 'planned' AND c.task_id IS NULL))
            """,
            kept=list(KEPT),
            repeat=REPEAT_DAYS,
            lunar_year=LUNAR_YEAR,
        )

    def _query_outranked(self):
        """Tell whether an open task that matters more comes too soon for this one."""
        return SQL(
            """
            c.task_id IS NOT NULL AND EXISTS (
                SELECT FROM vip_care_task b
                 WHERE b.partner_id = c.partner_id AND b.state = 'planned'
                   AND b.id <> c.task_id AND b.until >= c.on_date
                   AND GREATEST(b.due_date, c.on_date)
                       < c.on_date + GREATEST(b.cap_days, c.cap_days)
                   AND (-b.priority, b.until, b.rule_id, b.id)
                       < (-c.priority, c.until, c.rule_id, c.task_id)
                   AND b.trigger <> ALL(%s) AND c.trigger <> ALL(%s))
            """,
            self._answers(),
            self._answers(),
        )
