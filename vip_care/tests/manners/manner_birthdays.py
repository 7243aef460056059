"""Manner 7: each birthday once, on its day, and nobody's is forgotten."""

from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from types import SimpleNamespace

from . import almanac, stops

REPEAT = timedelta(180)
LUNAR_YEAR = timedelta(350)


def is_same(one, other):
    """Whether two days are one birthday, by two calendars or before a correction."""
    apart = abs(one.event_date - other.event_date)
    in_one_year = one.event_date.year == other.event_date.year
    return apart <= REPEAT or in_one_year and apart < LUNAR_YEAR


def is_kept(contact):
    """Whether the year had its turn: done, dropped by hand or held out."""
    return contact.state == "done" or bool(contact.done_at) or contact.is_holdout


class Birthdays:
    def check_birthdays(self):
        """Fills `kept`: what became of each birthday."""
        self.kept = Counter()
        self._collect_birthdays()
        members = {member for member, kind in self.ledger.facts if kind == "birthday"}
        for member in sorted(members):
            for day, key, birthday in self._birthdays(member):
                self.checked[7] += 1
                self._check_kept(member, day, key, birthday)
        for contacts in self.wished.values():
            self._check_once(contacts)

    def _collect_birthdays(self):
        self.wished = defaultdict(list)
        for contact in self.ledger.contacts:
            if contact.trigger == "birthday":
                self.wished[contact.member].append(contact)
                self._check_right_day(contact)

    def _check_right_day(self, contact):
        moment = self.ledger.planned[contact.id]
        birthday = self.ledger.at(contact.member, "birthday", moment)
        year = contact.event_date.year
        days = birthday and almanac.kept(*birthday, year - 1, year + 1)
        if (contact.event_date, contact.key.split(":")[-1]) not in (days or ()):
            self.blame(7, contact.id, f"{contact.event_date} is not hers: {birthday}")

    def _check_once(self, contacts):
        made = [c for c in contacts if c.state == "done"]
        for place, one in enumerate(made):
            for other in made[:place]:
                if one.key == other.key or is_same(one, other):
                    self.blame(7, one.id, f"{one.key}, after {other.key}")

    def _birthdays(self, member):
        """Yield (day, year's key, birthday) as she kept them in these years."""
        first, last = self.ledger.first, self.ledger.last
        for _moment, birthday in self.ledger.facts[member, "birthday"]:
            if not birthday:
                continue
            for day, key in almanac.kept(*birthday, first.year, last.year):
                morning = datetime.combine(day, time(0))
                if (
                    first <= day <= last
                    and self.ledger.at(member, "birthday", morning) == birthday
                ):
                    yield day, key, birthday

    def _check_kept(self, member, day, key, birthday):
        mine = [
            c
            for c in self.wished[member]
            if c.key == f"birthday:{key}" and c.event_date == day
        ]
        made = [c for c in mine if c.state in ("done", "expired", "planned")]
        if made:
            self.kept[made[0].state] += 1
            return
        if mine:
            for contact in mine:
                self._check_excuse(contact, day)
            self.kept[mine[0].guard or mine[0].state] += 1
            return
        reason = self._no_row(member, day, key)
        self.kept[reason or "forgotten"] += 1
        if not reason:
            self.blame(7, 0, f"birthday of {member} on {day} was forgotten")

    def _no_row(self, member, day, key):
        """Return why the birthday left no contact, not even one left out."""
        noon = stops.midday(day)
        if day not in self.ledger.planned_days:
            return "no run"
        if not self.ledger.at(member, "member", self._planning(day)):
            return "no member"
        if self.ledger.changed(member, "birthday", self._planning(day), noon):
            return "told that day"
        if any(c.key == f"birthday:{key}" and is_kept(c) for c in self.wished[member]):
            return "moved within the year"  # that year's had its turn
        return None

    def _planning(self, day):
        """Return the moment of the last run of a day."""
        moments = [look.moment for look in self._plan_looks().get(day, ())]
        return max(moments, default=stops.midday(day))

    def _plan_looks(self):
        if not hasattr(self, "_looks_of_day"):
            self._looks_of_day = defaultdict(list)
            for look in self.ledger.looks:
                if look.why == "plan":
                    self._looks_of_day[look.moment.date()].append(look)
        return self._looks_of_day

    def _check_excuse(self, contact, day):
        """A birthday that was left out names its guard, and the guard is right."""
        moment = self.ledger.planned[contact.id]
        as_message = SimpleNamespace(**contact._asdict())
        real = stops.all_stops(self.ledger, as_message, moment)
        end = datetime.combine(day, time.max)
        later = {
            stop
            for hour in range(24)
            for stop in stops.all_stops(
                self.ledger, as_message, end.replace(hour=hour, minute=59)
            )
        }
        guard = contact.guard
        if guard == "changed":
            morning = datetime.combine(day, time(0))
            is_right = self.ledger.changed(contact.member, "birthday", morning, end)
        elif contact.state == "cancelled":
            is_right = guard in real | later
        elif guard == "repeat":
            is_right = any(
                other.state == "done"
                and other.id != contact.id
                and is_same(other, contact)
                for other in self.wished[contact.member]
            )
        elif guard in ("cap", "outranked"):
            is_right = True  # manner 3 has looked into it
        elif contact.is_holdout or contact.outcome or not guard:
            is_right = True  # by the associate's own hand
        else:
            is_right = guard in real
        if not is_right:
            self.blame(7, contact.id, f"{guard} on {day}, but {real or 'nothing'}")
