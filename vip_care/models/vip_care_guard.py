from collections import defaultdict

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.contact_hours import open_now

# What ends a planned contact for good; anything else may pass while it is open.
FORBIDS = (
    *("left", "rule", "no_contact", "refused", "consent", "complaint", "mourning"),
)
# By these somebody's telephone rings.
RINGING = ("call", "message")
# In the order in which they are asked: see `_query_blocked`.
AFTER_HOURS = ("cap", "outranked", "no_text", "late", None)


class VipCareGuard(models.AbstractModel):
    """May this member be contacted so, now? One answer for every channel and path."""

    _name = "vip.care.guard"
    _description = "Guards of a contact"

    @api.model
    def _blocked(self, tasks, now=None, channel=None):
        """Return {task id: guard} of those that must not be done now (UTC).

        Planning, preview and the moment of contact ask the same statement; only the
        hours are known at the moment alone. `channel` is how she is reached, without
        it each as it is planned: who calls to agree on a visit rings her up.
        """
        if not tasks:
            return {}
        now = now or fields.Datetime.now()
        tasks = tasks.sudo()  # what forbids a contact may be nobody's to read
        moments = {
            task.id: pytz.utc.localize(now).astimezone(self._zone(task))
            for task in tasks
        }
        days = {task: moments[task.id].date() for task in tasks}
        found = self._judge(tasks, days, channel)
        ringing = tasks.filtered(lambda task: (channel or task.channel) in RINGING)
        for task in ringing:
            code = found[task.id]
            if code in AFTER_HOURS and not self._is_open(task, moments[task.id]):
                found[task.id] = "hours"
        return {task_id: code for task_id, code in found.items() if code}

    def _judge(self, tasks, days, channel=None):
        """Return {task id: guard or None} on {task: day}, as planning judges too."""
        self.env.flush_all()
        contacts = SQL(
            """
            SELECT t.id, t.id AS task_id, t.partner_id, t.rule_id, t.occasion_key,
                   t.event_date, t.occasion_id, t.trigger, way.channel, t.purpose,
                   t.tone, t.priority, t.cap_days, t.until, asked.day AS on_date,
                   way.channel = 'message' AND t.text_kind IS NOT NULL
                   AND (btrim(COALESCE(t.body, '')) = '' OR x.state = 'retired')
                       AS is_wordless
              FROM vip_care_task t
              LEFT JOIN vip_care_text x ON x.id = t.text_id
              JOIN unnest(%s::int[], %s::date[]) AS asked(id, day) ON asked.id = t.id
             CROSS JOIN LATERAL (SELECT COALESCE(%s, t.channel) AS channel) way
            """,
            tasks.ids,
            [days[task] for task in tasks],
            channel,
        )
        query = self._query_blocked(contacts, self._solemn(tasks, days))
        return {row[0]: row[1] for row in self.env.execute_query(query)}

    def _solemn(self, tasks, days):
        """Return {(country id, day)} of the solemn days among those of the tasks."""
        asked = defaultdict(set)
        for task in tasks:
            asked[self._country(task)].add(days[task])
        return {
            (country.id, day)
            for country, dates in asked.items()
            for day in self.env["vip.occasion"]._solemn_days(
                country, min(dates), max(dates)
            )
        }

    def _is_open(self, task, moment):
        hours = task.partner_id.vip_preferred_hours
        # Naive: the table is in the store's own time.
        return open_now(self._country(task).code, hours, moment.replace(tzinfo=None))

    @api.model
    def _answers(self):
        """Return the triggers of what members began themselves; override to add.

        An answer is owed whatever else is planned: no other contact holds it back, and
        it holds none back.
        """
        return []

    def _country(self, task):
        partner = task.partner_id
        company = partner.vip_company_id or task.company_id
        return partner.vip_store_id.country_id or company.country_id

    def _zone(self, task):
        store = task.partner_id.vip_store_id
        company_store = store.with_company(task.company_id)
        return pytz.timezone(store.tz or company_store._default_tz())

    @api.model
    def _forbid(self, partners, reason=None):
        """Cancel what must no longer be done with these members; return those tasks.

        Called in the transaction of what forbids it: a refusal, an open complaint,
        mourning, the end of a membership. With `reason` everything is cancelled for
        it, without it what the guards say. Where only the cheerful is forbidden the
        contact goes on with quiet words.
        """
        # sudo: a refusal counts, whoever hears it and whoever looks after her
        tasks = self.env["vip.care.task"].sudo()
        tasks = tasks.search(
            [("partner_id", "in", partners.ids), ("state", "=", "planned")]
        )
        if not tasks:
            return tasks
        found = dict.fromkeys(tasks.ids, reason) if reason else self._forbidden(tasks)
        for code in set(found.values()) & set(FORBIDS):
            those = tasks.filtered(lambda task, code=code: found[task.id] == code)
            those.write({"state": "cancelled", "guard": code})
        return tasks.filtered(lambda task: task.state == "cancelled")

    def _forbidden(self, tasks):
        """Return {task id: guard} after turning what may go on quietly to quiet."""
        days = {
            task: max(task.due_date, task.partner_id.vip_store_id._vip_today())
            for task in tasks
        }
        found = self._judge(tasks, days)
        cheerful = tasks.filtered(
            lambda task: (
                task.tone == "cheerful" and found[task.id] in ("complaint", "mourning")
            )
        )
        if not cheerful:
            return found
        cheerful.write({"tone": "neutral", "text_id": False, "body": False})
        found = self._judge(tasks, days)
        goes_on = cheerful.filtered(
            lambda task: found[task.id] not in FORBIDS and task.text_kind
        )
        if messages := goes_on.filtered(lambda task: task.channel == "message"):
            self.env["vip.care.text"].sudo()._give(messages)  # as above
        return found
