"""Violations planted into a ledger, one of each kind: the oracle has to find them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from . import almanac, stops
from .beds import Beds

DAY = timedelta(1)


class Garden(Beds):
    """Each `plant_<manner>_<what>` returns (ledger with a violation, contact)."""

    def _fact(self, member, kind, value, moment):
        facts = self.ledger.facts.copy()
        facts[member, kind] = sorted(
            [*facts.get((member, kind), ()), (moment, value)], key=lambda fact: fact[0]
        )
        return facts

    def _said(self, member, *word):
        consents = self.ledger.consents.copy()
        consents[member] = [*consents.get(member, ()), word]
        return consents

    def plant_5_parents(self):
        contact = next(
            c
            for c in self.messages
            if c.trigger == "festival"
            and not self.ledger.at(c.member, "child", stops.midday(c.done_date))
        )
        wished = contact._replace(occasion="mothers_day")
        return self._with(wished), wished

    def plant_5_complaint(self):
        contact = next(c for c in self.made if c.purpose == "care")
        before = self.sent[contact.id].moment - timedelta(minutes=1)
        facts = self._fact(contact.member, "complaint", True, before)
        return replace(self.ledger, facts=facts), contact

    def plant_5_mourning(self):
        contact = self.one(self.messages, trigger="festival")
        before = self.sent[contact.id].moment - timedelta(minutes=1)
        facts = self._fact(contact.member, "mourning", contact.done_date, before)
        return replace(self.ledger, facts=facts), contact

    def plant_5_solemn_day(self):
        contact = self.one(self.messages, trigger="birthday", tone="cheerful")
        moment = self.sent[contact.id].moment
        country = self.ledger.country(contact.member, moment)
        year = range(366)
        first = datetime(moment.year, 1, 1, 14)
        solemn = next(
            first + n * DAY
            for n in year
            if almanac.is_solemn(country, (first + n * DAY).date())
        )
        return replace(self.ledger, tries=self._try(contact, moment=solemn)), contact

    def plant_6_no_consent(self):
        contact = self.messages[0]
        consents = self.ledger.consents.copy()
        consents[contact.member] = []
        return replace(self.ledger, consents=consents), contact

    def plant_6_left_planned(self):
        """She refuses, and a moment later it is still planned."""
        look, seen = next(
            (look, seen)
            for look in self.ledger.looks
            for seen in look.open
            if seen.purpose == "care"
        )
        before = look.moment - timedelta(minutes=1)
        consents = self._said(seen.member, before, "care", "any", False)
        consents[seen.member].sort(key=lambda word: word[0])
        return replace(self.ledger, consents=consents), self._contact(seen.id)

    def _contact(self, number):
        return self.one(self.ledger.contacts, id=number)

    def plant_7_forgotten(self):
        contact = self.one(self.messages, trigger="birthday")
        wished = [
            c.id
            for c in self.ledger.contacts
            if c.trigger == "birthday" and c.member == contact.member
        ]
        return self._without(wished), None

    def plant_7_twice(self):
        contact = self.one(self.messages, trigger="birthday")
        again = contact._replace(id=-1, rule=-1)
        planned = self.ledger.planned | {-1: self.ledger.planned[contact.id]}
        rules = self.ledger.rules | {-1: self.ledger.rules[contact.rule]}
        contacts = [*self.ledger.contacts, again]
        more = {"contacts": contacts, "planned": planned, "rules": rules}
        return replace(self.ledger, **more), again

    def plant_7_wrong_excuse(self):
        contact = self.one(self.messages, trigger="birthday")
        left_out = contact._replace(state="skipped", guard="consent", outcome=None)
        return self._with(left_out), left_out

    def plant_8_the_day_before(self):
        contact = self.one(self.messages, trigger="birthday")
        evening = datetime.combine(contact.event_date - DAY, time(16, 30))
        planned = self.ledger.planned | {contact.id: evening}
        return replace(self.ledger, planned=planned), contact

    def plant_8_by_the_server(self):
        contact = self.made[0]
        logged = contact._replace(done_date=contact.done_date - DAY)
        return self._with(logged), logged

    def plant_8_second_run(self):
        contact = self.made[0]
        twice = [*self.ledger.twice, (self.ledger.planned[contact.id], [contact.id])]
        return replace(self.ledger, twice=twice), contact
