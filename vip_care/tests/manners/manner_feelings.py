"""Manners 5 and 6: nothing merry at a sad time, nothing at all against her word."""

from . import stops, words


class Feelings:
    def check_parents(self):
        """Manner 5: parents' days are for those known to be parents."""
        for contact in self.ledger.contacts:
            if contact.trigger != "festival" or contact.state == "skipped":
                continue
            self.checked[5] += 1
            moment = self.ledger.planned[contact.id]
            if not stops.is_meant(
                self.ledger, contact.member, contact.occasion, moment
            ):
                self.blame(5, contact.id, f"{contact.occasion} is not hers")

    def check_sadness(self):
        """Manner 5: mourners, open complaints and solemn days hear nothing merry."""
        for attempt in self.ledger.tries:
            contact = self.by_id[attempt.contact]
            if attempt.is_allowed:
                self.checked[5] += 1
                self._check_mood(contact, attempt.body, attempt.moment)
        for look in self.ledger.looks:
            for contact in look.open:
                self.checked[5] += 1
                # Nobody knows yet what she will complain of by then.
                day = max(contact.due, look.moment.date())
                found = stops.feelings(self.ledger, contact, look.moment, False, day)
                # A solemn day passes; a planned contact may wait for it to.
                if found - {"solemn"}:
                    self.blame(5, contact.id, f"{found} after {look.why}")

    def _check_mood(self, contact, body, moment):
        is_merry = contact.channel == "message" and self._is_merry(contact, body)
        is_merry = is_merry or (
            contact.channel != "message" and contact.tone == "cheerful"
        )
        found = stops.feelings(self.ledger, contact, moment, is_merry)
        if found:
            self.blame(5, contact.id, f"{found} at {moment}: {body}")

    def _is_merry(self, contact, body):
        tone, _body = self.ledger.texts.get(contact.text, ("", ""))
        merry = words.MERRY.search(body or "")
        return tone == "cheerful" or bool(merry) and contact.kind != "invitation"

    def check_consent(self):
        """Manner 6: no message without consent; a refusal leaves nothing planned."""
        for attempt in self.ledger.tries:
            contact = self.by_id[attempt.contact]
            if attempt.is_allowed:
                self.checked[6] += 1
                found = stops.wishes(self.ledger, contact, attempt.moment)
                if found:
                    self.blame(6, contact.id, f"{found} at {attempt.moment}")
        for look in self.ledger.looks:
            for contact in look.open:
                self.checked[6] += 1
                found = stops.wishes(self.ledger, contact, look.moment)
                if self._has_new_number(contact, look.moment):
                    found -= {"consent"}
                if found:
                    what = f"{found} and planned at {look.moment} after {look.why}"
                    self.blame(6, contact.id, what)

    def _has_new_number(self, contact, moment):
        """Whether her number changed since: what is planned waits for her to agree."""
        planned = self.ledger.planned[contact.id]
        return self.ledger.changed(contact.member, "phone", planned, moment)
