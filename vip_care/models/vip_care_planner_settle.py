from odoo import models
from odoo.tools import SQL

# What takes an associate's time; messages wait for nobody.
TIME_TAKING = ("call", "visit", "gift")


class VipCarePlanner(models.AbstractModel):
    """Who of several contacts with a member is made, and how many a day can bear."""

    _inherit = "vip.care.planner"

    def _query_index(self):
        """Return SQL for the indexes by which ranks, and members' others, are found."""
        return SQL(
            """
            CREATE INDEX ON vip_care_candidate (rank) WHERE rank > 1;
            CREATE INDEX ON vip_care_candidate (partner_id) WHERE rank IS NOT NULL
            """
        )

    def _query_settle(self, rank):
        """Return SQL that fits in members' contacts of this rank, after better ones.

        A contact that comes too soon before or after one that matters more waits until
        as many days after it; one that comes well before ends in time. Run again while
        it changes rows: what was put off may meet the next one.
        """
        return SQL(
            """
            UPDATE vip_care_candidate x
               SET first = COALESCE(met.first, x.first),
                   until = CASE WHEN met.first IS NULL THEN met.until ELSE x.until END,
                   guard = CASE WHEN met.first IS NULL THEN x.guard
                                ELSE COALESCE(x.guard, 'outranked') END
              FROM (
                SELECT y.id,
                       max(w.first + gap.days) FILTER (
                           WHERE w.first - gap.days < y.first
                             AND y.first < w.until + gap.days) AS first,
                       min(w.first - gap.days) FILTER (
                           WHERE y.first <= w.first - gap.days) AS until
                  FROM vip_care_candidate y
                  JOIN vip_care_candidate w
                    ON w.partner_id = y.partner_id AND w.rank IS NOT NULL
                       AND w.rank < y.rank AND w.first <= w.until
                 CROSS JOIN LATERAL (
                       SELECT GREATEST(w.cap_days, y.cap_days) AS days) gap
                 WHERE y.rank > 1 AND y.rank = %s AND y.first <= y.until
                   AND gap.days > 0
                 GROUP BY y.id
                   ) met
             WHERE x.id = met.id AND (met.first > x.first OR met.until < x.until)
            """,
            rank,
        )

    def _query_move_open(self):
        """Return SQL that puts off, shortens or gives up open tasks that are outranked.

        Only tasks still open: somebody may have done one this very moment.
        """
        return SQL(
            """
            UPDATE vip_care_task t
               SET due_date = CASE WHEN c.guard = 'outranked' AND c.first <= c.until
                                   THEN c.first ELSE t.due_date END,
                   until = c.until, write_date = now() AT TIME ZONE 'UTC',
                   state = CASE WHEN c.first <= c.until THEN t.state ELSE 'skipped' END,
                   guard = CASE WHEN c.first <= c.until THEN t.guard
                                ELSE 'outranked' END
              FROM vip_care_candidate c
             WHERE t.id = c.task_id AND t.state = 'planned'
               AND (c.until < t.until OR c.guard = 'outranked')
            """
        )

    def _query_hold_load(self, day, company_limit):
        """Return SQL that holds what is too much for an owner's day until the next.

        What is on its last day comes first and is never held; then what matters more.
        Open tasks that are due count, and those done today.
        """
        return SQL(
            """
            WITH wanted AS (
                SELECT c.id, c.owner_id, c.rule_id,
                       COALESCE(r.daily_limit, 0) AS daily_limit,
                       c.until <= %(day)s AS is_last,
                       row_number() OVER (
                           PARTITION BY c.owner_id
                           ORDER BY c.until <= %(day)s DESC, c.priority DESC, c.until,
                                    c.rule_id, c.partner_id, c.id) AS place
                  FROM vip_care_candidate c JOIN vip_care_rule r ON r.id = c.rule_id
                 WHERE c.task_id IS NULL AND c.guard IS NULL AND c.rank IS NOT NULL
                   AND c.first <= %(day)s AND c.due_date <= %(day)s
                   AND c.owner_id IS NOT NULL AND c.channel = ANY(%(channels)s)
            ), busy AS (
                SELECT t.owner_id, t.rule_id, count(*) AS tasks FROM vip_care_task t
                 WHERE t.channel = ANY(%(channels)s)
                   AND t.owner_id IN (SELECT owner_id FROM wanted)
                   AND (t.state = 'planned' AND t.due_date <= %(day)s
                        OR t.state = 'done' AND t.done_date = %(day)s)
                 GROUP BY t.owner_id, t.rule_id
            ), fits_rule AS (
                SELECT w.*, w.is_last OR w.daily_limit = 0
                       OR COALESCE(b.tasks, 0) + row_number() OVER (
                              PARTITION BY w.owner_id, w.rule_id ORDER BY w.place)
                          <= w.daily_limit AS fits
                  FROM wanted w LEFT JOIN busy b USING (owner_id, rule_id)
            ), counted AS (
                SELECT f.*, row_number() OVER (
                           PARTITION BY f.owner_id, f.fits ORDER BY f.place)
                       + COALESCE((SELECT sum(b.tasks) FROM busy b
                                    WHERE b.owner_id = f.owner_id), 0) AS number
                  FROM fits_rule f
            )
            UPDATE vip_care_candidate c
               SET guard = 'load'
              FROM counted
             WHERE c.id = counted.id
               AND NOT (counted.fits AND (counted.is_last OR %(limit)s = 0
                                          OR counted.number <= %(limit)s))
            """,
            day=day,
            channels=list(TIME_TAKING),
            limit=company_limit,
        )

    def _query_insert(self, company, day, uid):
        """Return SQL that makes the tasks and returns those of messages.

        What waits leaves no row while its window is open: on its last day it is kept
        as skipped, with its guard. Who was never meant leaves none at all.
        """
        return SQL(
            """
            WITH made AS (
            INSERT INTO vip_care_task (
                partner_id, rule_id, occasion_key, trigger, occasion_id, event_id,
                event_date, facts, company_id, store_id, owner_id, channel, purpose,
                text_kind, tone, priority, cap_days, due_date, until, state, guard,
                is_holdout, create_uid, write_uid, create_date, write_date)
            SELECT c.partner_id, c.rule_id, c.occasion_key, c.trigger, c.occasion_id,
                   c.event_id, c.event_date, c.facts, %(company)s, c.store_id,
                   c.owner_id, c.channel, c.purpose, c.text_kind,
                   CASE WHEN c.is_quiet THEN 'neutral' ELSE c.tone END, c.priority,
                   c.cap_days, CASE WHEN c.guard IS NULL THEN c.on_date
                                    ELSE c.due_date END,
                   c.until, CASE WHEN c.guard IS NULL THEN 'planned' ELSE 'skipped' END,
                   c.guard, COALESCE(c.guard = 'holdout', FALSE), %(uid)s, %(uid)s,
                   now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
              FROM vip_care_candidate c
             WHERE c.task_id IS NULL AND c.due_date <= %(day)s
               AND (c.guard IS NULL OR c.guard IN ('repeat', 'holdout')
                    OR c.guard NOT IN ('audience', 'left') AND c.last <= %(day)s)
             ORDER BY c.id
            ON CONFLICT (partner_id, rule_id, occasion_key) DO NOTHING
            RETURNING id, state, channel, text_kind
            )
            SELECT count(*),
                   array_agg(id) FILTER (WHERE state = 'planned' AND text_kind <> ''
                                           AND channel = 'message')
              FROM made
            """,
            company=company.id,
            day=day,
            uid=uid,
        )

    def _query_expire(self, scope):
        """Return SQL that ends the open tasks of the scope's stores nobody did."""
        return SQL(
            """
            UPDATE vip_care_task t
               SET state = 'expired', guard = COALESCE(t.guard, 'late'),
                   write_date = now() AT TIME ZONE 'UTC'
             WHERE t.state = 'planned' AND t.until < %s
               AND (t.store_id = ANY(%s)
                    OR t.store_id IS NULL AND t.company_id = %s AND %s)
            """,
            scope.day,
            scope.store_ids,
            scope.company.id,
            0 in scope.store_ids,
        )
