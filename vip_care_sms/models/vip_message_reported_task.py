from odoo import fields, models

from ..gateways.base import DELIVERED
from ..tools.report_states import FINAL, THOUGHT_UNSENT
from .vip_message_reported import WRONG_NUMBER_CODES

LOST = [state for state in FINAL if state != DELIVERED]


class VipMessage(models.Model):
    """What a report means for the contact, for the number and for her wish."""

    _inherit = "vip.message"

    def _let_tasks_follow(self, before):
        """Let the contacts of these messages tell what became of them.

        What was noted by hand meanwhile stays as it is.
        """
        proved = self.filtered(lambda message: before[message] in THOUGHT_UNSENT)
        for message in proved:
            message._note_contact_made()
        by_message = self.task_id.filtered(
            lambda task: task.state == "done" and not task.done_by_id
        )
        outcomes = {
            message.task_id: "not_reached" if message.state in LOST else "sent"
            for message in self
        }
        for outcome, was in (("not_reached", "sent"), ("sent", "not_reached")):
            by_message.filtered(
                lambda task, outcome=outcome, was=was: (
                    task.outcome == was and outcomes[task] == outcome
                )
            ).write({"outcome": outcome})

    def _note_contact_made(self):
        """Note that she was contacted after all."""
        task = self.task_id
        if task.state not in ("planned", "skipped", "expired") or task.done_by_id:
            return
        made_at = self.reserved_at or fields.Datetime.now()
        store = task.store_id.with_company(self.company_id)
        task.write(
            {
                "state": "done",
                "outcome": "not_reached" if self.state in LOST else "sent",
                "guard": False,
                "reason": False,
                "done_at": made_at,
                "done_date": self.sent_on or store._vip_today(),
            }
        )

    def _doubt_numbers(self, gateway):
        """Mark the numbers of members of which the network says there is no such."""
        sure = WRONG_NUMBER_CODES.get(gateway.kind, ())
        wrong = self.filtered(lambda m: m.state in LOST and m.code in sure)
        members = wrong.filtered(
            lambda message: message.partner_id.vip_phone_key == message.number
        ).partner_id
        members.filtered(lambda m: not m.vip_phone_is_wrong).vip_phone_is_wrong = True

    def _heed_refusals(self, reports, found):
        """Heed what the gateway knows: she has refused messages there."""
        numbers = {
            message.number
            for report, message in zip(reports, found, strict=True)
            if report.refused and message.number and not self._problem(report, message)
        }
        for number in sorted(numbers):
            text = self.env._("She refused messages with the gateway.")
            self.env["vip.sms.refusal"]._refuse(number, text)
