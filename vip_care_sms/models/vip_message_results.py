import re
from datetime import timedelta

from odoo import api, fields, models

from ..gateways.base import ACCEPTED
from ..gateways.entries import storable
from ..gateways.handover import NOT_BEGUN

# A result moves only what nothing has been known of yet; a report that came first wins.
OPEN = ("reserved", "unknown")
AGAIN_AFTER = timedelta(minutes=1)
AGAIN_AT_MOST = timedelta(hours=1)
# Messages without a last day of their own are given up after so many attempts.
ATTEMPTS = 20
LENGTH = 200


class VipMessage(models.Model):
    """What became of the attempts, and what follows for the contacts."""

    _inherit = "vip.message"

    @api.model
    def _apply_results(self, results, attempts=None):
        """Write {uuid: Result} and what follows for the tasks; the caller commits.

        A result of an earlier attempt, or one that is not awaited any more, changes
        nothing. `attempts` {uuid: number} tells of which attempt they are.
        """
        messages = self.sudo().search([("uuid", "in", list(results))])
        messages._lock_rows()
        by_outcome = {}
        for message in messages:
            result = results[message.uuid]
            if attempts and attempts.get(message.uuid) != message.attempt:
                continue
            if message.state not in OPEN:
                message._note_reference(result)
                continue
            by_outcome.setdefault(result.outcome, []).append((message, result))
        for outcome, pairs in by_outcome.items():
            getattr(self, f"_apply_{outcome}")(pairs)
        return messages

    def _apply_accepted(self, pairs):
        now = fields.Datetime.now()
        for message, result in pairs:
            vals = message._result_vals(result)
            message.write({"state": "accepted", "accepted_at": now} | vals)

    def _apply_unknown(self, pairs):
        for message, result in pairs:
            message.write({"state": "unknown"} | message._result_vals(result))

    def _apply_number(self, pairs):
        """Her number is no good: the contact is over, and the number marked."""
        for message, result in pairs:
            message.write({"state": "failed"} | message._result_vals(result))
            guard = "refused" if result.refused else "unreachable"
            message.guard = guard
            message._undo_contact({"state": "skipped", "guard": guard})
            message._heed_number(result)

    def _heed_number(self, result):
        """Mark the number, or heed the refusal that the gateway knows of."""
        member = self.task_id.partner_id
        if result.refused:
            text = self.env._("She refused messages with the gateway.")
            self.env["vip.sms.refusal"]._refuse(self.number, text)
        elif not result.elsewhere and member.vip_phone_key == self.number:
            member.vip_phone_is_wrong = True

    def _apply_text(self, pairs):
        """Somebody has to change the words: the contact is open again."""
        for message, result in pairs:
            message.write(
                {"state": "failed", "guard": "words"} | message._result_vals(result)
            )
            message._undo_contact({"state": "planned", "guard": "words"})
        self._end_forbidden(pairs)

    def _apply_later(self, pairs):
        now = fields.Datetime.now()
        for message, result in pairs:
            # Queued first: a contact that cannot go on takes it out of the queue.
            message.write(
                {"state": "ready", "send_from": now + message._pause_for(result)}
                | message._result_vals(result)
            )
            message._undo_contact({"state": "planned", "guard": False})
            if not message.until and message.attempt >= ATTEMPTS:
                message.state = "failed"
        self._end_forbidden(pairs)

    def _apply_stop(self, pairs):
        self._apply_later([(message, NOT_BEGUN) for message, _result in pairs])
        for message, result in pairs:
            message.write(message._result_vals(result))

    def _pause_for(self, result):
        """Return the time until the next attempt, longer each time."""
        if result == NOT_BEGUN:
            return timedelta()
        asked = timedelta(seconds=max(0, result.wait))
        return max(asked, min(AGAIN_AFTER * self.attempt, AGAIN_AT_MOST))

    def _undo_contact(self, vals):
        """The message certainly did not leave: its contact is not made after all.

        It is open again only while its day lasts.
        """
        task = self.task_id
        # By somebody else meanwhile: her word counts.
        if task.state != "done" or task.outcome != "sent" or task.done_by_id:
            return
        if vals["state"] == "planned" and task.until < task._today():
            vals = {"state": "expired", "guard": vals["guard"] or "late"}
            if self.state == "ready":
                self._drop("late")
        undone = ("outcome", "done_at", "done_date", "done_by_id")
        task.write(vals | dict.fromkeys(undone, False))

    def _end_forbidden(self, pairs):
        """End what was forbidden while it seemed to be done, as a refusal does."""
        tasks = self.env["vip.care.task"].union(*(one.task_id for one, _r in pairs))
        self.env["vip.care.guard"]._forbid(tasks.partner_id)

    def _note_reference(self, result):
        """Keep the gateway's number of what it has reported on already."""
        if result.outcome == ACCEPTED and not self.provider_ref:
            self.provider_ref = self._clean(result.ref, self.number)
            self.accepted_at = self.accepted_at or fields.Datetime.now()

    def _result_vals(self, result):
        vals = {
            "code": self._clean(result.code, self.number),
            "reason": self._clean(self._told(result), self.number),
        }
        if result.ref:
            vals["provider_ref"] = self._clean(result.ref, self.number)
        return vals

    def _told(self, result):
        """Return why, in the language of the company: gateways speak English."""
        lang = self.company_id.partner_id.lang or self.env.lang
        env = self.with_context(lang=lang).env
        return result.reason and env._(result.reason)

    @api.model
    def _clean(self, text, number):
        """Return what a gateway says as one line, without the number in it."""
        text = re.sub(r"[\x00-\x1f\x7f]", " ", storable(str(text or "")))
        text = " ".join(text.split())
        if number and len(number) > 8:
            text = text.replace(number[-8:], "********")
        return text[:LENGTH]
