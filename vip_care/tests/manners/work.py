"""What associates do with their contacts: on the day, later, or never."""

from datetime import timedelta

from odoo.exceptions import UserError, ValidationError

from .ledger import Try

ODD_HOURS = ((3, 10), (7, 40), (20, 40), (22, 15))
HOURS = ((10, 10), (12, 45), (13, 40), (15, 10), (18, 40))  # one is noon in Taiwan
MADE = {"message": "sent", "visit": "visited", "gift": "given", "service": "reached"}
OWN_WORDS = {"zh_CN": "愿您安好。", "zh_TW": "願您安好。", "en_US": "All the best. "}
MAY_BE = {
    "call": (("reached", 930), ("not_reached", 40), ("refused", 10), ("complaint", 20)),
    "message": (("sent", 996), ("refused", 4)),
}


class Work:
    """A part of the chain: who makes which of the open contacts, and when."""

    def work(self, day):
        """Spend a day on the contacts that are due."""
        wanted = [task for task in self._due(day) if self._is_today(task, day)]
        for hour, minute in HOURS:
            self.at(day, hour, minute)
            wanted = [task for task in wanted if not self._make(task)]

    def try_odd_hours(self, day, hour, minute):
        """Somebody cannot wait: at these hours few contacts may be made."""
        self.at(day, hour, minute)
        due = self._due(day)
        for task in self.chance.sample(due, min(4, len(due))):
            self._make(task)

    def _due(self, day):
        tasks = self.env["vip.care.task"]
        domain = [("state", "=", "planned"), ("due_date", "<=", day)]
        return list(tasks.search(domain, order="id"))

    def _is_today(self, task, day):
        """Most is done at once, some later, some never."""
        habit = (task.id * 7919) % 100
        if task.channel == "message":
            return habit < 90 or (habit < 95 and day >= task.until)
        waits = (task.id * 104729) % 6 if habit < 75 else 0
        return habit < 85 and day >= min(task.until, task.due_date + timedelta(waits))

    def _make(self, task):
        """Try to make a contact and return whether it is over."""
        task = self._by_owner(task)
        if task.state != "planned":
            return True
        if self.chance.random() < 0.03 and self._put_aside(task):
            return True
        if task.channel == "message":
            self._reword(task)
        how = "send" if task.channel == "message" else "call"
        body = task.body or ""
        try:
            with self.env.cr.savepoint():
                said = task.action_contact(how)
        except UserError:
            self.note_try(task, False, body)
            return False
        self.note_try(task, True, said["body"])
        self._log(task)
        return True

    def _by_owner(self, task):
        user = self.users.get(self.owners.get(task.partner_id.id), self.head)
        return task.with_user(user)

    def note_try(self, task, is_allowed, body):
        attempt = Try(task.id, self.moment, is_allowed, body)
        self.ledger.tries.append(attempt)

    def _put_aside(self, task):
        """Drop it for a reason, or put it off."""
        if self.chance.random() < 0.5:
            task.action_skip("met")
            return True
        last = (task.until - self.moment.date()).days
        if last < 1:
            return False
        day = self.moment.date() + timedelta(self.chance.randint(1, last))
        task.action_postpone(day.isoformat())
        return True

    def _reword(self, task):
        """Some put it in words of their own; some have to, for want of a text."""
        if not task.body or self.chance.random() > 0.03:
            return
        words = OWN_WORDS.get(task.partner_id.lang, OWN_WORDS["en_US"])
        try:
            with self.env.cr.savepoint():
                task.body = words + task.body
        except ValidationError:
            task.invalidate_recordset()

    def _log(self, task):
        choices = MAY_BE.get(task.channel, ((MADE.get(task.channel), 1),))
        values, weights = zip(*choices, strict=True)
        outcome = self.chance.choices(values, weights)[0]
        if outcome in ("complaint", "refused"):
            # She says so while they talk: after, not before, she was called.
            later = self.moment + timedelta(minutes=2)
            self.at(later.date(), later.hour, later.minute)
        told = {"description": "A seam"} if outcome == "complaint" else None
        task.action_done(outcome, feedback=told)
        member = task.partner_id
        if outcome == "complaint":
            self.complained(member.id)
        if outcome == "refused":
            for purpose in {"care", "marketing", task.purpose}:
                told = (self.moment, purpose, "any", False)
                self.ledger.consents[member.id].append(told)
        if outcome in ("complaint", "refused"):
            self.look(outcome, member)
