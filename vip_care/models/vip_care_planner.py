from odoo import models
from odoo.tools import SQL

# What one knows of before: it keeps back lesser contacts shortly before.
FORESEEN = ("birthday", "special_day", "family_birthday", "festival", "season")
CHEERFUL_TRIGGERS = (
    "birthday",
    "special_day",
    "family_birthday",
    "activity",
    "arrivals",
)
CHEERFUL_TEXTS = ("birthday", "thanks")
# Those who are never left out to measure what care brings.
NEVER_HELD_OUT = ("service", "apology")


class VipCarePlanner(models.AbstractModel):
    """The planner's statements, over a table of candidates that lives for one scope.

    A candidate is a contact some rule wants, due or foreseen, or a task that is open
    already. `guard` says what holds it back, `first` and `until` are the days on which
    it can be done, `last` is the end of its window as the rule has it.
    """

    _name = "vip.care.planner"
    _description = "Planner of care"

    def _query_create(self):
        """Return SQL for the table of candidates; it is gone with the transaction."""
        return SQL(
            """
            DROP TABLE IF EXISTS pg_temp.vip_care_candidate;
            CREATE TEMPORARY TABLE vip_care_candidate (
                id integer GENERATED ALWAYS AS IDENTITY,
                task_id integer, rule_id integer, partner_id integer,
                occasion_key varchar, event_date date, due_date date, until date,
                last date, occasion_id integer, event_id integer, facts jsonb,
                trigger varchar, channel varchar, purpose varchar, text_kind varchar,
                tone varchar, priority integer, cap_days integer, on_date date,
                store_id integer, owner_id integer, is_held_out boolean,
                guard varchar, first date, rank integer, is_quiet boolean
            ) ON COMMIT DROP
            """
        )

    def _query_stage(self, rule, scope, foreseen=False):
        """Return SQL that adds what a rule wants, or None where nothing can be due.

        Either what is due on the scope's day or what is foreseen after it. OFFSET 0:
        conditions on the days asked for already, moved into the trigger's query, let
        the database think it yields next to nothing and read all members per store.
        """
        candidates = rule._query_candidates(scope)
        if candidates is None:
            return None
        task = SQL(
            """SELECT FROM vip_care_task t
                WHERE t.partner_id = c.partner_id AND t.rule_id = %s
                  AND t.occasion_key = c.occasion_key AND NOT %s""",
            rule.id,
            self._query_may_lift(scope.day),
        )
        return SQL(
            """
            INSERT INTO vip_care_candidate (
                rule_id, partner_id, occasion_key, event_date, due_date, until, last,
                occasion_id, event_id, facts, trigger, channel, purpose, text_kind,
                priority, cap_days, tone, on_date, store_id, owner_id, is_held_out)
            SELECT %(constants)s, COALESCE(o.tone, %(tone)s),
                   GREATEST(c.due_date::date, %(day)s), m.vip_store_id, m.vip_owner_id,
                   %(held_out)s
              FROM (SELECT * FROM (%(candidates)s) wanted OFFSET 0)
                   AS c(partner_id, occasion_key, event_date, due_date, until,
                        occasion_id, event_id, facts)
              JOIN res_partner m ON m.id = c.partner_id
              LEFT JOIN vip_occasion o ON o.id = c.occasion_id::int
             WHERE %(audience)s AND c.until::date >= %(day)s
               AND c.due_date::date %(due)s AND o.tone IS DISTINCT FROM 'solemn'
               AND NOT EXISTS (%(task)s)
            """,
            constants=self._query_constants(rule),
            tone=self._tone(rule),
            day=scope.day,
            held_out=self._query_held_out(rule),
            candidates=candidates,
            audience=rule._query_audience(),
            due=SQL(
                "> %s AND c.due_date::date <= %s" if foreseen else "<= %s",
                *([scope.day, scope.ahead] if foreseen else [scope.day]),
            ),
            task=task,
        )

    def _query_constants(self, rule):
        return SQL(
            """%s, c.partner_id, c.occasion_key, c.event_date::date, c.due_date::date,
               c.until::date, c.until::date, c.occasion_id::int, c.event_id::int,
               c.facts::jsonb, %s, %s, %s, %s, %s, %s""",
            rule.id,
            rule.trigger,
            rule.channel,
            rule.purpose,
            rule.text_kind or None,
            rule.priority,
            rule.cap_days,
        )

    def _tone(self, rule):
        """Return the tone of contacts whose occasion has none of its own."""
        cheerful = rule.trigger in CHEERFUL_TRIGGERS or rule.text_kind in CHEERFUL_TEXTS
        return "cheerful" if cheerful else "neutral"

    def _query_held_out(self, rule):
        """Tell who belongs to the share that is left out: always the same members."""
        share = rule.holdout_percent
        never = rule.purpose == "service" or rule.text_kind in NEVER_HELD_OUT
        if never or not share:
            return SQL("FALSE")
        return SQL(
            "abs(hashtext(concat_ws(':', %s, c.partner_id, c.occasion_key))::bigint)"
            " %% 100 < %s",
            rule.id,
            share,
        )

    def _query_stage_open(self, partners=None, scope=None):
        """Return SQL that adds open tasks: of the candidates, or of these members.

        With a scope also of its members who have several, which nobody else keeps
        apart on a day when no rule asks for them.
        """
        whose = SQL("SELECT partner_id FROM vip_care_candidate")
        if partners:
            whose = SQL("SELECT unnest(%s::int[])", partners.ids)
        if scope:
            whose = SQL(
                """%s UNION
                SELECT o.partner_id
                  FROM vip_care_task o JOIN res_partner m ON m.id = o.partner_id
                 WHERE o.state = 'planned' AND %s
                 GROUP BY o.partner_id HAVING count(*) > 1""",
                whose,
                scope.members,
            )
        return SQL(
            """
            INSERT INTO vip_care_candidate (
                task_id, rule_id, partner_id, occasion_key, event_date, due_date, until,
                last, occasion_id, trigger, channel, purpose, tone, priority, cap_days,
                is_held_out, on_date)
            SELECT t.id, t.rule_id, t.partner_id, t.occasion_key, t.event_date,
                   t.due_date, t.until, t.until, t.occasion_id, t.trigger, t.channel,
                   t.purpose, t.tone, t.priority, t.cap_days, FALSE, t.due_date
              FROM vip_care_task t
             WHERE t.state = 'planned' AND t.trigger <> ALL(%s)
               AND t.partner_id IN (%s)
            """,
            self.env["vip.care.guard"]._answers(),
            whose,
        )

    def _query_judge(self, day, solemn):
        """Return SQL that gives candidates their guards and members' order of them.

        Only what may still be done has a rank. An open task passed the guards when it
        was planned and does so again when it is done.
        """
        contacts = SQL(
            """SELECT id, NULL::int AS task_id, partner_id, rule_id, occasion_key,
                      event_date, occasion_id, trigger, channel, purpose, tone,
                      priority, cap_days, until, on_date, FALSE AS is_wordless
                 FROM vip_care_candidate WHERE task_id IS NULL"""
        )
        return SQL(
            """
            UPDATE vip_care_candidate x
               SET guard = judged.guard, first = judged.first,
                   is_quiet = judged.is_quiet,
                   rank = CASE WHEN judged.is_living THEN judged.rank END
              FROM (
                SELECT living.*, row_number() OVER (
                           PARTITION BY living.partner_id, living.is_living
                           ORDER BY living.priority DESC, living.until, living.rule_id,
                                    living.event_date, living.occasion_key) AS rank
                  FROM (
                    SELECT c.id, c.partner_id, c.priority, c.until, c.rule_id,
                           c.event_date, c.occasion_key, b.first, b.is_quiet, g.guard,
                           b.first <= c.until
                           AND (g.guard IS NULL OR g.guard IN ('days', 'cap'))
                               AS is_living
                      FROM vip_care_candidate c
                      JOIN (
                        SELECT * FROM (%(blocked)s) blocked
                        UNION ALL
                        SELECT id, NULL, GREATEST(due_date, %(day)s), FALSE
                          FROM vip_care_candidate WHERE task_id IS NOT NULL
                           ) b ON b.id = c.id
                     CROSS JOIN LATERAL (
                           SELECT CASE WHEN b.guard IS NULL AND c.is_held_out
                                       THEN 'holdout' ELSE b.guard END AS guard) g
                       ) living
                   ) judged
             WHERE x.id = judged.id
            """,
            blocked=self.env["vip.care.guard"]._query_blocked(contacts, solemn),
            day=day,
        )
