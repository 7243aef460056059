"""The phones behind Kannel's fake SMS centre, which speaks lines of text by TCP."""

import re
import socket
import sys
import threading
import time
from typing import NamedTuple
from urllib.parse import quote_from_bytes, unquote_to_bytes

SHOP = "10690000"  # the number phones write to
LINE = re.compile(rb"(\S+) (\+?\d+) (text|data|udh|ucs-2) (.*)")
LONG_MESSAGE = 0  # the element of a header that numbers the parts of a message
UTF16_PART = 134  # octets of a part of UTF-16 that another follows


class Sms(NamedTuple):
    """A whole message as the phone shows it."""

    number: str
    sender: str
    text: str
    parts: int


class Phone:
    """Every number in the world; thread-safe."""

    def __init__(self, host, port):
        self.address = (host, port)
        self.received = []
        self._changed = threading.Condition()
        self._halves = {}
        self._listeners = []
        self._socket = self._thread = None

    def connect(self, seconds=10):
        """Be reachable, as soon as the centre listens."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self._socket = socket.create_connection(self.address)
                break
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self._thread = threading.Thread(target=self._read, args=[self._socket])
        self._thread.daemon = True
        self._thread.start()

    def disconnect(self):
        """Be out of reach: the SMS centre is down."""
        if not self._socket:
            return
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()
        self._socket = None

    def write(self, number, text, to=SHOP):
        """Send a text from a number."""
        coded = quote_from_bytes(text.encode("utf-16-be"), safe="")
        self._socket.sendall(f"{number} {to} ucs2 {coded}\n".encode())

    def wait(self, count, seconds=10):
        """Return everything received once it is so much; fewer when time is up."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while len(self.received) < count and time.monotonic() < deadline:
                self._changed.wait(deadline - time.monotonic())
            return list(self.received)

    def listen(self, listener):
        """Call the listener with each message from now on."""
        self._listeners.append(listener)

    def _read(self, connection):
        with connection.makefile("rb") as lines:
            try:
                for line in lines:
                    self._take(line.rstrip(b"\n"))
            except OSError:
                return  # disconnected

    def _take(self, line):
        parsed = LINE.fullmatch(line)
        if not parsed:
            self._go_on(line)
            return
        sender, number, kind, rest = parsed.groups()
        udh, data = b"", rest
        if kind == b"udh":
            udh, _kind, data = rest.split(b" ", 2)
            udh = _decoded(udh)
        content = data if kind == b"text" else _decoded(data)
        parts = self._all_parts(number, udh, content)
        if not parts:
            return
        is_wide = kind == b"ucs-2" or (kind == b"udh" and _is_utf16(parts))
        encoding = "utf-16-be" if is_wide else "utf-8"
        text = b"".join(parts).decode(encoding, "replace")
        sms = Sms(number.decode(), sender.decode(), text, len(parts))
        with self._changed:
            self.received.append(sms)
            self._changed.notify_all()
        for listener in self._listeners:
            listener(sms)

    def _go_on(self, line):
        """Add a line to the last text: line ends of GSM-7 come as they are."""
        with self._changed:
            last = self.received.pop()
            text = f"{last.text}\n{line.decode('utf-8', 'replace')}"
            self.received.append(last._replace(text=text))
            self._changed.notify_all()

    def _all_parts(self, number, udh, content):
        """Return the contents of all parts, none while some are missing."""
        if len(udh) < 6 or udh[1] != LONG_MESSAGE:
            return [content]
        reference, total, place = udh[3:6]
        parts = self._halves.setdefault((number, reference), {})
        parts[place] = content
        if len(parts) < total:
            return []
        del self._halves[(number, reference)]
        return [parts[place] for place in sorted(parts)]


def _decoded(text):
    return unquote_to_bytes(text.replace(b"+", b" "))


def _is_utf16(parts):
    """Return whether parts are UTF-16: the fake centre does not say.

    153 septets as UTF-8 have so few octets only with 18 or 19 escaped characters.
    """
    return all(len(part) == UTF16_PART for part in parts[:-1])


def read_keyboard(phone):
    """Send what is typed as NUMBER TEXT, to the end of the input."""
    for line in sys.stdin:
        number, _space, text = line.strip().partition(" ")
        if text:
            phone.write(number, text)
    threading.Event().wait()
