"""What is written down of a small provider's HTTP interface, checked before it is used.

{
  "method": "POST",                 or "PUT"; never GET: addresses are logged
  "body": "form",                   or "json"
  "parameters": {"number": "to", "text": "message.text", "uuid": "ref",
                 "user": "login", "password": "key", "sender": "from",
                 "report_url": "callback"},   a dot goes down into JSON
  "extra": {"unicode": "1"},        sent with every message as it is
  "headers": {"X-Api-Key": "{password}"},     {user} and {password} are put in
  "login": "basic",                 or "bearer": by the Authorization header
  "number": "+",                    or "digits", "00", "national"
  "success": {"status": [200], "path": "status", "values": ["0"]},
                                    or "pattern" in the place of path and values
  "code": {"path": "status"},       where its code stands; or {"pattern": "…(…)"}
  "codes": {"101": "number", "105": "stop"},   what a code means
  "reference": {"path": "id"},      its own number of the message; or "pattern"
  "reports": {"uuid": "ref", "reference": "id", "number": "to", "status": "state",
              "code": "err", "statuses": {"DELIVRD": "delivered"}},
  "replies": {"number": "from", "text": "text", "reference": "id", "to": "to"},
  "answer": "OK"                    what it wants to hear after a report or reply
}
"""

import re

from . import web
from .base import OUTCOMES, STATUSES, GatewayError, _lt

METHODS, BODIES = ("POST", "PUT"), ("form", "json")
NUMBERS, LOGINS = ("+", "digits", "00", "national"), ("basic", "bearer")
PARAMETERS = {
    "number",
    "text",
    "uuid",
    "user",
    "password",
    "sender",
    "signature",
    "report_url",
}
FIND = {"path", "pattern"}
LONGEST_PATTERN = 200
CHOICES = {"method": METHODS, "body": BODIES, "login": LOGINS, "number": NUMBERS}
# Each key: the type of its value, and which keys that may have itself.
KEYS = {
    "method": (str, None),
    "body": (str, None),
    "login": (str, None),
    "answer": (str, None),
    "number": (str, None),
    "parameters": (dict, PARAMETERS),
    "extra": (dict, None),
    "headers": (dict, None),
    "success": (dict, {"status", "path", "values", "pattern"}),
    "code": (dict, FIND),
    "codes": (dict, None),
    "reference": (dict, FIND),
    "reports": (
        dict,
        {"uuid", "reference", "number", "status", "code", "statuses"},
    ),
    "replies": (dict, {"number", "text", "reference", "to"}),
}
# HTTP's own affairs.
RESERVED = {"host", "content-length", "content-type", "transfer-encoding", "connection"}
START = {
    "method": "POST",
    "body": "form",
    "parameters": {"number": "to", "text": "text", "uuid": "id"},
    "success": {"status": [200]},
    "codes": {},
}


def check(options: dict) -> None:
    """Raise GatewayError with the first thing that cannot work, and what to do."""
    _check_keys(options)
    for key, allowed in CHOICES.items():
        if key in options and options[key] not in allowed:
            _wrong(key, _lt("“%(key)s” is one of %(known)s."), allowed)
    _check_parameters(options)
    _check_headers(options)
    _check_success(options.get("success", {}))
    for key in ("code", "reference"):
        if key in options:
            _check_find(key, options[key])
    _check_meanings("codes", options.get("codes", {}), OUTCOMES)
    _check_callbacks(options)


def _check_keys(options):
    _known("options", options, KEYS)
    for key, value in options.items():
        kind, inner = KEYS[key]
        if not isinstance(value, kind):
            message = _lt("“%(key)s” is text.")
            if kind is dict:
                message = _lt("“%(key)s” is an object in braces: {…}.")
            raise GatewayError(message, key=key)
        if inner:
            _known(key, value, inner)


