from odoo import models
from odoo.exceptions import UserError

from .vip_message import OUT, QUEUED
from .vip_message_words import PENDING


def has_gateway(company):
    """Tell whether messages of `company` go out by a gateway now."""
    # sudo: that there is one is no secret
    return company.sudo().vip_sms_gateway_id.state == "running"


class VipCareTask(models.Model):
    """A contact as the list of today shows it, with its message."""

    _inherit = "vip.care.task"

    def _today_card(self, has_complaint):
        card = super()._today_card(has_complaint)
        message = self.message_ids  # one at most
        return card | {
            "by_gateway": self.channel == "message" and has_gateway(self.company_id),
            "message": bool(message) and message._today_line(),
            # What may be on her phone is not taken back.
            "can_reopen": card["can_reopen"] and message.state not in OUT,
        }

    def action_withdraw_message(self):
        """Take the message out of the queue; the contact is to do by hand again."""
        task = self._start_step()
        queued = task.message_ids.filtered(lambda message: message.state in QUEUED)
        if not queued:
            raise UserError(
                self.env._("This message is not queued any more: look at it again.")
            )
        queued._withdraw()
        return True


class VipMessage(models.Model):
    _inherit = "vip.message"

    def _today_line(self):
        return {
            "id": self.id,
            "state": self.state,
            "story": self.story,
            "is_pending": self.state in PENDING,
            "can_withdraw": self.state in QUEUED,
            "is_by_itself": self._is_by_itself(),
        }
