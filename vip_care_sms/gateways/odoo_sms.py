"""Odoo's own ways: IAP, Twilio or whatever its company uses, without Odoo's queue.

Odoo keeps the account; its settings are not here. Its reports go to Odoo's own
addresses and reach us by `sms.tracker`.
"""

import logging

import requests
from urllib3.exceptions import NewConnectionError

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
    _lt,
)

_logger = logging.getLogger(__name__)

CREDIT = _lt("No credit is left with Odoo: buy some.")
ACCOUNT = _lt("The account of Odoo's provider is not ready: see Odoo's SMS settings.")
SENDER = _lt("Odoo's provider has no number to send from: see Odoo's SMS settings.")
WRONG_NUMBER = _lt("Odoo's provider says that this is no number it can reach.")
WORDS = _lt("Odoo's provider refuses these words.")
COUNTRY = _lt("Odoo's provider does not send to this country.")
REFUSED = _lt("Odoo's provider refuses this message.")
STOPPED = _lt("She has refused messages at Odoo's provider.")
UNREACHED = _lt("Odoo's provider cannot be reached.")
BUSY = _lt("Odoo's provider is busy.")
UNCLEAR = _lt("Odoo's provider does not say whether it has the message.")
SOON = 60
# What `_send_sms_batch` says of a message. "server_error" also comes where the answer
# was lost: it may have been taken.
STATES = {
    "success": (ACCEPTED, ""),
    "processing": (ACCEPTED, ""),
    "sent": (ACCEPTED, ""),
    "delivered": (ACCEPTED, ""),
    "server_error": (UNKNOWN, UNCLEAR),
    "insufficient_credit": (STOP, CREDIT),
    "unregistered": (STOP, ACCOUNT),
    "wrong_number_format": (NUMBER, WRONG_NUMBER),
    "sms_number_missing": (NUMBER, WRONG_NUMBER),
    "twilio_from_to": (NUMBER, WRONG_NUMBER),
    "incompatible_content": (TEXT, WORDS),
    # One of two messages to the number was taken, it does not say which.
    "duplicate_message": (UNKNOWN, UNCLEAR),
    "twilio_acc_unverified": (STOP, ACCOUNT),
    "twilio_authentication": (STOP, ACCOUNT),
    "twilio_callback": (STOP, ACCOUNT),
    "twilio_from_missing": (STOP, SENDER),
    "sms_acc": (STOP, ACCOUNT),
    # Twilio's codes that Odoo does not tell apart (twilio.com/docs/api/errors).
    "twilio_20003": (STOP, ACCOUNT),
    "twilio_20005": (STOP, ACCOUNT),
    "twilio_21606": (STOP, SENDER),
    "twilio_20429": (LATER, BUSY),
    "twilio_21611": (LATER, BUSY),
    "twilio_21617": (TEXT, WORDS),
    "twilio_refused": (TEXT, REFUSED),
}
# The number is good, but not for this provider.
ELSEWHERE = {
    "country_not_supported",
    "registration_needed",
    "twilio_21408",
    "twilio_21612",
}
OPTED_OUT = {"twilio_21610"}
# What Odoo's webhooks make of a report, as `sms.sms` and `sms.tracker` name it.
REPORTS = {"pending": SENT, "sent": DELIVERED, "error": UNDELIVERED}
FAILURES = {
    "not_delivered": UNDELIVERED,
    "expired": UNDELIVERED,
    "invalid_destination": REJECTED,
    "not_allowed": REJECTED,
    "rejected": REJECTED,
}


