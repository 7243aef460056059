"""Manner 3: contacts keep their distance, and the most important one is made."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from . import almanac, stops

# What is known before its day comes, and how long before.
FORESEEN = ("birthday", "special_day", "family_birthday", "festival", "season")
AHEAD = timedelta(30)


def order(contact):
    """Return the order of importance, the most important first."""
    return -contact.priority, contact.until, contact.rule


def distance(contact, first, last):
    """Return the days between the days of a contact and these, 0 where they meet.

    From its first day on: it keeps lesser ones away before anybody knows on which of
    its days it is made.
    """
    end = contact.done_date or contact.until
    return max((first - end).days, (contact.due - last).days, 0)


class Importance:
    def check_cap(self):
        """Of two contacts made the later one keeps the distance of both."""
        made = defaultdict(list)
        for contact in sorted(self.done, key=lambda c: (c.done_date, c.done_at)):
            self.checked[3] += 1
            for other in reversed(made[contact.member]):
                days = (contact.done_date - other.done_date).days
                if days < max(contact.cap, other.cap):
                    what = f"{contact.trigger} {days} days after {other.trigger}"
                    self.blame(3, contact.id, f"{what} of {other.done_date}")
                if days > 60:
                    break
            made[contact.member].append(contact)

    def check_open_cap(self):
        """What is planned keeps the distance too, from the day it was planned on."""
        made = {}
        for contact in self.done:
            made.setdefault(contact.member, []).append(contact)
        for look in self.ledger.looks:
            if look.why != "plan":
                continue
            day = look.moment.date()
            by_member = defaultdict(list)
            for contact in look.open:
                by_member[contact.member].append(contact)
            for member, planned in by_member.items():
                before = [c for c in made.get(member, ()) if c.done_at < look.moment]
                self._check_planned(planned, before, day)

    def _check_planned(self, planned, before, day):
        starts = [(max(contact.due, day), contact) for contact in planned]
        for place, (start, contact) in enumerate(starts):
            others = [(c.done_date, c) for c in before] + starts[:place]
            for other_day, other in others:
                days = abs((start - other_day).days)
                if days < max(contact.cap, other.cap):
                    what = f"planned {contact.trigger} on {start}, {other.trigger}"
                    self.blame(3, contact.id, f"{what} on {other_day}")

    def check_importance(self):
        """What was left out for another contact was left out for a better one."""
        for contact in self.ledger.contacts:
            if contact.state == "skipped" and contact.guard in ("cap", "outranked"):
                self.checked[3] += 1
                self._check_left_out(contact)

    def _check_left_out(self, contact):
        lesser = []
        for other in self._near(contact):
            if order(other) <= order(contact):
                return
            if other.state == "done" and self._planned(other) <= self._planned(contact):
                lesser.append(other)
        if any(self._came_first(contact, other) for other in lesser):
            return
        if self._may_be_held_out(contact) or self._was_lost(contact):
            return
        what = "nothing outranks it"
        if lesser:
            other = lesser[0]
            what = f"gave way to {other.trigger} of {other.done_date}"
        elif self._has_changed(contact, self._start(contact), self._end(contact)):
            return  # what outranked it then was not for her any more
        self.blame(3, contact.id, f"{contact.trigger} {contact.due} {what}")

    def _near(self, contact):
        """Her other contacts that are too near to any day of this one."""
        first, last = contact.due, self._whole_until(contact)
        return [
            other
            for other in self.of_member[contact.member]
            if other.id != contact.id
            and distance(other, first, last) < max(contact.cap, other.cap)
        ]

    def _planned(self, contact):
        return self.ledger.planned[contact.id]

    def _start(self, contact):
        return datetime.combine(contact.due, time(0))

    def _end(self, contact):
        """Return until when what outranked it may have come to nothing."""
        return self._planned(contact) + timedelta(14)

    def _may_be_held_out(self, contact):
        """Who may be held out on the day keeps nobody back before it."""
        return bool(self.ledger.rules[contact.rule].holdout)

    def _came_first(self, contact, lesser):
        """Whether a lesser contact was planned when nobody knew of this one."""
        planned = self.ledger.planned[lesser.id]
        if planned < self._known(contact):
            return True
        # Left out for good when its last day was planned.
        end = max(stops.midday(contact.due), self.ledger.planned[contact.id])
        return bool(
            stops.all_stops(self.ledger, contact, planned)
            or self._has_changed(contact, planned, end)
        )

    def _known(self, contact):
        """Return from when on one could know that this contact would be due."""
        if contact.event:
            return self.ledger.events[contact.event].told
        ahead = AHEAD if contact.trigger in FORESEEN else timedelta(0)
        return datetime.combine(contact.due - ahead, time(0))

    def _has_changed(self, contact, first, last):
        """Whether something of hers became known after `first`."""
        kinds = ("birthday", "store", "member", "child", "teacher", "standing")
        return any(
            self.ledger.changed(contact.member, kind, first, last) for kind in kinds
        )

    def _was_lost(self, contact):
        """Whether what outranked it came to nothing because the job did not run.

        Or will be, after the last day there was.
        """
        better = [
            rule
            for rule in self.ledger.rules.values()
            if rule.trigger in FORESEEN and rule.priority >= contact.priority
        ]
        days = (contact.due + timedelta(number) for number in range(-21, 22))
        lost = [day for day in days if day not in self.ledger.planned_days]
        return (
            any(
                self._is_due(one, contact.member, day) for day in lost for one in better
            )
            or self._was_event_lost(contact, lost)
            or self._stood_still(contact)
        )

    def _was_event_lost(self, contact, lost):
        store = self.ledger.at(contact.member, "store", self._planned(contact))
        return any(
            event.store == store and event.first <= day <= event.last
            for event in self.ledger.events.values()
            for day in lost
        )

    def _stood_still(self, contact):
        """Whether whole weeks were not lived soon after: what waited then is gone."""
        day = self._planned(contact).date()
        ahead = (day + timedelta(number) for number in range(30))
        return sum(day not in self.ledger.planned_days for day in ahead) > 7

    def _is_due(self, rule, member, day):
        """Whether by a rule something is to be done with her on a day."""
        ledger, noon = self.ledger, stops.midday(min(day, self.ledger.last))
        own = ledger.dates[member]
        if rule.trigger == "birthday":
            own = [ledger.at(member, "birthday", noon)]
        for number in range(rule.window):
            event = day - timedelta(rule.offset + number)
            if rule.trigger in ("festival", "season"):
                country, year = ledger.country(member, noon), event.year
                keys = rule.occasions or almanac.FESTIVALS
                if any(event in almanac.days_of(key, country, year) for key in keys):
                    return True
            elif any(date and self._is_kept(date, event) for date in own):
                return True
        return False

    def _is_kept(self, date, day):
        days = almanac.kept(*date, day.year - 1, day.year + 1)
        return any(day == kept for kept, _key in days)

    def _whole_until(self, contact):
        rule = self.ledger.rules[contact.rule]
        if not contact.event_date:
            return contact.until
        last = contact.event_date + timedelta(rule.offset + rule.window - 1)
        return max(contact.until, last)
