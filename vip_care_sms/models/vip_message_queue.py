from odoo import api, fields, models
from odoo.tools import SQL

from .vip_message import NOT_SENT, QUEUED

SEND_CRON = "vip_care_sms.ir_cron_send_messages"
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
    """From care tasks to the queue: each task once, by sets however many they are."""

    _inherit = "vip.message"

    @api.model
    def _cron_queue(self):
        """Queue what is due by rules whose messages go by themselves."""
        self._committing(self._follow_tasks)
        self._committing(lambda: self._insert(SQL("r.vip_sms_auto"), by_hand=False))

    @api.model
    def _queue(self, tasks, by_hand=False):
        """Queue the messages of these tasks and return them; queued ones stay as is.

        A task that is over, not due, without words or without gateway has none. By
        hand it waits for no confirmation, and what certainly was not sent is queued
        again.
        """
        messages = self.sudo()  # the log is the server's
        self.env.flush_all()
        messages._insert(SQL("t.id = ANY(%s)", tasks.ids), by_hand)
        messages = messages.search([("task_id", "in", tasks.ids)])
        if by_hand:
            messages.filtered(lambda one: one.state in NOT_SENT)._requeue()
            messages.filtered(lambda one: one.state == "waiting").state = "ready"
        return messages

    def _insert(self, which, by_hand):
        """Insert the messages of the tasks `which`."""
        now = fields.Datetime.now()
        wanted = self._query_wanted(which, now)
        batches = SQL("NULL::int")
        if not by_hand:
            self._open_batches(self.env.execute_query(self._query_totals(wanted)))
            batches = SQL("b.id")
        openings = self._openings(self.env.execute_query(self._query_ways(wanted)), now)
        if not openings:
            return
        self.env.cr.execute(self._query_insert(wanted, openings, batches, now))
        self.invalidate_model()
        self.env["vip.care.task"].invalidate_model(["message_ids"])

    def _open_batches(self, totals):
        """Make or find the batch of each (company, rule, day), and ask where it must.

        More messages than the company wants to let go unasked wait, also those of the
        batch that are queued already.
        """
        batches = self.env["vip.message.batch"]
        for company_id, rule_id, day, count in totals:
            key = {"company_id": company_id, "rule_id": rule_id, "day": day}
            batch = batches.search([(name, "=", key[name]) for name in key])
            batch = batch or batches.create(key)
            batch._ask_above(count)
        self.env.flush_all()

    def _openings(self, ways, now):
        """Return [(store id, wish, first moment, its local day)] of the next hours."""
        stores = self.env["vip.store"]
        countries = self.env["vip.sms.country"]
        found = []
        for store_id, company_id, wish in ways:
            company = self.env["res.company"].browse(company_id)
            store = stores.browse(store_id or None).with_company(company)
            country = store.country_id or company.country_id
            zone = store.tz or store._default_tz()
            moment = countries._next_opening(country, False, now, wish, zone=zone)
            if moment:
                day = self._local_day(store, moment)
                found.append((store_id or 0, company_id, wish or "", moment, day))
        return found

    def _requeue(self):
        """Queue again what certainly was not sent; a decision of somebody's."""
        for message in self:
            message.write(
                {
                    "state": "ready",
                    "send_from": fields.Datetime.now(),
                    "gateway_id": message.company_id.vip_sms_gateway_id.id,
                    "queued_by_id": self.env.uid,
                    "until": message.task_id.until or message.until,
                }
                | dict.fromkeys(("reason", "code", "guard"), False)
            )

    def _follow_tasks(self):
        """End what is queued for contacts that the planner ended, by SQL; the rest
        leaves by the gateway its company has now.
        """
        self.env.flush_all()
        self.env.cr.execute(self._query_follow_tasks())
        self.env.cr.execute(self._query_follow_gateway())
        self.invalidate_model()

    def _trigger_sending(self, moments=None):
        # sudo: whoever queues a message wants it sent
        self.env.ref(SEND_CRON).sudo()._trigger(moments)

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

    def _query_insert(self, wanted, openings, batch, now):
        """Return SQL that queues what is wanted, and returns the ids.

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
                   o.moment, w.until, 0, e.parts, e.cost, %(uid)s,
                   %(uid)s, %(uid)s, %(now)s, %(now)s
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
            batch=batch,
            ids=list(ids),
            parts=list(parts),
            costs=list(costs),
            occasion=self._query_occasion(),
            uid=self.env.uid,
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
