"""Alibaba Cloud SMS of the mainland (dysmsapi 2017-05-25): approved templates only.

Numbers, names and texts are in the body of requests, never in an address, and nothing
of a request or an answer is logged.
"""

import contextlib
import json
import time
from datetime import datetime, timedelta, timezone

from .aliyun_call import Call, NotTaken, Unclear
from .aliyun_codes import REFUSED, RESULTS, TOMORROW, _lt
from .aliyun_reports import THERE, receipt_reports, replies, sent_report
from .base import (
    ACCEPTED,
    LATER,
    NUMBER,
    TEXT,
    UNKNOWN,
    Answer,
    Asked,
    Callback,
    Gateway,
    Health,
    Reply,
    Report,
    Result,
    Settings,
)

MAINLAND = "+86"
SOON = 60  # seconds until the next try
MORNING = 8  # o'clock there: what is left for tomorrow leaves then
PAGE = 50  # the most the provider tells at once
PAGES = 4  # it takes at most 50 messages for a number a day, by template
ASK_SECONDS = 10  # sending waits while it is asked
MIDNIGHT = timedelta(minutes=15)  # a message reserved before it may be filed after it


class Aliyun(Gateway):
    """One number per call; our uuid is the provider's OutId."""

    batch_size = 1
    connections = 4
    can_ask = True
    has_templates = True

    def __init__(self, settings: Settings):
        super().__init__(settings)
        self.call = Call(settings)

    def _send(self, message):
        number = local_number(message.number)
        if not number:
            reason = _lt("This provider sends to numbers of the mainland only.")
            return Result(TEXT, reason=reason)
        if not message.template:
            reason = _lt("No approved template has these words.")
            return Result(TEXT, reason=reason)
        try:
            answer = self.call("SendSms", _send_params(message, number))
        except NotTaken as error:
            return Result(error.outcome, reason=error.reason, wait=error.wait)
        except Unclear as error:
            return Result(UNKNOWN, reason=error.reason)
        return read_result(answer, datetime.now(timezone.utc))

    def ask(self, messages: list[Asked]) -> list[Report]:
        found, end = [], time.monotonic() + ASK_SECONDS
        with contextlib.suppress(NotTaken, Unclear):
            for asked in messages:
                if time.monotonic() < end:
                    found += self._ask(asked)
        return found

    def _ask(self, asked):
        for day in _days(asked.reserved_at):
            for page in range(1, PAGES + 1):
                answer = self._details(asked, day, page)
                details = _rows(answer)
                for detail in details:
                    report = sent_report(detail, asked)
                    if report:
                        return [report]
                if len(details) < PAGE:
                    break
        return []

    def _details(self, asked, day, page):
        """Return one page of what was sent to the number on a day, {} if untold.

        Raises NotTaken or Unclear if it does not answer.
        """
        params = {
            "PhoneNumber": local_number(asked.number) or asked.number.lstrip("+"),
            "SendDate": day.strftime("%Y%m%d"),
            "PageSize": str(PAGE),
            "CurrentPage": str(page),
        }
        if asked.ref:
            params["BizId"] = asked.ref
        answer = self.call("QuerySendDetails", params)
        return answer if answer.get("Code") == "OK" else {}

    def read_reports(self, callback: Callback) -> list[Report]:
        return receipt_reports(callback.body)

    def read_replies(self, callback: Callback) -> list[Reply]:
        return replies(callback.body)

    def answer(self, is_read: bool) -> Answer:
        # It looks at the status only, and wants a number as the code.
        told = {"code": 0, "msg": "OK"} if is_read else {"code": 1, "msg": "Not read"}
        status = 200 if is_read else 400
        return Answer(json.dumps(told), "application/json", status)

    def check(self) -> Health:
        """Ask for the filed signature: needs the key, its rights and the signature.

        The name of the signature is a parameter that the call cannot do without, in
        the body as those of a message are; so it also proves that they arrive.
        """
        signature = self.settings.signature
        if not signature:
            return Health(False, _lt("Write the signature that is filed."))
        try:
            answer = self.call("GetSmsSign", {"SignName": signature})
        except (NotTaken, Unclear) as error:
            return Health(False, error.reason)
        result = read_result(answer | {"BizId": "-"}, datetime.now(timezone.utc))
        if result.outcome != ACCEPTED:
            return Health(False, result.reason)
        if str(answer.get("SignStatus")) != "1":
            return Health(False, _lt("The signature is not approved by the provider."))
        return Health(True)


def _send_params(message, number):
    template = message.template
    params = {
        "PhoneNumbers": number,
        "SignName": template.signature,
        "TemplateCode": template.code,
        "OutId": message.uuid,
    }
    if template.params:
        told = json.dumps(template.params, ensure_ascii=False, separators=(",", ":"))
        params["TemplateParam"] = told
    return params


def read_result(answer: dict, now: datetime) -> Result:
    """Return what an answer means; `now` is aware."""
    code, ref = _text(answer.get("Code")), _text(answer.get("BizId"))
    if code == "OK" and ref:
        return Result(ACCEPTED, ref=ref, code=code)
    if code == "OK":
        reason = _lt("The provider accepted the message without a number of its own.")
        return Result(UNKNOWN, code=code, reason=reason)
    unheard = UNKNOWN, _lt("The provider gave an answer that is not in its manual.")
    if code.startswith("Throttling"):
        unheard = RESULTS["Throttling"]
    outcome, reason = RESULTS.get(code, unheard)
    if outcome == REFUSED:
        return Result(NUMBER, code=code, reason=reason, refused=True)
    if outcome == TOMORROW:
        return Result(LATER, code=code, reason=reason, wait=_until_morning(now))
    wait = SOON if outcome == LATER else 0
    return Result(outcome, code=code, reason=reason, wait=wait)


def _text(value):
    return value[:100] if isinstance(value, str) else ""


def _until_morning(now):
    """Return the seconds until tomorrow's opening there."""
    there = now.astimezone(THERE)
    morning = there.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return int((morning + timedelta(days=1) - there).total_seconds())


def local_number(number: str) -> str:
    """Return a mainland number without its country, "" for any other."""
    digits = number.removeprefix(MAINLAND)
    is_mainland = number.startswith(MAINLAND) and len(digits) == 11
    return digits if is_mainland and digits.isascii() and digits.isdigit() else ""


def _days(reserved_at):
    """Return the days there on which a message can have been filed."""
    there = reserved_at.replace(tzinfo=timezone.utc).astimezone(THERE)
    return sorted({there.date(), (there + MIDNIGHT).date()})


def _rows(answer):
    """Return the messages an answer tells of; anything else is none."""
    details = answer.get("SmsSendDetailDTOs")
    rows = details.get("SmsSendDetailDTO") if isinstance(details, dict) else None
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict)]
