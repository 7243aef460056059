"""The eight manners, checked on every contact of a ledger."""

from collections import Counter, defaultdict
from typing import NamedTuple

from .manner_birthdays import Birthdays
from .manner_feelings import Feelings
from .manner_importance import Importance
from .manner_timing import Timing
from .manner_words import Words


class Violation(NamedTuple):
    manner: int
    contact: int
    what: str


class Oracle(Words, Importance, Timing, Feelings, Birthdays):
    """`violations` and, per manner, how much was `checked`; see `judge`."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.violations = []
        self.checked = Counter()
        self.by_id = {contact.id: contact for contact in ledger.contacts}
        self.of_member = defaultdict(list)
        for contact in ledger.contacts:
            self.of_member[contact.member].append(contact)
        self.done = [c for c in ledger.contacts if c.state == "done"]
        self.sent = {}  # contact: the try by which it was made
        for attempt in ledger.tries:
            if attempt.is_allowed:
                self.sent[attempt.contact] = attempt

    def judge(self):
        """Check everything and return the violations."""
        self.check_words()
        self.check_same_words()
        self.check_cap()
        self.check_open_cap()
        self.check_importance()
        self.check_hours()
        self.check_days()
        self.check_parents()
        self.check_sadness()
        self.check_consent()
        self.check_birthdays()
        self.check_store_days()
        return self.violations

    def blame(self, manner, contact, what):
        self.violations.append(Violation(manner, contact, what))

    def signers(self, contact, moment):
        """Return who may sign a message to the member at that moment."""
        owner = self.ledger.at(contact.member, "owner", moment)
        store = self.store(contact, moment)
        return [owner] if owner else [store.specialist or None]

    def store(self, contact, moment):
        ledger = self.ledger
        return ledger.stores[ledger.at(contact.member, "store", moment) or 0]
