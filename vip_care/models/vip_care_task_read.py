import math
from datetime import datetime

from odoo import models
from odoo.exceptions import UserError

from .res_partner_till_answer import INVISIBLE
from .res_partner_till_question import ASKED
from .vip_care_task_steps import GIFT_LENGTH, NOTE_LENGTH
from .vip_feedback import SUBJECTS
from .vip_profile_field import PROFILE_KEYS

# Her number is asked for at the till, where whose it is can be looked up.
QUESTIONS = ASKED - {"phone"}
OUTCOMES = {
    "call": (
        *("reached", "not_reached", "coming", "bought"),
        *("complaint", "wrong_number", "refused"),
    ),
    "visit": ("visited", "not_reached", "coming", "bought", "complaint", "refused"),
    "gift": ("given", "not_reached", "bought", "complaint", "refused"),
    "message": ("sent", "coming", "complaint", "wrong_number", "refused"),
    "service": (
        *("reached", "visited", "given", "not_reached", "coming"),
        *("complaint", "wrong_number", "refused"),
    ),
}


class VipCareTask(models.Model):
    """What a client sends with a step is read here, whatever it is."""

    _inherit = "vip.care.task"

    def _outcomes(self):
        """Return the outcomes a contact by this channel can have."""
        return OUTCOMES[self.channel]

    def _read_note(self, note):
        """Return values for a note; nothing for an empty one."""
        text = self._read_text(note, NOTE_LENGTH)
        return {"note": text} if text else {}

    def _read_text(self, value, length):
        """Return `value` tidied; raise when it is no text or too long."""
        if value in (None, False):
            return ""
        if not isinstance(value, str):
            raise UserError(self.env._("A note is a text."))
        text = INVISIBLE.sub("", value).strip()
        if len(text) > length:
            raise UserError(
                self.env._(
                    "That is too long: type at most %(count)s characters.", count=length
                )
            )
        return text

    def _read_gift(self, gift, cost):
        vals = {}
        if name := self._read_text(gift, GIFT_LENGTH):
            vals["gift"] = name
        if cost in (None, False, ""):
            return vals
        is_number = isinstance(cost, (int, float)) and not isinstance(cost, bool)
        if not is_number or not math.isfinite(cost) or not 0 <= cost < 10**7:
            raise UserError(self.env._("Type what the gift cost as a number."))
        return vals | {"gift_cost": cost}

    def _read_day(self, day):
        try:
            return datetime.strptime(day, "%Y-%m-%d").date()
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Choose a day.")) from error

    def _read_answers(self, answers):
        """Return the values of `answers` for her profile.

        Raises what to type instead, also for what is known by now.
        """
        if not answers:
            return {}
        if not isinstance(answers, dict):
            raise UserError(self.env._("Type what she said."))
        member = self.partner_id
        no_till = self.env["pos.config"]
        vals = {}
        for key, value in answers.items():
            if key not in QUESTIONS:
                raise UserError(self.env._("This is not asked here."))
            label = member._vip_question_label(key)
            if any(member[name] for name in PROFILE_KEYS[key][1]):
                raise UserError(
                    self.env._(
                        "%(detail)s: known by now. Nothing was changed.", detail=label
                    )
                )
            try:
                vals |= member._vip_read_answer(key, value, no_till)
            except UserError as error:
                # There are several questions: say which one is meant.
                raise UserError(
                    self.env._("%(detail)s: %(problem)s", detail=label, problem=error)
                ) from error
        return vals

    def _read_feedback(self, outcome, feedback):
        """Return values of what she told, or None without any."""
        if outcome != "complaint" and not feedback:
            return None
        if not isinstance(feedback, dict):
            raise UserError(self.env._("Write what she complains about."))
        if outcome == "complaint":
            return self._read_complaint(feedback)
        score = feedback.get("score")
        if isinstance(score, bool) or score not in (1, 2, 3, 4, 5):
            raise UserError(self.env._("How content she is goes from 1 to 5."))
        return {"kind": "satisfaction", "score": score}

    def _read_complaint(self, feedback):
        said = self._read_text(feedback.get("description"), NOTE_LENGTH)
        if not said:
            raise UserError(self.env._("Write what she complains about."))
        subject = feedback.get("subject") or "other"
        if subject not in [key for key, _label in SUBJECTS]:
            raise UserError(self.env._("Choose what the complaint is about."))
        return {"kind": "complaint", "subject": subject, "description": said}

    def _keep_feedback(self, told):
        """Open `told` as her voice, of this contact."""
        sources = {"call": "call", "message": "message"}
        # sudo: the contact it comes from is set by the server alone
        self.env["vip.feedback"].sudo().create(
            told
            | {
                "partner_id": self.partner_id.id,
                "source": sources.get(self.channel, "store"),
                "task_id": self.id,
            }
        )

    def _follow_outcome(self, outcome):
        """Let the member's record know what the outcome means for others."""
        member = self.partner_id
        if outcome == "refused":
            purposes = dict.fromkeys(("care", "marketing", self.purpose))
            member._vip_record_consents(
                list(purposes),
                given=False,
                method="verbal",
                text=self.env._("She wishes no more contact."),
            )
        elif outcome == "wrong_number":
            # sudo: a mark of ours, no part of what people write
            member.sudo().vip_phone_is_wrong = True
