from datetime import datetime, time, timedelta

import pytz

from odoo import models

SOON = timedelta(minutes=15)
# What ends a contact for good, and how the task is left. Anything else passes.
ENDS = {
    "refused": "cancelled",
    "no_contact": "cancelled",
    "consent": "cancelled",
    "left": "cancelled",
    "rule": "cancelled",
    "audience": "cancelled",
    "repeat": "skipped",
}


class VipMessage(models.Model):
    """What must not leave now: it waits for the next sensible moment, or is ended."""

    _inherit = "vip.message"

    def _withhold(self, codes, now):
        """Withhold the messages of {message: guard}; return the others."""
        for message, code in codes.items():
            if code == "late":
                message._drop(code)
                message.task_id.write({"state": "expired", "guard": code})
            elif code in ENDS:
                message._end(code)
            else:
                message._wait(code, message._next_moment(code, now), now)
        return self.filtered(lambda message: message not in codes)

    def _next_moment(self, code, now):
        """Return when it makes sense to look again at what a guard forbids."""
        if code == "no_text":
            return now + timedelta(hours=1)
        if code == "hours":
            return self._opening(now)
        local = self._local(now)
        midnight = datetime.combine(local.date() + timedelta(days=1), time())
        zone = self.env["vip.care.guard"]._zone(self.task_id)
        morning = zone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)
        return self._opening(morning)

    def _opening(self, moment):
        """Return the first moment from `moment` on at which she may be written to."""
        hours = self._next_hours(moment)
        return hours and hours[0]

    def _next_hours(self, moment):
        """Return from when to when she may be written to, from `moment` on, or None."""
        countries, guard = self.env["vip.sms.country"], self.env["vip.care.guard"]
        if self.kind != "care":
            return countries._next_hours(self._country(), self.number, moment)
        member = self.task_id.partner_id
        return countries._next_hours(
            guard._country(self.task_id),
            member.vip_phone_key,
            moment,
            member.vip_preferred_hours,
            zone=str(guard._zone(self.task_id)),
        )

    def _wait(self, code, moment, now):
        """Put off to `moment`; with no such moment until its last day it is dropped."""
        # Later than now whatever was computed: a round never meets it again.
        moment = max(moment, now + SOON) if moment else None
        until = self.task_id.until or self.until
        if not moment or (until and self._local(moment).date() > until):
            self._drop(code)
        else:
            self.write({"send_from": moment, "guard": code or False})

    def _drop(self, code=False):
        """Too late: the contact stays with the associate while its day lasts."""
        self.write({"state": "dropped", "guard": code})

    def _end(self, code, reason=False, task=None):
        """Never: hold the message back and end the contact."""
        self.write({"state": "blocked", "guard": code, "reason": reason})
        vals = task or {"state": ENDS[code], "guard": code}
        self.task_id.filtered(lambda task: task.state == "planned").write(vals)

    def _local(self, moment):
        zone = self.env["vip.care.guard"]._zone(self.task_id)
        return pytz.utc.localize(moment).astimezone(zone).replace(tzinfo=None)

    def _local_day(self, store, moment):
        zone = pytz.timezone(store.tz or store._default_tz())
        return pytz.utc.localize(moment).astimezone(zone).date()
