"""What happened in the simulated chain, as plain values an oracle can read.

Moments are naive and local: all stores of the chain keep UTC+8.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


class Store(NamedTuple):
    id: int
    country: str
    name: str
    specialist: str


class Contact(NamedTuple):
    """A row of the contact log as it stands at the end."""

    id: int
    member: int
    rule: int
    key: str
    trigger: str
    occasion: str
    event: int
    event_date: date
    channel: str
    purpose: str
    kind: str
    tone: str
    priority: int
    cap: int
    due: date
    until: date
    state: str
    guard: str
    text: int
    body: str
    outcome: str
    done_at: datetime
    done_date: date
    is_holdout: bool


class Open(NamedTuple):
    """A contact that is planned, as it was seen at a moment."""

    id: int
    member: int
    channel: str
    purpose: str
    trigger: str
    tone: str
    cap: int
    due: date
    until: date
    text: int
    body: str


class Rule(NamedTuple):
    """How a rule is set: what the oracle holds its contacts to."""

    id: int
    offset: int
    window: int
    trigger: str
    priority: int
    holdout: int
    occasions: tuple


class Event(NamedTuple):
    """What a manager gave out at a moment, and from when to when it is to be done."""

    told: datetime
    first: date
    last: date
    trigger: str
    store: int


class Try(NamedTuple):
    """Somebody wants to make a contact; `body` is what she would send."""

    contact: int
    moment: datetime
    is_allowed: bool
    body: str


class Look(NamedTuple):
    """What was planned at a moment: after planning, or after `why` happened."""

    moment: datetime
    why: str
    open: tuple


@dataclass
class Ledger:
    first: date
    last: date
    stores: dict = field(default_factory=dict)
    rules: dict = field(default_factory=dict)
    events: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)  # id: (tone, body)
    facts: dict = field(default_factory=lambda: defaultdict(list))
    consents: dict = field(default_factory=lambda: defaultdict(list))
    dates: dict = field(default_factory=lambda: defaultdict(list))  # dear to a member
    pairs: dict = field(default_factory=dict)  # who know each other: since when
    names: dict = field(default_factory=dict)  # member: all her names
    planned: dict = field(default_factory=dict)  # contact: moment it was planned
    planned_days: set = field(default_factory=set)  # on which the job ran
    looks: list = field(default_factory=list)
    tries: list = field(default_factory=list)
    twice: list = field(default_factory=list)  # (moment, contacts a 2nd run made)
    contacts: list = field(default_factory=list)

    def tell(self, member, kind, value, moment):
        """Write down that from `moment` on `kind` of a member is `value`."""
        self.facts[member, kind].append((moment, value))

    def at(self, member, kind, moment):
        """Return what `kind` of a member was at `moment`, None if never told."""
        told = self.facts.get((member, kind), ())
        place = bisect_right(told, moment, key=lambda fact: fact[0])
        return told[place - 1][1] if place else None

    def changed(self, member, kind, first, last):
        """Whether `kind` changed after `first` and up to `last`."""
        told = self.facts.get((member, kind), ())
        return any(first < moment <= last for moment, _value in told)

    def said(self, member, purpose, way, moment):
        """Return her last word for a purpose and a way of reaching her, or None.

        What she says of any way is meant for all, until she says something of one.
        """
        word = None
        for when, about, by, given in self.consents.get(member, ()):
            if when <= moment and about == purpose and by in ("any", way):
                word = given
        return word

    def is_of_another_number(self, member, purpose, way, moment):
        """Whether her last word was said before a number of hers was given up."""
        said = [
            when
            for when, about, by, _given in self.consents.get(member, ())
            if when <= moment and about == purpose and by in ("any", way)
        ]
        told = [
            fact for fact in self.facts.get((member, "phone"), ()) if fact[0] <= moment
        ]
        given_up = [
            when
            for (_before, old), (when, new) in zip(told, told[1:], strict=False)
            if old and new != old
        ]
        return bool(said and given_up) and said[-1] < given_up[-1]

    def country(self, member, moment):
        store = self.stores.get(self.at(member, "store", moment) or 0)
        return store.country
