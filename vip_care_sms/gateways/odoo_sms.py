"""Odoo's own ways: IAP, Twilio or whatever its company uses, without Odoo's queue.

Odoo keeps the account; its settings are not here. Its reports go to Odoo's own
addresses and reach us by `sms.tracker`.
"""

import logging

from .base import (
    ACCEPTED,
    DELIVERED,
    LATER,
    NUMBER,
    REJECTED,
    SENT,
    STOP,
    TEXT,
    UNDELIVERED,
    UNKNOWN,
    Gateway,
    GatewayError,
    Health,
    Outgoing,
    Result,
    Settings,
    _,
)

_logger = logging.getLogger(__name__)

CREDIT = _("No credit is left with Odoo: buy some.")
ACCOUNT = _("The account of Odoo's provider is not ready: see Odoo's SMS settings.")
SENDER = _("Odoo's provider has no number to send from: see Odoo's SMS settings.")
WRONG_NUMBER = _("Odoo's provider says that this is no number it can reach.")
WORDS = _("Odoo's provider refuses these words.")
COUNTRY = _("Odoo's provider does not send to this country.")
UNCLEAR = _("Odoo's provider does not say whether it has the message.")
SOON = 60
# What `_send_sms_batch` says of a message. "server_error" comes from IAP itself and
# from Twilio's code where the answer was lost: it may have been taken.
STATES = {
    "success": (ACCEPTED, ""),
    "processing": (ACCEPTED, ""),
    "sent": (ACCEPTED, ""),
    "delivered": (ACCEPTED, ""),
    "server_error": (UNKNOWN, UNCLEAR),
    "insufficient_credit": (STOP, CREDIT),
    "unregistered": (STOP, ACCOUNT),
    "registration_needed": (STOP, ACCOUNT),
    "wrong_number_format": (NUMBER, WRONG_NUMBER),
    "sms_number_missing": (NUMBER, WRONG_NUMBER),
    "twilio_from_to": (NUMBER, WRONG_NUMBER),
    "country_not_supported": (NUMBER, COUNTRY),
    "incompatible_content": (TEXT, WORDS),
    # IAP knew the number of this batch already: one of two was taken.
    "duplicate_message": (UNKNOWN, UNCLEAR),
    "twilio_acc_unverified": (STOP, ACCOUNT),
    "twilio_authentication": (STOP, ACCOUNT),
    "twilio_callback": (STOP, ACCOUNT),
    "twilio_from_missing": (STOP, SENDER),
    "sms_acc": (STOP, ACCOUNT),
}
# What Odoo's webhooks make of a report, as `sms.sms` names it.
REPORTS = {"pending": SENT, "sent": DELIVERED, "error": UNDELIVERED}
FAILURES = {"not_delivered": UNDELIVERED, "expired": UNDELIVERED}
REJECTIONS = {"invalid_destination", "not_allowed", "rejected"}


class OdooSms(Gateway):
    """Several messages per call; Odoo's environment is not for threads."""

    batch_size = 10
    connections = 1

    @classmethod
    def validate(cls, settings: Settings) -> None:
        if settings.options:
            raise GatewayError(_("Odoo's own gateway has no options: empty them."))

    def send(self, messages: list[Outgoing]) -> dict[str, Result]:
        try:
            api = self._api()
        except Exception as error:  # noqa: BLE001 nothing was called yet
            _logger.warning("Odoo's SMS account: %s", type(error).__name__)
            result = Result(STOP, reason=ACCOUNT)
            return {message.uuid: result for message in messages}
        try:
            told = api._send_sms_batch(
                grouped(messages), delivery_reports_url=self.settings.report_url
            )
        except Exception as error:  # noqa: BLE001 it may have been called
            # Its words may hold the account.
            _logger.warning("Odoo's SMS provider failed: %s", type(error).__name__)
            told = getattr(error, "vip_told", None)
        return read_results(told, messages)

    def _api(self):
        env = self.settings.env
        company = env["res.company"].browse(self.settings.company_id)
        api = company.sudo()._get_sms_api_class()(env)
        api._set_company(company)
        return api

    def check(self) -> Health:
        try:
            api = self._api()
        except Exception as error:  # noqa: BLE001 whatever it is, it will not send
            return Health(False, ACCOUNT + f" ({type(error).__name__})")
        account = getattr(api, "account", None)
        if account is not None and not account.sudo().account_token:
            return Health(False, ACCOUNT)
        return Health(True)


def grouped(messages: list[Outgoing]) -> list[dict]:
    """Return messages as Odoo's providers take them: numbers by content."""
    by_text = {}
    for message in messages:
        number = {"uuid": message.uuid, "number": message.number}
        by_text.setdefault(message.text, []).append(number)
    return [{"content": text, "numbers": numbers} for text, numbers in by_text.items()]


def read_results(told: object, messages: list[Outgoing]) -> dict[str, Result]:
    """Return a result for every message; one that is not told of is UNKNOWN."""
    rows = [row for row in told if isinstance(row, dict)] if told else []
    by_uuid = {row.get("uuid"): row for row in rows}
    return {m.uuid: _result(by_uuid.get(m.uuid, {})) for m in messages}


def _result(row):
    state = str(row.get("state") or "")
    outcome, reason = STATES.get(state, (UNKNOWN, UNCLEAR))
    ref = str(row.get("sms_twilio_sid") or "")
    wait = SOON if outcome == LATER else 0
    return Result(outcome, ref, state[:100], reason, wait)


def report_status(state: str, failure: str = "") -> str:
    """Return what Odoo's state of a message means as a report, "" for nothing."""
    if failure in REJECTIONS:
        return REJECTED
    return FAILURES.get(failure) or REPORTS.get(state, "")
