import uuid

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.vip_care.tools.phone import PhoneError, mask_number, phone_key

from ..gateways.base import Outgoing


class VipSmsGateway(models.Model):
    """A test message, also by a gateway that is paused: before the first greeting."""

    _inherit = "vip.sms.gateway"

    def action_test(self, number):
        """Send one message to a number; it counts, costs and is logged as any other.

        Committed as handed over before the gateway is called, as all are.
        """
        gateway = self._start("base.group_system")
        gateway.ensure_one()
        key = gateway._test_number(number)
        message = gateway.env["vip.message"].create(gateway._prepare_test(key))
        called = gateway._gateway()
        if called.has_templates:
            raise UserError(
                self.env._("It sends approved texts only: test it with a contact.")
            )
        outgoing = Outgoing(message.uuid, key, message.body)
        gateway.env["ir.cron"]._commit_progress(1)
        results = called.send([outgoing])
        message._write_results(gateway, results, {message.uuid: message.attempt})
        return gateway._tell_test(results[message.uuid])

    def _test_number(self, number):
        """Return the number's key; UserError if nothing should be sent there."""
        country = self.company_id.country_id.code or ""
        try:
            key = phone_key(number if isinstance(number, str) else "", country)
        except PhoneError as error:
            raise UserError(
                self.env._(
                    "This is no mobile number; one is %(example)s.",
                    example=error.example,
                )
            ) from None
        if self.env["phone.blacklist"].search_count([("number", "=", key)], limit=1):
            raise UserError(self.env._("This number has refused messages."))
        return key

    def _prepare_test(self, key):
        now = fields.Datetime.now()
        return {
            "uuid": uuid.uuid4().hex,
            "kind": "test",
            "state": "reserved",
            "company_id": self.company_id.id,
            "gateway_id": self.id,
            "number": key,
            "number_masked": mask_number(key),
            "body": self.env._("Test message of VIP Care."),
            "parts": 1,
            "cost": self.price,
            "send_from": now,
            "reserved_at": now,
            "sent_on": fields.Date.context_today(self),
            "attempt": 1,
            "queued_by_id": self.env.uid,
        }

    def _tell_test(self, result):
        title = {
            "accepted": self.env._("The gateway has taken the message"),
            "unknown": self.env._("Nobody knows whether it was sent"),
        }.get(result.outcome, self.env._("The message was not taken"))
        words = self.env._(result.reason) if result.reason else ""
        kind = {"accepted": "success", "unknown": "warning"}
        return self._shown(title, words or " ", kind.get(result.outcome, "danger"))
