"""Any small provider that takes one message by HTTP, as its options describe it.

What it answers is believed in this order: its own code, if the table knows it; then
its rule of success; then the status. Whatever is left is UNKNOWN.
"""

import base64
import json
import re
from urllib.parse import parse_qsl, urlencode

import phonenumbers

from . import http_options, web
from .base import (
    ACCEPTED,
    LATER,
    UNKNOWN,
    Answer,
    Callback,
    Gateway,
    GatewayError,
    Health,
    Outgoing,
    Reply,
    Report,
    Result,
    Settings,
    _lt,
)
from .entries import read_each

SEARCHED = 4096  # characters of an answer a pattern is looked for in
LONGEST = 100  # characters of a code or a reference
SAID = _lt("The gateway says so by its code.")


class Http(Gateway):
    """One message per call."""

    def __init__(self, settings: Settings):
        super().__init__(settings)
        self.address = web.address(settings.url)
        self.options = settings.options

    @classmethod
    def validate(cls, settings: Settings) -> None:
        web.address(settings.url)
        http_options.check(settings.options)
        _login(settings)
        cls(settings)._body(Outgoing("0" * 32, "+8613800138000", "-"))

    def _send(self, message):
        kind, body = self._body(message)
        headers = {"Content-Type": kind, "Accept": "*/*", **_login(self.settings)}
        method = self.options.get("method", "POST")
        timeout = self.settings.timeout
        try:
            response = web.post(self.address, body, headers, timeout, method)
        except (web.NotSent, web.Lost) as error:
            return error.result
        return read_result(response, self.options)

    def _body(self, message):
        settings = self.settings
        values = {
            "number": written(message.number, self.options.get("number", "+")),
            "text": message.text,
            "uuid": message.uuid,
            "user": settings.user,
            "password": settings.password,
            "sender": settings.sender,
            "signature": settings.signature,
            "report_url": settings.report_url,
        }
        names = self.options["parameters"]
        named = {name: values[key] for key, name in names.items()}
        extra = self.options.get("extra", {})
        if self.options.get("body", "form") == "form":
            form = urlencode({**extra, **named}).encode()
            return "application/x-www-form-urlencoded; charset=UTF-8", form
        told = json.loads(json.dumps(extra))
        for name, value in named.items():
            _put(told, name.split("."), value)
        return "application/json; charset=UTF-8", json.dumps(told).encode()

    def read_reports(self, callback: Callback) -> list[Report]:
        names = self.options.get("reports")
        if not names:
            raise ValueError("No reports are described.")
        reports = read_each(told_by(callback), lambda told: _report(told, names))
        return [report for report in reports if report.status]

    def read_replies(self, callback: Callback) -> list[Reply]:
        names = self.options.get("replies")
        if not names:
            raise ValueError("No replies are described.")
        return read_each(told_by(callback), lambda told: _reply(told, names))

    def answer(self, is_read: bool) -> Answer:
        if not is_read:
            return super().answer(False)
        return Answer(self.options.get("answer", "OK"))

    def check(self) -> Health:
        """Only connect: what else could be asked of it, nobody knows."""
        try:
            web.knock(self.address, self.settings.timeout)
        except web.NotSent as error:
            return Health(False, error.result.reason)
        return Health(True)


def read_result(response: web.Response, options: dict) -> Result:
    """Return what an answer means by the options."""
    told = _parsed(response.text)
    code = found(options.get("code"), response.text, told)
    outcome = options.get("codes", {}).get(code)
    ref = found(options.get("reference"), response.text, told)
    if outcome and outcome != ACCEPTED:
        wait = web.SOON if outcome == LATER else 0
        return Result(outcome, ref, code, SAID, wait)
    success = options.get("success", {})
    if response.status in success.get("status", [200]):
        if outcome == ACCEPTED or _is_success(success, response.text, told):
            return Result(ACCEPTED, ref, code)
        reason = _lt("The gateway gave an answer that is not described.")
        return Result(UNKNOWN, ref, code, reason)
    result = web.by_status(response)
    return result._replace(code=code) if code else result


