from odoo import models
from odoo.tools import SQL

from .vip_message import QUEUED

# Of these a number hears once, whatever rules two companies have for them.
ONCE = (
    "birthday",
    "special_day",
    "family_birthday",
    "festival",
    "season",
    "weather",
    "activity",
    "arrivals",
)


class VipMessage(models.Model):
    """The statements of the queue: a festival has a message for every member."""

    _inherit = "vip.message"

    def _query_wanted(self, which, now):
        """Return SQL for the planned contacts by message that are due and not queued.

        SQL, as all below: a festival has a message for every member.
        """
        return SQL(
            """
            SELECT t.id, t.company_id, t.partner_id, t.store_id, t.owner_id, t.rule_id,
                   t.purpose, t.trigger, t.event_date, t.due_date, t.until, t.priority,
                   t.body, g.id AS gateway_id, r.offset_days,
                   COALESCE(m.vip_preferred_hours, '') AS wish
              FROM vip_care_task t
              JOIN vip_care_rule r ON r.id = t.rule_id
              JOIN res_partner m ON m.id = t.partner_id
              JOIN res_company c ON c.id = t.company_id
              JOIN vip_sms_gateway g ON g.id = c.vip_sms_gateway_id AND g.active
              LEFT JOIN vip_store s ON s.id = t.store_id
             WHERE t.state = 'planned' AND t.channel = 'message'
               AND btrim(COALESCE(t.body, '')) <> '' AND %(which)s
               AND %(today)s BETWEEN t.due_date AND t.until
               AND NOT EXISTS (SELECT FROM vip_message x WHERE x.task_id = t.id)
            """,
            which=which,
            today=SQL(
                "(%s::timestamp AT TIME ZONE 'UTC'"
                " AT TIME ZONE COALESCE(s.tz, %s))::date",
                now,
                self.env["vip.store"]._default_tz(),
            ),
        )

    def _query_totals(self, wanted):
        return SQL(
            """SELECT w.company_id, w.rule_id, w.due_date, count(*)
                 FROM (%s) w GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
            wanted,
        )

    def _query_ways(self, wanted):
        return SQL(
            "SELECT DISTINCT w.store_id, w.company_id, w.wish FROM (%s) w", wanted
        )

    def _query_insert(self, wanted, openings, by_hand, now):
        """Return SQL that queues what is wanted, with estimates of parts and cost.

        Where no hour is left until its last day a message is logged as too late.
        """
        rows = self.env.execute_query(self._query_words(wanted))
        ids, parts, costs = zip(*self._estimates(rows), strict=True)
        return SQL(
            """
            INSERT INTO vip_message (
                uuid, kind, state, guard, company_id, gateway_id, batch_id, task_id,
                partner_id, store_id, owner_id, purpose, occasion, priority,
                send_from, until, attempt, parts, cost, queued_by_id,
                create_uid, write_uid, create_date, write_date)
            SELECT gen_random_uuid()::text, 'care',
                   CASE WHEN o.day > w.until THEN 'dropped'
                        WHEN %(batch)s IS NULL OR b.state = 'confirmed' THEN 'ready'
                        WHEN b.state = 'stopped' THEN 'cancelled' ELSE 'waiting' END,
                   CASE WHEN o.day > w.until THEN 'hours' END,
                   w.company_id, w.gateway_id, %(batch)s, w.id, w.partner_id,
                   w.store_id, w.owner_id, w.purpose, %(occasion)s, w.priority,
                   o.moment, w.until, 0, e.parts, e.cost, %(uid)s::int,
                   %(uid)s::int, %(uid)s::int, %(now)s, %(now)s
              FROM (%(wanted)s) w
              JOIN (VALUES %(openings)s) AS o(store_id, company_id, wish, moment, day)
                ON o.store_id = COALESCE(w.store_id, 0) AND o.wish = w.wish
                   AND o.company_id = w.company_id
              JOIN unnest(%(ids)s::int[], %(parts)s::int[], %(costs)s::float[])
                AS e(id, parts, cost) ON e.id = w.id
              LEFT JOIN vip_message_batch b ON b.company_id = w.company_id
                    AND b.rule_id = w.rule_id AND b.day = w.due_date
             ORDER BY w.priority DESC, w.id
                ON CONFLICT (task_id) WHERE task_id IS NOT NULL DO NOTHING
            """,
            batch=SQL("NULL::int" if by_hand else "b.id"),
            ids=list(ids),
            parts=list(parts),
            costs=list(costs),
            occasion=self._query_occasion(),
            # Of a job there is nobody to name: three checks less of each row.
            uid=self.env.uid if by_hand else None,
            now=now,
            wanted=wanted,
            openings=SQL(", ").join(
                SQL("(%s::int, %s::int, %s, %s::timestamp, %s::date)", *opening)
                for opening in openings
            ),
        )

    def _query_words(self, wanted):
        return SQL(
            """SELECT w.id, w.body, w.gateway_id, w.store_id, w.company_id, w.purpose,
                      w.until FROM (%s) w""",
            wanted,
        )

    def _query_occasion(self):
        """Return SQL: trigger and day; of what is followed up, the day of following."""
        return SQL(
            """
            w.trigger || ':' || (COALESCE(w.event_date, w.due_date)
                + CASE WHEN w.trigger = ANY(%s) OR w.event_date IS NULL THEN 0
                       ELSE COALESCE(w.offset_days, 0) END)
            """,
            list(ONCE),
        )

    def _query_follow_tasks(self):
        return SQL(
            """
            UPDATE vip_message x
               SET state = CASE WHEN t.state = 'expired' THEN 'dropped'
                                ELSE 'cancelled' END,
                   guard = t.guard, write_date = now() AT TIME ZONE 'UTC'
              FROM vip_message y LEFT JOIN vip_care_task t ON t.id = y.task_id
             WHERE x.id = y.id AND y.state = ANY(%s) AND y.kind = 'care'
               AND t.state IS DISTINCT FROM 'planned'
            """,
            list(QUEUED),
        )

    def _query_follow_gateway(self):
        return SQL(
            """
            UPDATE vip_message x
               SET gateway_id = g.id
              FROM res_company c
              JOIN vip_sms_gateway g ON g.id = c.vip_sms_gateway_id AND g.active
             WHERE c.id = x.company_id AND x.kind = 'care' AND x.state = ANY(%s)
               AND x.gateway_id IS DISTINCT FROM g.id
            """,
            list(QUEUED),
        )
