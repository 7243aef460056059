from odoo import api, fields, models
from odoo.tools import SQL

from .vip_message import NOT_SENT

SEND_CRON = "vip_care_sms.ir_cron_send_messages"


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
        if not by_hand:
            self._open_batches(self.env.execute_query(self._query_totals(wanted)))
        openings = self._openings(self.env.execute_query(self._query_ways(wanted)), now)
        if not openings:
            return
        self.env.cr.execute(self._query_insert(wanted, openings, by_hand, now))
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
        """Return [(store id, company id, wish, first moment, its local day)]."""
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
