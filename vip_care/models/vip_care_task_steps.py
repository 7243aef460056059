from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

NOTE_LENGTH = 2000
GIFT_LENGTH = 200
# How she is reached by each: the guards judge what is done, whatever was planned.
HOWS = {"call": "call", "copy": "message", "send": "message"}


class VipCareTask(models.Model):
    """What an associate does with a contact: make it, note it, put it off, drop it.

    Each step is for whoever may change the member, checks all it is sent before it
    writes, and writes as the server: by hand nobody changes a contact.
    """

    _inherit = "vip.care.task"

    def action_contact(self, how):
        """Return what is needed to contact her now; raise the guards' sentence.

        {"name", "phone" as one reads it or False, "number" as one dials it or False,
        "body"}. `how` is call, copy or send, and judged as a call or a message.
        """
        task = self._start_step()
        channel = HOWS.get(how) if isinstance(how, str) else None
        if not channel:
            raise UserError(self.env._("She is called, or words are copied or sent."))
        self._check_due()
        guard = self.env["vip.care.guard"]
        code = guard._blocked(task, fields.Datetime.now(), channel).get(task.id)
        if code:
            raise UserError(guard._sentence(code, task))
        member = self.partner_id
        if how != "call" and not self.body:
            raise UserError(self.env._("There are no words yet: write them first."))
        if how != "copy":
            self.env["vip.access.view"]._count(member)
        return {
            "name": member.name,
            "phone": how != "copy" and member._vip_dialled_number(),
            "number": how != "copy" and member.vip_phone_key,
            "body": self.body or "",
        }

    def action_done(
        self,
        outcome,
        note=None,
        answers=None,
        feedback=None,
        gift=None,
        gift_cost=None,
    ):
        """Log the contact: how it went, and what she told.

        `answers` {key of a question: value} go into her profile where it is empty.
        `feedback` {"subject", "description", "score"}: what she complains about, or
        how content she is from 1 to 5. Raises UserError, and changes nothing, when
        anything of it cannot be kept.
        """
        task = self._start_step()
        self._check_due()
        if outcome not in self._outcomes():
            raise UserError(self.env._("Choose how the contact went."))
        vals = {"state": "done", "outcome": outcome, "guard": False}
        vals |= self._read_note(note) | self._read_gift(gift, gift_cost)
        told = self._read_feedback(outcome, feedback)
        profile = self._read_answers(answers)
        task.write(vals | self._done_vals())
        if profile:
            self.partner_id.write(profile)
        if told:
            self._keep_feedback(told)
        self._follow_outcome(outcome)
        return True

    def action_skip(self, reason, note=None):
        """Drop the contact, with a reason."""
        task = self._start_step()
        if reason not in self._keys("reason"):
            raise UserError(self.env._("Choose why she is not contacted."))
        note = self._read_note(note)
        if reason == "other" and not note:
            raise UserError(self.env._("Say in a few words why."))
        vals = {"state": "skipped", "reason": reason, "outcome": False}
        task.write(vals | note | self._done_vals())
        return True

    def action_postpone(self, day, note=None):
        """Put the contact off to a later day, at most to its last one."""
        task = self._start_step()
        day = self._read_day(day)
        if day <= self._today():
            raise UserError(self.env._("Choose a day after today."))
        if day > self.until:
            raise UserError(
                self.env._(
                    "The last day for this is %(day)s.", day=self._day_text(self.until)
                )
            )
        task.write({"due_date": day} | self._read_note(note))
        return True

    def action_reopen(self):
        """Take back what was noted or dropped today; the note stays.

        What went into her profile, her voice and her consents stays too.
        """
        task = self._start_step(("done", "skipped"))
        today = self._today()
        if not self.done_at or self.done_date != today or self.until < today:
            raise UserError(
                self.env._("Only what was noted on the same day can be taken back.")
            )
        if self.outcome == "refused":
            raise UserError(
                self.env._(
                    "She wishes no more contact: that stays. If she changes her mind,"
                    " record her consent on her form."
                )
            )
        if self.outcome == "wrong_number":
            # sudo: a mark of ours, no part of what people write
            self.partner_id.sudo().vip_phone_is_wrong = False
        task.write(
            {"state": "planned", "outcome": False, "reason": False}
            | dict.fromkeys(("done_by_id", "done_at", "done_date"), False)
        )
        self.env["vip.care.text"]._replace_retired(task)
        return True

    def _start_step(self, states=("planned",)):
        """Return the one contact meant, in sudo: checked, and of these states."""
        if len(self) != 1:
            raise UserError(self.env._("Choose one contact at a time."))
        self.check_access("write")
        self.partner_id.check_access("write")
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "This contact has changed meanwhile: %(state)s.",
                    state=labels[self.state],
                )
            )
        return self.sudo()

    def _check_due(self):
        if self.due_date > self._today():
            raise UserError(
                self.env._(
                    "This is for %(day)s, not for today.",
                    day=self._day_text(self.due_date),
                )
            )

    def _today(self):
        """Return the day it is in the task's store."""
        return self.store_id.sudo()._vip_today()  # sudo: the clock is no secret

    def _done_vals(self):
        return {
            # sudo: her own employee
            "done_by_id": self.env.user.sudo().employee_id.id,
            "done_at": fields.Datetime.now(),
            "done_date": self._today(),
        }

    @api.model
    def _keys(self, name):
        return [key for key, _label in self._fields[name].selection]

    @api.model
    def _day_text(self, day):
        return format_date(self.env, day)
