"""Kannel's smsbox: sendsms by POST, reports by dlr-url, replies by an sms-service.

Everything personal and every password is in a header or a body, never in an address:
Kannel takes a message as text with X-Kannel- headers, and hands on replies so with
`post-url` (with `get-url`, number and words would stand in the log of every server).

What is counted is what is sent: it leaves as GSM-7 where `tools/segments.py` counts
so. Kannel's tables hold every character of it; to a centre with another alphabet it
translates by `alt-charset` of that smsc.
"""

from datetime import datetime, timezone
from urllib.parse import urlencode

from ..tools.segments import analyse
from . import web
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
    Callback,
    Gateway,
    GatewayError,
    Health,
    Reply,
    Report,
    Result,
    Settings,
    _lt,
)

TYPES = {"1": DELIVERED, "2": UNDELIVERED, "8": SENT, "16": REJECTED}
MASK = str(sum(map(int, TYPES)))
GSM, UCS2 = "0", "2"
# Minutes. What waits for the network longer than this, or beyond the hours in which she
# may be written to, is given up: no greeting by night.
VALIDITY = 120
OPTIONS = {"smsc", "validity", "account"}
PATH = "/cgi-bin/sendsms"
# Kannel's words, gw/smsbox.c of 1.4.5, where the status alone does not tell.
WORDS = {
    "Authorization failed": (
        STOP,
        _lt("Kannel does not know us: check user name and password."),
    ),
    "Not routable": (NUMBER, _lt("No network of Kannel's takes this number.")),
    "Number(s) has/have been denied": (
        NUMBER,
        _lt("Kannel's white or black list refuses this number."),
    ),
    "Temporal failure": (LATER, _lt("Kannel cannot take messages at the moment.")),
    "Sender missing": (STOP, _lt("Kannel wants a sender: fill it in.")),
    "Charset or body misformed": (TEXT, _lt("Kannel cannot write these words.")),
}


class Kannel(Gateway):
    """One message per call."""

    def __init__(self, settings: Settings):
        super().__init__(settings)
        self.address = web.address(settings.url)

    @classmethod
    def validate(cls, settings: Settings) -> None:
        where = web.address(settings.url)
        if where.path == "/" or "?" in where.path:
            message = _lt("The address is that of sendsms, as %(example)s.")
            raise GatewayError(message, example=f"http://127.0.0.1:13013{PATH}")
        if not settings.user or not settings.password:
            raise GatewayError(_lt("Kannel needs user name and password of a user."))
        web.header(settings.user, _lt("User name or key"))
        web.header(settings.password, _lt("Password or secret"))
        if settings.sender:
            web.header(settings.sender, _lt("Sender"))
        _check_options(settings.options)

    def _send(self, message):
        try:
            headers = self._headers(message)
            body = message.text.encode()
            response = web.post(self.address, body, headers, self.settings.timeout)
        except (web.NotSent, web.Lost) as error:
            return error.result
        return read_result(response)

    def _headers(self, message=None):
        options = self.settings.options
        headers = {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": self.settings.user,
            "X-Kannel-Password": self.settings.password,
        }
        if not message:
            return headers
        headers["X-Kannel-To"] = message.number
        headers["X-Kannel-From"] = self.settings.sender
        is_gsm = analyse(message.text).encoding == "GSM-7"
        headers["X-Kannel-Coding"] = GSM if is_gsm else UCS2
        headers["X-Kannel-Validity"] = str(self._validity(message))
        headers["X-Kannel-SMSC"] = options.get("smsc", "")
        headers["X-Kannel-Account"] = options.get("account", "")
        if self.settings.report_url:
            headers["X-Kannel-DLR-Mask"] = MASK
            headers["X-Kannel-DLR-Url"] = self._report_url(message.uuid)
        return {name: value for name, value in headers.items() if value}

    def _validity(self, message):
        minutes = self.settings.options.get("validity", VALIDITY)
        if not message.latest:
            return minutes
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        left = (message.latest - now).total_seconds() // 60
        return max(1, min(minutes, int(left)))

    def _report_url(self, uuid):
        # A percent sign is Kannel's; %d is the type of the report, %T its second.
        url = self.settings.report_url.replace("%", "%%")
        return f"{url}?{urlencode({'uuid': uuid})}&type=%d&at=%T&said=%A"

    def read_reports(self, callback: Callback) -> list[Report]:
        told = callback.query
        kind, uuid = told.get("type", ""), told.get("uuid", "")
        if kind not in TYPES or not uuid:
            raise ValueError("No delivery report.")
        at = _moment(told.get("at", ""))
        return [Report(TYPES[kind], uuid=uuid, code=told.get("said", "")[:100], at=at)]

    def read_replies(self, callback: Callback) -> list[Reply]:
        headers = {name.lower(): told for name, told in callback.headers.items()}
        number = headers.get("x-kannel-from", "").strip()
        if callback.method != "POST" or not number:
            raise ValueError("No reply: is it post-url, and send-sender = true?")
        text = _decoded(callback.body, headers.get("content-type", ""))
        at = _moment(headers.get("x-kannel-time", ""), "%Y-%m-%d %H:%M:%S")
        return [Reply(number, text, at, to=headers.get("x-kannel-to", ""))]

    def check(self) -> Health:
        """Send nothing to nobody: Kannel says who is missing if it knows us."""
        try:
            headers = self._headers()
            response = web.post(self.address, b"-", headers, self.settings.timeout)
        except (web.NotSent, web.Lost) as error:
            return Health(False, error.result.reason)
        if response.status == 400 and response.text.startswith("Missing receiver"):
            return Health(True)
        return Health(False, read_result(response).reason)


def read_result(response: web.Response) -> Result:
    """Return what an answer of sendsms means."""
    text = response.text.strip()
    # "0: Accepted for delivery", "3: Queued for later delivery", "Sent."
    if response.status == 202:
        return Result(ACCEPTED, code=text[:100])
    for words, (outcome, reason) in WORDS.items():
        if text.startswith(words):
            wait = web.SOON if outcome == LATER else 0
            here = outcome == NUMBER  # it knows its own routes only
            return Result(outcome, "", text[:100], reason, wait, elsewhere=here)
    return web.by_status(response)


def _check_options(options):
    unknown = sorted(options.keys() - OPTIONS)
    if unknown:
        message = _lt("Kannel has no option “%(name)s”; it has %(known)s.")
        known = ", ".join(sorted(OPTIONS))
        raise GatewayError(message, name=unknown[0], known=known)
    validity = options.get("validity", VALIDITY)
    if type(validity) is not int or not 1 <= validity <= 1440:
        raise GatewayError(_lt("“validity” is a number of minutes from 1 to 1440."))
    for name in ("smsc", "account"):
        if name in options:
            web.header(str(options[name]), name)


def _moment(text, pattern=None):
    """Return a moment in UTC, None for whatever is none."""
    try:
        if pattern:
            return datetime.strptime(text, pattern)
        seconds = int(text) if text.isascii() else 0
        moment = datetime.fromtimestamp(seconds, timezone.utc)
        return moment.replace(tzinfo=None) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _decoded(body, content_type):
    is_wide = "utf-16" in content_type.lower()
    text = body.decode("utf-16-be" if is_wide else "utf-8", "replace")
    return text.replace("\0", "")
