"""One HTTP call to a gateway, made once, and what is known when it fails.

It follows no redirect, uses no proxy, keeps no cookie, checks certificates, reads a
limited answer within a limited time, and logs nothing: addresses and bodies hold
numbers, words and passwords.
"""

import contextlib
import http.client
import re
import socket
import ssl
import threading
from typing import NamedTuple
from urllib.parse import urlsplit

from .base import LATER, STOP, TEXT, UNKNOWN, GatewayError, Result, _lt

LARGEST = 64 * 1024
SOON = 60
LONGEST_WAIT = 3600
# What may be in a header, without blanks around it.
PRINTABLE = re.compile(r"[!-~]([ -~]*[!-~])?")


class NotSent(Exception):
    """The gateway has certainly not got the call."""

    def __init__(self, outcome, reason):
        super().__init__(reason)
        self.result = Result(outcome, reason=reason, wait=SOON * (outcome == LATER))


class Lost(Exception):
    """The gateway may have got the call, and nothing of use came back."""

    def __init__(self):
        reason = _lt("The connection broke before the gateway had answered.")
        super().__init__(reason)
        self.result = Result(UNKNOWN, reason=reason)


class Response(NamedTuple):
    """What the gateway answered."""

    status: int
    text: str
    retry_after: str = ""


class Address(NamedTuple):
    """An address that may be called."""

    is_secure: bool
    host: str
    port: int
    path: str


def address(url: str) -> Address:
    """Return the parts of a gateway's address; GatewayError if it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise GatewayError(_lt("The address is not an address.")) from None
    if not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        raise GatewayError(
            _lt("The address has a character that addresses cannot have.")
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise GatewayError(_lt("The address must begin with https:// or http://."))
    if parts.username or parts.password:
        message = _lt("Write user name and password into their own fields.")
        raise GatewayError(message)
    if parts.fragment:
        raise GatewayError(_lt("The address cannot have a part after #."))
    is_secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(is_secure, parts.hostname, port or (443 if is_secure else 80), path)


def header(value: str, name: str) -> str:
    """Return a value that can be sent as a header; GatewayError if it cannot."""
    if not PRINTABLE.fullmatch(value):
        message = _lt("“%(name)s” may only have letters, digits and signs of ASCII.")
        raise GatewayError(message, name=name)
    return value


def post(
    where: Address,
    body: bytes,
    headers: dict[str, str],
    timeout: float,
    method: str = "POST",
) -> Response:
    """Send a request and return the answer; NotSent or Lost if there is none.

    A connection each: one that was kept open may be closed by the other side while
    the request is on its way, and the message would be unknown for nothing.
    """
    connection = _connected(where, timeout)
    # A time-out counts for each read only: a byte now and then would last for ever.
    watch = threading.Timer(timeout, _break, [connection.sock])
    watch.daemon = True
    watch.start()
    try:
        connection.request(method, where.path, body, headers)
        # Of an answer without a length it is the answer that holds the socket.
        with connection.getresponse() as response:
            content = response.read(LARGEST + 1)
    except (OSError, http.client.HTTPException, ValueError):
        raise Lost() from None  # its words hold what was sent
    finally:
        watch.cancel()
        connection.close()
    if len(content) > LARGEST or response.length:  # too long, or broken off
        raise Lost()
    text = content.decode("utf-8", "replace")
    return Response(response.status, text, response.getheader("Retry-After") or "")


def knock(where: Address, timeout: float) -> None:
    """Connect and say nothing; NotSent if that fails."""
    _connected(where, timeout).close()


def _connected(where, timeout):
    if where.is_secure:
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            where.host, where.port, timeout=timeout, context=context
        )
    else:
        connection = http.client.HTTPConnection(where.host, where.port, timeout=timeout)
    try:
        connection.connect()
    except ssl.SSLError:
        connection.close()
        reason = _lt("The gateway's certificate is not trusted, or it speaks no TLS.")
        raise NotSent(STOP, reason) from None
    except (OSError, ValueError):
        connection.close()
        raise NotSent(LATER, _lt("The gateway cannot be reached.")) from None
    return connection


def _break(connected):
    with contextlib.suppress(OSError):  # it may be over already
        # Not an SSL socket's own: that one is busy reading in another thread.
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


def by_status(response: Response) -> Result:
    """Return what an answer means of which nothing is known but its status."""
    status = response.status
    code = f"HTTP {status}"
    if status in (429, 503):
        reason = _lt("The gateway is busy.")
        return Result(LATER, code=code, reason=reason, wait=_wait(response))
    if status in (401, 403):
        reason = _lt("The gateway does not know us: check user name and password.")
        return Result(STOP, code=code, reason=reason)
    if status == 402:
        return Result(
            STOP, code=code, reason=_lt("No credit is left with the gateway.")
        )
    if status in (301, 307, 308):
        reason = _lt("The gateway has another address: correct it.")
        return Result(STOP, code=code, reason=reason)
    if status in (404, 405, 406, 410, 415):
        reason = _lt("Nothing takes messages at this address: check it.")
        return Result(STOP, code=code, reason=reason)
    if 400 <= status < 500 and status not in (408, 409):
        reason = _lt("The gateway refuses this message.")
        return Result(TEXT, code=code, reason=reason)
    reason = _lt("The gateway's answer does not say whether it has the message.")
    return Result(UNKNOWN, code=code, reason=reason)


def _wait(response):
    told = response.retry_after
    seconds = int(told) if re.fullmatch("[0-9]{1,9}", told) else SOON
    return min(max(seconds, 1), LONGEST_WAIT)