def found(where: dict | None, text: str, told: object) -> str:
    """Return what a path or pattern finds in an answer, "" if nothing."""
    if not where:
        return ""
    if "pattern" in where:
        match = re.search(where["pattern"], text[:SEARCHED])
        return (match[1] or "")[:LONGEST] if match else ""
    return _text(at(told, where["path"]))[:LONGEST]


def at(told: object, path: str) -> object:
    """Return what stands at a dotted path in JSON, None if nothing."""
    for step in path.split("."):
        if isinstance(told, dict):
            told = told.get(step)
        elif isinstance(told, list) and step.isdecimal() and len(step) < 4:
            told = told[int(step)] if int(step) < len(told) else None
        else:
            return None
    return told


def told_by(callback: Callback) -> list:
    """Return what a request tells: parameters, or the object or the list of JSON."""
    told = _parsed(callback.body.decode("utf-8", "replace"))
    if isinstance(told, list):
        return [callback.query | one if isinstance(one, dict) else one for one in told]
    if isinstance(told, dict):
        return [{**callback.query, **told}]
    form = callback.form
    if not form and callback.method == "PUT":
        form = dict(parse_qsl(callback.body.decode("utf-8", "replace")))
    return [{**callback.query, **form}]


def written(number: str, way: str) -> str:
    """Return an E.164 number the way a provider wants it."""
    digits = number.lstrip("+")
    if way == "national":
        try:
            parsed = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            return digits  # the gateway will say that it is none
        national = phonenumbers.PhoneNumberFormat.NATIONAL
        return re.sub(r"\D", "", phonenumbers.format_number(parsed, national))
    return {"+": "+" + digits, "digits": digits, "00": "00" + digits}[way]


def _is_success(success, text, told):
    if "pattern" in success:
        return bool(re.search(success["pattern"], text[:SEARCHED]))
    if "path" in success:
        wanted = {_text(value) for value in success["values"]}
        return _text(at(told, success["path"])) in wanted
    return True


def _report(told, names):
    said = _text(at(told, names["status"]))
    status = names["statuses"].get(said, "")  # what nobody described changes nothing
    uuid, ref = (_text(at(told, names.get(key, ""))) for key in ("uuid", "reference"))
    if not said or not (uuid or ref):
        raise ValueError("No report.")
    number = _text(at(told, names.get("number", "")))
    code = _text(at(told, names.get("code", "")))
    return Report(status, uuid, ref[:LONGEST], number, code[:LONGEST])


def _reply(told, names):
    number, text, ref, to = (
        _text(at(told, names.get(key, "")))
        for key in ("number", "text", "reference", "to")
    )
    if not number:
        raise ValueError("No reply.")
    return Reply(number, text, ref=ref[:LONGEST], to=to[:LONGEST])


def _parsed(text):
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _text(value):
    """Return a value of JSON as text: 0 and "0" are the same code to a provider."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def _put(told, path, value):
    *steps, last = path
    for step in steps:
        told = told.setdefault(step, {})
        if not isinstance(told, dict):
            raise GatewayError(_lt("“extra” names a parameter that is named already."))
    told[last] = value


def _login(settings):
    """Return the headers that say who we are; GatewayError if they cannot be sent."""
    user, password = settings.user, settings.password
    headers = {}
    if settings.options.get("login") == "basic":
        words = base64.b64encode(f"{user}:{password}".encode()).decode()
        headers["Authorization"] = f"Basic {words}"
    if settings.options.get("login") == "bearer":
        headers["Authorization"] = "Bearer " + web.header(password, "Bearer")
    for name, value in settings.options.get("headers", {}).items():
        filled = value.replace("{user}", user).replace("{password}", password)
        headers[name] = web.header(filled, name)
    return headers
