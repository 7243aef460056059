"""Violations planted into a ledger: of words, of distance, of time."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from . import words
from .ledger import Look, Open
from .oracle import Oracle
from .stops import all_stops, midday

DAY = timedelta(1)


class Beds:
    """The ground, and what breaks manners 1 to 4."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.sent = {
            attempt.contact: attempt for attempt in ledger.tries if attempt.is_allowed
        }
        made = [c for c in ledger.contacts if c.state == "done" and c.id in self.sent]
        self.messages = [c for c in made if c.channel == "message" and c.body]
        self.greetings = [c for c in self.messages if c.kind in words.GREETINGS]
        self.made = made

    def one(self, contacts, **values):
        """Return the first contact with these values."""
        return next(
            contact
            for contact in contacts
            if all(getattr(contact, name) == value for name, value in values.items())
        )

    def _with(self, *changed, **more):
        """Return the ledger with these contacts instead of their own former selves."""
        by_id = {contact.id: contact for contact in changed}
        contacts = [by_id.get(c.id, c) for c in self.ledger.contacts]
        return replace(self.ledger, **({"contacts": contacts} | more))

    def _without(self, numbers):
        """Return the ledger as if these contacts had never been."""
        gone, ledger = set(numbers), self.ledger
        return replace(
            ledger,
            contacts=[c for c in ledger.contacts if c.id not in gone],
            tries=[one for one in ledger.tries if one.contact not in gone],
            looks=[
                look._replace(open=tuple(c for c in look.open if c.id not in gone))
                for look in ledger.looks
            ],
        )

    def _try(self, contact, **values):
        attempt = self.sent[contact.id]._replace(**values)
        return [
            attempt if one is self.sent[contact.id] else one
            for one in self.ledger.tries
        ]

    def plant_1_offer(self):
        contact = self.greetings[0]
        body = "全场八折，欢迎选购。" + contact.body
        return replace(self.ledger, tries=self._try(contact, body=body)), contact

    def plant_1_unsigned(self):
        contact = self.greetings[0]
        body = contact.body[: len(contact.body) // 2]
        return replace(self.ledger, tries=self._try(contact, body=body)), contact

    def plant_2_twice(self):
        one, other = self._two_greetings()
        body = self.sent[one.id].body
        return replace(self.ledger, tries=self._try(other, body=body)), other

    def _two_greetings(self):
        first = {}
        for contact in self.greetings:
            if contact.member in first:
                return first[contact.member], contact
            first[contact.member] = contact
        raise LookupError("nobody had two greetings")

    def plant_2_circle(self):
        """Two who had the same words on one day turn out to know each other."""
        had = {}
        for contact in self.greetings:
            if contact.trigger != "festival" or not contact.text:
                continue
            occasion = contact.text, contact.event_date
            other = had.setdefault(occasion, contact)
            if other.member != contact.member and self._is_as_given(contact, other):
                pair = frozenset((contact.member, other.member))
                pairs = self.ledger.pairs | {pair: datetime.min}
                return replace(self.ledger, pairs=pairs), contact
        raise LookupError("no text was given twice")

    def _is_as_given(self, *contacts):
        """Whether nobody has reworded these."""
        looks = self.ledger.looks
        first = {}
        for look in looks:
            for seen in look.open:
                first.setdefault(seen.id, seen.body)
        return all(
            first.get(contact.id) == self.sent[contact.id].body for contact in contacts
        )

    def _two_made(self):
        last = {}
        for contact in sorted(self.made, key=lambda c: c.done_at):
            other = last.get(contact.member)
            if other and other.cap and contact.trigger != other.trigger:
                return other, contact
            last[contact.member] = contact
        raise LookupError("nobody was contacted twice")

    def plant_3_too_soon(self):
        one, other = self._two_made()
        soon = one.done_at + DAY
        later = other._replace(done_at=soon, done_date=soon.date())
        return self._with(later), later

    def plant_3_planned_too_soon(self):
        """A contact is planned on the morrow of one that was made."""
        contact = self.made[0]
        day = contact.done_date + DAY
        names = [name for name in Open._fields if name not in ("due", "until", "id")]
        values = {name: getattr(contact, name) for name in names}
        planned = Open(id=contact.id, due=day, until=day, **values)
        look = Look(datetime.combine(day, time(0, 30)), "plan", (planned,))
        return replace(self.ledger, looks=[*self.ledger.looks, look]), contact

    def plant_3_lesser_one_kept(self):
        """Her birthday gives way to something planned two days before it."""
        birthday, made_at = next(
            (contact, made_at)
            for contact in self.made
            if contact.trigger == "birthday"
            and self._could_be_known(
                contact, made_at := midday(contact.event_date - 2 * DAY)
            )
        )
        day = made_at.date()
        alone = self._without(
            c.id for c in self.ledger.contacts if c.member == birthday.member
        )
        lesser = birthday._replace(
            id=-1,
            trigger="monthly_call",
            key="monthly_call:now",
            channel="call",
            priority=1,
            due=day,
            until=day,
            event_date=None,
            done_at=made_at,
            done_date=day,
        )
        left_out = birthday._replace(state="skipped", guard="cap")
        planned = self.ledger.planned | {-1: made_at}
        more = {"contacts": [*alone.contacts, lesser, left_out], "planned": planned}
        # The job ran all the time: that is no excuse.
        always = {birthday.event_date + number * DAY for number in range(-60, 61)}
        return replace(alone, planned_days=always, **more), left_out

    def _could_be_known(self, contact, moment):
        """Whether nothing stood against it then, and nothing changed until its day."""
        return not all_stops(self.ledger, contact, moment) and not Oracle(
            self.ledger
        )._has_changed(contact, moment, midday(contact.due))

    def plant_4_at_night(self):
        contact = self.messages[0]
        night = self.sent[contact.id].moment.replace(hour=3)
        return replace(self.ledger, tries=self._try(contact, moment=night)), contact

    def plant_4_late_birthday(self):
        contact = self.one(self.messages, trigger="birthday")
        late = contact._replace(
            done_at=contact.done_at + DAY, done_date=contact.done_date + DAY
        )
        return self._with(late), late

    def plant_4_wrong_festival(self):
        contact = self.one(self.messages, trigger="festival")
        moved = contact._replace(event_date=contact.event_date + 3 * DAY)
        return self._with(moved), moved
