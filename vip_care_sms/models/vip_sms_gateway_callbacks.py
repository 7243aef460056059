import hmac
import logging

from odoo import api, models

from ..gateways.base import Answer, GatewayError

_logger = logging.getLogger(__name__)

LAST_ID = 2**31 - 1
NOT_READY = Answer("Not ready", status=503)


class VipSmsGateway(models.Model):
    """What a gateway tells us by its callbacks, read and acted on."""

    _inherit = "vip.sms.gateway"

    @api.model
    def _of_callback(self, gateway_id, secret):
        """Return the gateway that calls with its own secret, or nothing.

        A wrong secret, one that is switched off and one that does not exist take the
        same way and the same time. Called as the server.
        """
        found = self.with_context(active_test=False).search(
            [("id", "=", min(gateway_id, LAST_ID))]
        )
        own = found.callback_secret or ""
        is_right = hmac.compare_digest(secret.encode(), own.encode())
        return found if is_right and own and found.active else self.browse()

    def _read_callback(self, kind, callback):
        """Act on what the gateway tells ("report" or "reply"); return what to answer.

        What cannot be read changes nothing.
        """
        self.ensure_one()
        company = self.company_id
        lang = company.partner_id.lang or "en_US"
        self = self.with_company(company).with_context(lang=lang)
        try:
            gateway = self._gateway()
        except GatewayError:
            _logger.warning("Gateway %s calls, but is not set up", self.id)
            return NOT_READY
        found = self._read_items(gateway, kind, callback)
        if found is None:
            return gateway.answer(False)
        if kind == "report":
            self.env["vip.message"]._apply_reports(self, found)
        else:
            self.env["vip.message.reply"]._take(self, found)
        self.env.flush_all()
        return gateway.answer(True)

    def _read_items(self, gateway, kind, callback):
        """Return what a callback holds, None if that cannot be read.

        The log gets neither text nor trace of an error: both may hold a number.
        """
        read = gateway.read_reports if kind == "report" else gateway.read_replies
        try:
            return list(read(callback))
        except ValueError:
            return None
        except Exception as error:  # noqa: BLE001 - anything may be sent here
            name = type(error).__name__
            _logger.error("Gateway %s: a %s cannot be read: %s", self.id, kind, name)
            return None