def _check_parameters(options):
    names = options.get("parameters", {})
    for key in ("number", "text"):
        if not names.get(key):
            message = _lt(
                "“parameters” does not say under which name the %(key)s goes."
            )
            raise GatewayError(message, key=key)
    for key, name in names.items():
        if not isinstance(name, str) or not name.strip():
            message = _lt("The name of “%(key)s” in “parameters” is not text.")
            raise GatewayError(message, key=key)
    if len(set(names.values())) < len(names):
        raise GatewayError(_lt("Two of “parameters” have the same name."))
    extra = options.get("extra", {})
    if options.get("body", "form") == "form":
        for key, value in extra.items():
            if not isinstance(value, str | int | float) or isinstance(value, bool):
                message = _lt("“%(key)s” in “extra” is neither text nor a number.")
                raise GatewayError(message, key=key)


def _check_headers(options):
    for name, value in options.get("headers", {}).items():
        if not re.fullmatch(r"[A-Za-z0-9-]{1,60}", name) or name.lower() in RESERVED:
            raise GatewayError(_lt("“%(key)s” cannot be a header of ours."), key=name)
        web.header(value if isinstance(value, str) else "", name)
        left = value.replace("{user}", "").replace("{password}", "")
        if "{" in left or "}" in left:
            message = _lt("Header “%(key)s” can have {user} and {password} only.")
            raise GatewayError(message, key=name)


def _check_success(success):
    statuses = success.get("status", [200])
    is_list = isinstance(statuses, list) and statuses
    if not is_list or any(type(s) is not int or not 200 <= s < 300 for s in statuses):
        message = _lt("“status” of “success” is a list of numbers from 200 to 299.")
        raise GatewayError(message)
    if "values" in success:
        values = success["values"]
        if "path" not in success or not isinstance(values, list) or not values:
            message = _lt("“success” needs “path” and a list of “values” together.")
            raise GatewayError(message)
    if "path" in success and "values" not in success:
        message = _lt("“success” needs “path” and a list of “values” together.")
        raise GatewayError(message)
    _check_find("success", {k: success[k] for k in FIND & success.keys()}, empty=True)


def _check_find(key, find, empty=False):
    if len(find) > 1 or not (find or empty):
        message = _lt("“%(key)s” has either a “path” or a “pattern”.")
        raise GatewayError(message, key=key)
    for text in find.values():
        if not isinstance(text, str) or not text:
            message = _lt("“path” and “pattern” of “%(key)s” are text.")
            raise GatewayError(message, key=key)
    pattern = find.get("pattern", "")
    try:
        compiled = re.compile(pattern)
    except re.error:
        compiled = None
    if not compiled or len(pattern) > LONGEST_PATTERN:
        message = _lt("The pattern of “%(key)s” is no regular expression, or too long.")
        raise GatewayError(message, key=key)
    if pattern and key != "success" and compiled.groups != 1:
        message = _lt(
            "The pattern of “%(key)s” needs one pair of (…) around the value."
        )
        raise GatewayError(message, key=key)


def _check_meanings(key, meanings, known):
    for code, meaning in meanings.items():
        if meaning not in known:
            message = _lt("“%(code)s” in “%(key)s” means one of %(known)s.")
            words = ", ".join(known)
            raise GatewayError(message, code=code, key=key, known=words)


def _check_callbacks(options):
    for key in ("reports", "replies"):
        for inner, name in options.get(key, {}).items():
            if inner != "statuses" and not isinstance(name, str):
                message = _lt("“%(inner)s” of “%(key)s” is text.")
                raise GatewayError(message, inner=inner, key=key)
    reports, replies = options.get("reports"), options.get("replies")
    if reports is not None:
        if not isinstance(reports.get("statuses"), dict) or not reports.get("status"):
            message = _lt(
                "“reports” needs “status”, and “statuses” with their meaning."
            )
            raise GatewayError(message)
        if not reports.get("uuid") and not reports.get("reference"):
            message = _lt("“reports” needs “uuid” or “reference”: which message is it?")
            raise GatewayError(message)
        _check_meanings("statuses", reports["statuses"], STATUSES)
    if replies is not None and not (replies.get("number") and replies.get("text")):
        raise GatewayError(_lt("“replies” needs “number” and “text”."))


def _known(key, value, known):
    for name in value:
        if name not in known:
            message = _lt(
                "“%(name)s” is not known in “%(key)s”: it can have %(known)s."
            )
            words = ", ".join(sorted(known))
            raise GatewayError(message, name=name, key=key, known=words)


def _wrong(key, message, known):
    raise GatewayError(message, key=key, known=", ".join(known))
