"""A text message gateway that fails in every way one can; it speaks Kannel's sendsms.

    python gateway.py --log FILE [--seed 7] [--faults 0.4] [--reports] [--per-second 50]

What it accepts it writes to its log before it answers anything: the log is what phones
have received, whatever the sender believes. Which fault a request meets depends on the
seed, the number and how often that number was tried. Prints its port when it listens.
"""

import argparse
import json
import os
import random
import re
import socket
import struct
import sys
import threading
import time
from collections import Counter, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reporter import Reporter  # noqa: E402

UUID = re.compile(r"uuid=([0-9a-f-]+)")
ACCEPTED = (202, b"0: Accepted for delivery")
# Fault: does it take the message, and what does it answer (None: nothing)?
FAULTS = {
    "slow": (True, ACCEPTED),
    "time-out after accepting": (True, None),
    "error after accepting": (True, (500, b"Internal error")),
    "garbage after accepting": (True, (200, b"\xff\x00<html>\x80 it works")),
    "reset after accepting": (True, None),
    "cut off after accepting": (True, (202, b"0: Acc")),
    "error": (False, (500, b"Internal error")),
    "garbage": (False, (200, b"<html>Proxy: no answer</html>")),
    "reset": (False, None),
    "busy": (False, (503, b"Temporal failure, try again later.")),
    "refused": (False, (403, b"Authorization failed for sendsms")),
}
# A pause of the whole gateway, which a person ends: that often is enough.
RARE = {"refused": 0.1}
SLOW, SILENCE = 0.7, 4


class Standin(ThreadingHTTPServer):
    """The server with what it has accepted."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        self.options = options
        self.log = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.lock = threading.Lock()
        self.tries = Counter()
        self.last_second = deque()
        self.reporter = Reporter(options.seed, self.write)

    def write(self, **line):
        """Add a line to the log; it is there even if this process is killed next."""
        os.write(self.log, json.dumps({"at": time.time(), **line}).encode() + b"\n")

    def is_too_fast(self):
        """Count a request against what this gateway takes in a second."""
        now, limit = time.monotonic(), self.options.per_second
        with self.lock:
            while self.last_second and self.last_second[0] < now - 1:
                self.last_second.popleft()
            if limit and len(self.last_second) >= limit:
                return True
            self.last_second.append(now)
        return False

    def fault(self, number):
        """Return the fault that this request to the number meets, if any."""
        with self.lock:
            self.tries[number] += 1
            chance = random.Random(f"{self.options.seed} {number} {self.tries[number]}")
        if chance.random() >= self.options.faults:
            return None
        weights = [RARE.get(name, 1) for name in FAULTS]
        return chance.choices(list(FAULTS), weights)[0]

    def handle_error(self, request, client_address):
        """Killed senders hang up: nothing to tell."""


class Handler(BaseHTTPRequestHandler):
    """One request to send one message."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Be there for reports that nobody reads."""
        self.tell((200, b"OK"))

    def do_POST(self):
        """Take the message or not, and answer or not."""
        values = {
            name.removeprefix("X-Kannel-").lower(): value
            for name, value in self.headers.items()
        }
        values["text"] = self.rfile.read(int(values["content-length"])).decode()
        if "to" not in values:
            return self.tell((400, b"Missing receiver number"))
        fault = "busy" if self.server.is_too_fast() else None
        fault = fault or self.server.fault(values["to"])
        is_taken, answer = FAULTS.get(fault, (True, ACCEPTED))
        own = UUID.search(values.get("dlr-url", ""))
        line = {"to": values["to"].lstrip("+"), "uuid": own and own[1], "fault": fault}
        if is_taken:
            self.server.write(accepted=True, text=values["text"], **line)
            if self.server.options.reports and "dlr-url" in values:
                self.server.reporter.add(values["dlr-url"], line["uuid"])
        elif fault:
            self.server.write(accepted=False, **line)
        return self.fail(fault, answer)

    def fail(self, fault, answer):
        """Answer as the fault wants it."""
        time.sleep(self.server.options.delay)
        kind = (fault or "").split(" ")[0]
        if kind == "slow":
            time.sleep(SLOW)
        elif kind == "time-out":
            time.sleep(SILENCE)
        if answer:
            self.tell(answer, missing=100 * (kind == "cut"))
        if kind == "reset":
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            os.close(self.connection.detach())
        if kind in ("time-out", "reset", "cut"):
            self.close_connection = True

    def tell(self, answer, missing=0):
        """Answer in one packet."""
        status, body = answer
        head = f"HTTP/1.1 {status} -\r\nContent-Length: {len(body) + missing}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    def log_message(self, *arguments):
        """Numbers are in the addresses: say nothing."""


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--log", required=True)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--faults", type=float, default=0, help="share of requests")
    parser.add_argument("--reports", action="store_true")
    parser.add_argument(
        "--delay", type=float, default=0, help="seconds an answer takes"
    )
    parser.add_argument("--per-second", type=int, default=0)
    server = Standin(parser.parse_args(argv))
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
