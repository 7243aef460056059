from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_time

from .vip_message import OUT, QUEUED


class VipCareTask(models.Model):
    """A contact and its text message go together: what ends one ends the other."""

    _inherit = "vip.care.task"

    message_ids = fields.One2many("vip.message", "task_id", "Text messages")

    def write(self, vals):
        """Whatever takes a contact off the list takes its message out of the queue."""
        is_over = vals.get("state", "planned") != "planned"
        result = super().write(vals)
        if is_over:
            self._queued_messages().write(
                {"state": "cancelled", "guard": vals.get("guard", False)}
            )
        elif "body" in vals:
            queued = self._queued_messages()
            queued._estimate()
            wordless = queued.filtered(lambda message: message.guard == "no_text")
            wordless.write({"guard": False, "send_from": fields.Datetime.now()})
        return result

    def _queued_messages(self):
        # sudo: the log is the server's, and a refusal counts whoever hears it
        return (
            self.env["vip.message"]
            .sudo()
            .search([("task_id", "in", self.ids), ("state", "in", QUEUED)])
        )

    def action_contact(self, how):
        """Who contacts her by hand takes the message over: it does not leave as well.

        Not while it is being sent; that contact is made already.
        """
        told = super().action_contact(how)
        if self.channel == "message":
            messages = self.env["vip.message"]
            # Also what is not queued yet: a message withdrawn is not queued again.
            messages._queue(self)._withdraw()
        return told

    def action_reopen(self):
        """What may be on her telephone is not taken back."""
        task = self._start_step(("done", "skipped"))
        if task.state == "done" and task.message_ids.filtered(
            lambda message: message.state in OUT
        ):
            raise UserError(
                self.env._("The text message has left: this contact is made.")
            )
        return super().action_reopen()

    def action_send_message(self):
        """Queue the text message of this contact; return when it goes.

        {"is_now", "text"}: a sentence for the associate. The guards' sentence, or
        another reason why not, is raised.
        """
        task = self._start_step()
        task._check_due()
        now = fields.Datetime.now()
        task._check_may_text(now)
        message = self.env["vip.message"]._queue(task, by_hand=True)
        if message.state != "ready":
            raise UserError(self.env._("It cannot go out any more within its days."))
        is_now = message.send_from <= now
        self.env["vip.message"]._trigger_sending(None if is_now else message.send_from)
        return {"is_now": is_now, "text": task._when_text(message, is_now)}

    def _check_may_text(self, now):
        """Raise unless her message may be queued, for the next open hour at least."""
        if self.channel != "message":
            raise UserError(self.env._("This is no contact by text message."))
        if not (self.body or "").strip():
            raise UserError(self.env._("There are no words yet: write them first."))
        if not self.company_id.vip_sms_gateway_id.active:
            raise UserError(
                self.env._("No gateway sends text messages here; copy the words.")
            )
        guard = self.env["vip.care.guard"]
        code = guard._blocked(self, now).get(self.id)
        if code and code != "hours":
            raise UserError(guard._sentence(code, self))
        if not self.partner_id.vip_can_text:
            raise UserError(guard._sentence("refused", self))
        if self.message_ids.filtered(lambda message: message.state in OUT):
            raise UserError(self.env._("The text message has left already."))

    def _when_text(self, message, is_now):
        if message.gateway_id.state != "running":
            return self.env._("It goes out as soon as the gateway works again.")
        if is_now:
            return self.env._("It goes out now.")
        zone = str(self.env["vip.care.guard"]._zone(self))
        time = format_time(self.env, message.send_from, tz=zone, time_format="HH:mm")
        day = message._local(message.send_from).date()
        if day == self._today():
            return self.env._("It goes out at %(time)s.", time=time)
        return self.env._(
            "It goes out on %(day)s at %(time)s.",
            day=format_date(self.env, day),
            time=time,
        )
