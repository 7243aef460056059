"""Delivery reports as gateways tell them: late, doubled, out of order, or never."""

import heapq
import itertools
import random
import re
import threading
import time
import urllib.error
import urllib.request

DELIVERED, FAILED, BUFFERED, SENT = 1, 2, 4, 8
# (seconds after accepting, Kannel's status) of each way to report.
HABITS = {
    "as it should be": [(0.05, SENT), (0.3, DELIVERED)],
    "before the answer": [(0, DELIVERED)],
    "late": [(3, DELIVERED)],
    "doubled": [(0.1, DELIVERED), (0.1, DELIVERED), (1, DELIVERED)],
    "out of order": [(0.2, DELIVERED), (0.6, SENT), (1, BUFFERED)],
    "in vain": [(0.2, SENT), (0.4, FAILED), (0.8, SENT)],
    "first in vain": [(0.2, FAILED), (1, DELIVERED)],
    "never": [],
}
TRIES = 30


class Reporter:
    """Calls report addresses when their time has come, and again until it is heard."""

    def __init__(self, seed, write):
        self.seed, self.write = seed, write
        self.order = itertools.count()
        self.waiting = []
        self.changed = threading.Condition()
        for _worker in range(4):
            threading.Thread(target=self.run, daemon=True).start()

    def add(self, url, uuid):
        """Report a message that was just accepted, in a way of its own."""
        habit = random.Random(f"{self.seed} {uuid}").choice(list(HABITS))
        for wait, status in HABITS[habit]:
            self.push(time.monotonic() + wait, url, uuid, status, 1)

    def push(self, moment, *call):
        """Let a call wait for its moment."""
        with self.changed:
            heapq.heappush(self.waiting, (moment, next(self.order), *call))
            self.changed.notify()

    def run(self):
        """Make the calls whose time has come."""
        while True:
            with self.changed:
                while not self.waiting or self.waiting[0][0] > time.monotonic():
                    ahead = self.waiting and self.waiting[0][0] - time.monotonic()
                    self.changed.wait(max(0.001, ahead) if self.waiting else None)
                _moment, _order, *call = heapq.heappop(self.waiting)
            self.tell(*call)

    def tell(self, url, uuid, status, number):
        """Call once; who is not heard is heard later."""
        values = {"%%": "%", "%d": str(status), "%T": str(int(time.time()))}
        address = re.sub("%[%dTA]", lambda found: values.get(found[0], ""), url)
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                heard = answer.status
        except urllib.error.HTTPError as error:
            heard = error.code
        except OSError:
            heard = 0
        self.write(reported=status, uuid=uuid, heard=heard)
        if heard != 200 and number < TRIES:
            self.push(time.monotonic() + 0.5, url, uuid, status, number + 1)
