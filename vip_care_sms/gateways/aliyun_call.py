"""One signed call of Alibaba Cloud, once, and what is known when it fails."""

import json
import secrets
import time
from datetime import datetime, timezone
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NewConnectionError

from .aliyun_codes import _lt
from .aliyun_signing import form_body, signed_headers
from .base import LATER, STOP, Settings

ENDPOINT = "https://dysmsapi.aliyuncs.com"
VERSION = "2017-05-25"
LARGEST = 256 * 1024  # bytes of an answer
AT_HOME = ("127.0.0.1", "localhost", "::1")
SOON = 60


class NotTaken(Exception):
    """The provider has certainly not got the call."""

    def __init__(self, outcome, reason, wait=0):
        super().__init__(reason)
        self.outcome, self.reason, self.wait = outcome, reason, wait


class Unclear(Exception):
    """The provider may have got the call."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Call:
    """A way to call: `call(action, params)` returns the answer as a dictionary.

    A connection each: one that was kept open may be closed while the call is on its
    way, and the message would be unknown for nothing.
    """

    def __init__(self, settings: Settings):
        self.url = (settings.url or ENDPOINT).rstrip("/")
        self.key, self.secret = settings.user, settings.password
        self.timeout = max(1, settings.timeout or 20)

    def __call__(self, action: str, params: dict[str, str]) -> dict:
        """Return what the provider answered, whatever its status; raise as above."""
        body = form_body(params)
        headers = self._headers(action, body)
        deadline = time.monotonic() + self.timeout
        try:
            with requests.post(
                self.url + "/",
                data=body,
                headers=headers,
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                return _parsed(_read(response, deadline))
        except requests.RequestException as error:
            raise _failure(error) from None  # its text holds the request
        except ValueError:
            reason = _lt("The provider's answer could not be read.")
            raise Unclear(reason) from None

    def _headers(self, action, body):
        if not (self.key and self.secret):
            raise NotTaken(STOP, _lt("The access key or its secret is missing."))
        address = urlsplit(self.url)
        if address.scheme != "https" and address.hostname not in AT_HOME:
            raise NotTaken(
                STOP, _lt("The provider's address must begin with https://.")
            )
        return signed_headers(
            address.netloc,
            action,
            VERSION,
            body,
            key=self.key,
            secret=self.secret,
            date=datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            nonce=secrets.token_hex(16),
        ) | {"accept": "application/json"}


def _read(response, deadline):
    """Return the answer's bytes.

    The time-out is for each read only, so the whole is counted here: byte by byte,
    since a larger read waits until it is full. Answers are small.
    """
    body = bytearray()
    for chunk in response.iter_content(1):
        body += chunk
        if len(body) > LARGEST or time.monotonic() > deadline:
            raise requests.ReadTimeout()
    return body


def _parsed(body):
    try:
        answer = json.loads(body)
    except RecursionError:
        raise ValueError("Too deep") from None
    if not isinstance(answer, dict):
        raise ValueError("No object")
    return answer


def _failure(error):
    """Return what a failed request means: before or after it could be read."""
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.ProxyError)):
        return NotTaken(LATER, _lt("The provider cannot be reached."), SOON)
    cause = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(cause, NewConnectionError):
        return NotTaken(LATER, _lt("The provider cannot be reached."), SOON)
    if isinstance(error, requests.exceptions.SSLError):
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            reason = _lt("The provider's certificate is not the one it should be.")
            return NotTaken(STOP, reason)
    if isinstance(
        error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema)
    ):
        return NotTaken(STOP, _lt("The provider's address is not an address."))
    return Unclear(_lt("The connection broke before the provider answered."))