class OdooSms(Gateway):
    """Several messages per call; Odoo's environment is not for threads."""

    batch_size = 10
    connections = 1

    @classmethod
    def validate(cls, settings: Settings) -> None:
        if settings.options:
            raise GatewayError(_lt("Odoo's own gateway has no options: empty them."))

    def send(self, messages: list[Outgoing]) -> dict[str, Result]:
        try:
            api = self._api()
        except Exception as error:  # noqa: BLE001 nothing was called yet
            _logger.warning("Odoo's SMS account: %s", type(error).__name__)
            result = Result(STOP, reason=ACCOUNT)
            return {message.uuid: result for message in messages}
        # Only IAP takes many at once. Others go one by one inside: what breaks for one
        # must not make an unknown of all.
        rounds = [messages] if hasattr(api, "account") else [[m] for m in messages]
        results = {}
        for some in rounds:
            results |= self._send_some(api, some)
        return results

    def _send_some(self, api, messages):
        try:
            told = api._send_sms_batch(
                grouped(messages), delivery_reports_url=self.settings.report_url
            )
            return read_results(told, messages)
        except Exception as error:  # noqa: BLE001 it may have been taken
            # Not its words: they may hold numbers.
            _logger.warning("Odoo's SMS provider failed: %s", type(error).__name__)
            return dict.fromkeys((m.uuid for m in messages), failure(error))

    def _api(self):
        env = self.settings.env
        company = env["res.company"].browse(self.settings.company_id)
        api = company.sudo()._get_sms_api_class()(env)
        api._set_company(company)
        if hasattr(api, "_twilio_error_code_to_odoo_state"):
            _tell_codes_apart(api)
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


def reference(uuid: str) -> str:
    """Return a message's uuid as Odoo's webhooks read it: 32 digits, nothing else."""
    return uuid.replace("-", "")


def grouped(messages: list[Outgoing]) -> list[dict]:
    """Return messages as Odoo's providers take them: numbers by content."""
    by_text = {}
    for message in messages:
        number = {"uuid": reference(message.uuid), "number": message.number}
        by_text.setdefault(message.text, []).append(number)
    return [{"content": text, "numbers": numbers} for text, numbers in by_text.items()]


def failure(error: Exception) -> Result:
    """Return what an error of Odoo's means: UNKNOWN, unless nothing can have left."""
    if type(error).__name__ == "InsufficientCreditError":
        return Result(STOP, reason=CREDIT)
    cause = error.__context__
    reason = getattr(cause.args[0], "reason", None) if cause and cause.args else None
    if isinstance(cause, requests.ConnectTimeout) or isinstance(
        reason, NewConnectionError
    ):
        return Result(LATER, reason=UNREACHED, wait=SOON)
    return Result(UNKNOWN, reason=UNCLEAR)


def read_results(told: object, messages: list[Outgoing]) -> dict[str, Result]:
    """Return a result for every message; one that is not told of is UNKNOWN."""
    rows = [row for row in told if isinstance(row, dict)] if told else []
    by_uuid = {row.get("uuid"): row for row in rows}
    return {m.uuid: _result(by_uuid.get(reference(m.uuid), {})) for m in messages}


def _result(row):
    state = str(row.get("state") or "")[:100]
    if state in OPTED_OUT:
        return Result(NUMBER, code=state, reason=STOPPED, refused=True)
    if state in ELSEWHERE:
        return Result(NUMBER, code=state, reason=COUNTRY, elsewhere=True)
    outcome, reason = STATES.get(state, (UNKNOWN, UNCLEAR))
    wait = SOON if outcome == LATER else 0
    return Result(outcome, str(row.get("sms_twilio_sid") or ""), state, reason, wait)


def _tell_codes_apart(api):
    """Let an instance name the codes Odoo calls unknown: they decide what follows.

    Odoo would also log Twilio's words for them, with the number.
    """
    known = api._twilio_error_code_to_odoo_state

    def state(told):
        code = told.get("code") or told.get("error_code")
        ours = f"twilio_{code}"
        if ours in STATES or ours in ELSEWHERE | OPTED_OUT:
            return ours
        found = known({**told, "message": ""})
        status = told.get("status")
        is_refused = isinstance(status, int) and 400 <= status < 500
        return "twilio_refused" if found == "unknown" and is_refused else found

    api._twilio_error_code_to_odoo_state = state


def report_status(state: str = "", failure: str = "") -> str:
    """Return what Odoo makes of a report as one of ours, "" for nothing."""
    if failure:
        return FAILURES.get(failure, UNDELIVERED)
    return REPORTS.get(state, "")
