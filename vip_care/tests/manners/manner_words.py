"""Manners 1 and 2: what a message says, and that nobody reads the same twice."""

from collections import defaultdict

from ...tools.message_guard import check
from . import words


class Words:
    def check_words(self):
        """Manner 1, on the words as they were sent and as they were planned."""
        for attempt in self.ledger.tries:
            contact = self.by_id[attempt.contact]
            if attempt.is_allowed and contact.channel == "message":
                self._check_body(contact, attempt.body, attempt.moment)
        seen = set()
        for look in self.ledger.looks:
            for contact in look.open:
                if contact.body and (contact.id, contact.body) not in seen:
                    seen.add((contact.id, contact.body))
                    self._check_body(contact, contact.body, look.moment)

    def _check_body(self, seen, body, moment):
        self.checked[1] += 1
        contact = self.by_id[seen.id]
        names = self._names(contact, moment)
        if not body:
            self.blame(1, contact.id, "sent without words")
            return
        for code in words.findings(body, contact.kind, names):
            self.blame(1, contact.id, f"{code}: {body}")
        store = self.store(contact, moment).name
        signers = [*filter(None, self.signers(contact, moment))] or words.TEAMS
        if not words.ends_with(body, store, signers):
            self.blame(1, contact.id, f"not signed {store}, {signers}: {body}")
        # The add-on's own guard as a second opinion: it has to agree.
        for signer in signers:
            found = check(
                body,
                contact.kind,
                store=store,
                associate=signer,
                placeholders=False,
                names=self.ledger.names[contact.member],
            )
            if not found:
                break
        else:
            self.blame(1, contact.id, f"guard {found}: {body}")

    def _names(self, contact, moment):
        store = self.store(contact, moment)
        owners = [owner for _moment, owner in self._owners(contact.member)]
        names = [store.name, store.specialist, *owners, *words.TEAMS]
        return [*filter(None, names), *self.ledger.names[contact.member]]

    def _owners(self, member):
        return self.ledger.facts.get((member, "owner"), ())

    def check_same_words(self):
        """Manner 2: in her life, and among those who know her on one occasion."""
        had = defaultdict(dict)  # member: {words: contact}
        on_occasion = defaultdict(dict)  # occasion: {words: [contacts]}
        for contact in self._told():
            self.checked[2] += 1
            said = self._plain(contact)
            if said in had[contact.member]:
                self.blame(2, contact.id, f"twice to her: {contact.body}")
            had[contact.member][said] = contact
            if contact.trigger == "activity":
                continue  # everybody has the one invitation
            for occasion in {
                (contact.trigger, contact.event_date.year),
                (contact.occasion or contact.trigger, contact.event_date),
            }:
                on_occasion[occasion].setdefault(said, []).append(contact)
        for same in on_occasion.values():
            for contacts in same.values():
                self._check_circle(contacts)

    def _check_circle(self, contacts):
        for place, one in enumerate(contacts):
            for other in contacts[:place]:
                since = self.ledger.pairs.get(frozenset((one.member, other.member)))
                if since and since < self._later_planned(one, other):
                    self.blame(2, one.id, f"as {other.member}: {one.body}")

    def _later_planned(self, *contacts):
        return max(self.ledger.planned[contact.id] for contact in contacts)

    def _told(self):
        """Messages that went out, with the words that did."""
        for contact in self.done:
            if contact.channel == "message" and contact.id in self.sent:
                body = self.sent[contact.id].body
                day = contact.event_date or contact.due
                if body:
                    yield contact._replace(body=body, event_date=day)

    def _plain(self, contact):
        moment = self.sent[contact.id].moment
        return words.same(contact.body, self._names(contact, moment))
