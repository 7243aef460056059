from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .vip_message import NOT_SENT, QUEUED

NOTE_LENGTH = 500


class VipMessage(models.Model):
    """What a person decides about a message. Each step checks rights and what it is
    sent, and none sends again what may have left.
    """

    _inherit = "vip.message"

    def action_retry(self):
        """Queue again what certainly was not sent, if its contact may be made now."""
        messages = self._start_step("vip_care.group_store_manager", NOT_SENT)
        now = fields.Datetime.now()
        for message in messages:
            message._check_retry(now)
        messages._requeue()
        messages._trigger_sending()
        return True

    def action_cancel(self):
        """Take messages out of the queue; their contacts stay with the associates."""
        messages = self._start_step("vip_care.group_store_manager", QUEUED)
        messages.write({"state": "cancelled", "reason": self._who_text()})
        return True

    def action_settle(self, was_sent, note):
        """Say what became of an unknown message, with a note of how one knows.

        If it was not sent, its contact is open again while its day lasts; nothing
        sends it again by itself.
        """
        message = self._start_step("vip_care.group_head_office", ("unknown",))
        if len(message) != 1:
            raise UserError(self.env._("Choose one message at a time."))
        if not isinstance(was_sent, bool):
            raise UserError(self.env._("Say whether it was sent or not."))
        note = note.strip() if isinstance(note, str) else ""
        if not note or len(note) > NOTE_LENGTH:
            raise UserError(
                self.env._(
                    "Say how you know, in at most %(count)s characters.",
                    count=NOTE_LENGTH,
                )
            )
        reason = self.env._("%(user)s: %(note)s", user=self.env.user.name, note=note)
        message.write({"state": "accepted" if was_sent else "failed", "reason": reason})
        if not was_sent:
            message._undo_contact({"state": "planned", "guard": False})
            message._end_forbidden([(message, None)])
        return True

    def _start_step(self, group, states):
        """Return these messages in sudo, of these states and for whoever may."""
        if not self.env.user.has_group(group):
            raise AccessError(self.env._("That is for managers to decide."))
        self.check_access("read")
        messages = self.exists().sudo()
        if not messages or any(message.state not in states for message in messages):
            raise UserError(
                self.env._("This message has changed meanwhile: look at it again.")
            )
        return messages

    def _check_retry(self, now):
        """Raise the reason why this message must not be queued again."""
        guard = self.env["vip.care.guard"]
        if self.kind != "care":
            raise UserError(self.env._("Only contacts of care are sent again."))
        if self.task_id.state != "planned":
            raise UserError(self.env._("Its contact is over: nothing is sent for it."))
        if not self.company_id.vip_sms_gateway_id.active:
            raise UserError(
                self.env._("No gateway sends text messages here; copy the words.")
            )
        code = guard._blocked(self.task_id, now).get(self.task_id.id)
        if code and code != "hours":
            raise UserError(guard._sentence(code, self.task_id))

    def _withdraw(self):
        """Take what is queued out of the queue for somebody who does it by hand."""
        queued = self.filtered(lambda message: message.state in QUEUED)
        queued.write({"state": "cancelled", "reason": self._who_text()})

    def _who_text(self):
        return self.env._(
            "Taken out of the queue by %(user)s.", user=self.env.user.name
        )
