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
    """Return the days from a contact that was made to a time of days, 0 within."""
    day = contact.done_date or contact.due
    return max((first - day).days, (day - last).days, 0)


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
        first, last = contact.due, self._whole_until(contact)
        better, lesser = [], []
        for other in self.of_member[contact.member]:
            cap = max(contact.cap, other.cap)
            if other.id == contact.id or distance(other, first, last) >= cap:
                continue
            if order(other) <= order(contact):
                better.append(other)
            elif other.state == "done":
                lesser.append(other)
        if better or any(self._came_first(contact, other) for other in lesser):
            return
        if lesser:
            other = lesser[0]
            what = f"{contact.trigger} {first} gave way to {other.trigger}"
            self.blame(3, contact.id, f"{what} of {other.done_date}")
        elif not self._is_near_lost_day(contact):
            self.blame(3, contact.id, f"{contact.trigger} {first}: nothing outranks it")

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

    def _is_near_lost_day(self, contact):
        """Whether what outranked it came to nothing because the job did not run."""
        ledger, member = self.ledger, contact.member
        planned = ledger.planned[contact.id]
        own = [ledger.at(member, "birthday", planned), *ledger.dates[member]]
        country = ledger.country(member, planned)
        for number in range(-21, 22):
            day = contact.due + timedelta(number)
            if day in ledger.planned_days:
                continue
            near = (day, day + timedelta(1), day - timedelta(5))
            if any(self._is_kept(date, own, country) for date in near):
                return True
        return False

    def _is_kept(self, day, own, country):
        """Whether something is celebrated, by her or by all, on a day."""
        year = day.year
        return any(
            day == kept
            for date in own
            if date
            for kept, _key in almanac.kept(*date, year - 1, year + 1)
        ) or any(
            day in almanac.days_of(key, country, year)
            for key in (*almanac.FESTIVALS, *almanac.TERMS)
        )

    def _whole_until(self, contact):
        rule = self.ledger.rules[contact.rule]
        if not contact.event_date:
            return contact.until
        last = contact.event_date + timedelta(rule.offset + rule.window - 1)
        return max(contact.until, last)
