"""Manners 4 and 8: at the right hour, on the right day, which is the store's."""

from datetime import timedelta

from . import almanac, stops

# A season is not over on the morrow; these days are.
OF_A_DAY = ("birthday", "special_day", "family_birthday", "festival")


class Timing:
    def check_hours(self):
        """Manner 4: nobody's telephone rings at an hour that is not hers."""
        for attempt in self.ledger.tries:
            contact = self.by_id[attempt.contact]
            self.checked[4] += 1
            if not attempt.is_allowed:
                continue
            moment = attempt.moment
            if not stops.is_open(self.ledger, contact.member, contact.channel, moment):
                self.blame(4, contact.id, f"{contact.channel} at {moment}")
            if (
                contact.channel in ("call", "visit")
                and not stops.is_her_day(self.ledger, contact.member, moment)
                and moment.date() < contact.until
            ):
                self.blame(4, contact.id, f"{contact.channel} on {moment:%a}")

    def check_days(self):
        """Manner 4: on the day itself for birthdays, before festivals, never late."""
        for contact in self.ledger.contacts:
            self.checked[4] += 1
            if contact.occasion and contact.trigger in ("festival", "season"):
                self._check_falls(contact)
        for contact in self.done:
            rule = self.ledger.rules[contact.rule]
            day = contact.done_date
            if not contact.due <= day <= contact.until:
                self.blame(4, contact.id, f"{day}, not {contact.due}–{contact.until}")
            if not contact.event_date:
                continue
            first = contact.event_date + timedelta(rule.offset)
            if not first <= day < first + timedelta(rule.window):
                self.blame(4, contact.id, f"{day} for {contact.event_date}")
            is_message = contact.channel == "message"
            if is_message and contact.trigger in OF_A_DAY and day > contact.event_date:
                self.blame(4, contact.id, f"late: {day} for {contact.event_date}")
            if (
                is_message
                and contact.trigger == "birthday"
                and day < contact.event_date
            ):
                self.blame(4, contact.id, f"early: {day} for {contact.event_date}")

    def _check_falls(self, contact):
        """The day of a festival is the one of the almanac, in the store's country."""
        moment = self.ledger.planned[contact.id]
        country = self.ledger.country(contact.member, moment)
        day = contact.event_date
        if day not in almanac.days_of(contact.occasion, country, day.year):
            self.blame(4, contact.id, f"{contact.occasion} of {country} on {day}")

    def check_store_days(self):
        """Manner 8: planned for the store's own day and logged by it, once."""
        for contact in self.ledger.contacts:
            self.checked[8] += 1
            today = self.ledger.planned[contact.id].date()
            rule = self.ledger.rules[contact.rule]
            if contact.until < today and contact.state != "skipped":
                self.blame(8, contact.id, f"until {contact.until}, planned {today}")
            if contact.event_date:
                first = contact.event_date + timedelta(rule.offset)
                if not first <= today < first + timedelta(rule.window):
                    self.blame(8, contact.id, f"{contact.event_date} planned {today}")
            if contact.state == "planned" and contact.due < today:
                self.blame(8, contact.id, f"due {contact.due}, planned {today}")
            if contact.done_at and contact.done_at.date() != contact.done_date:
                self.blame(8, contact.id, f"{contact.done_at} is {contact.done_date}")
        for moment, contacts in self.ledger.twice:
            self.checked[8] += 1
            for contact in contacts:
                self.blame(8, contact, f"made by a second run at {moment}")
