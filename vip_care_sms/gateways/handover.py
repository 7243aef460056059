"""Hands messages over to a gateway, by several connections where it bears them."""

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import datetime, timezone

from .base import LATER, OUTCOMES, STOP, UNKNOWN, Gateway, Outgoing, Result

_logger = logging.getLogger(__name__)

# The gateway was not called for it: it may go at once, by any worker.
NOT_BEGUN = Result(LATER, code="not begun")
EVERY = 0.5


def hand_over(
    gateway: Gateway, messages: list[Outgoing], seconds: float, every: float = EVERY
) -> Iterator[dict[str, Result]]:
    """Yield the results as they come in, at least every so many seconds.

    Every message gets exactly one. No call begins after `seconds`, after the latest
    moment of its messages, nor after a result that stops the gateway: what is left
    comes back NOT_BEGUN.
    """
    line = _Line(gateway, seconds)
    size = max(1, gateway.batch_size)
    batches = [messages[at : at + size] for at in range(0, len(messages), size)]
    if gateway.connections > 1 and len(batches) > 1:
        yield from _by_threads(line, batches, every)
    else:
        yield from _one_by_one(line, batches, every)


def _one_by_one(line, batches, every):
    found, due = {}, time.monotonic() + every
    for batch in batches:
        found |= line.send(batch)
        if time.monotonic() >= due:
            yield found
            found, due = {}, time.monotonic() + every
    if found:
        yield found


def _by_threads(line, batches, every):
    with ThreadPoolExecutor(min(line.gateway.connections, len(batches))) as pool:
        try:
            pending = {pool.submit(line.send, batch) for batch in batches}
            found, due = {}, time.monotonic() + every
            while pending:
                left = max(0, due - time.monotonic())
                done, pending = wait(pending, left, FIRST_COMPLETED)
                for future in done:
                    found |= future.result()
                if found and (not pending or time.monotonic() >= due):
                    yield found
                    found = {}
                if time.monotonic() >= due:
                    due = time.monotonic() + every
        finally:  # whoever reads the results has given up: begin nothing more
            line.stopped.set()


class _Line:
    """What the connections of one round share."""

    def __init__(self, gateway, seconds):
        self.gateway = gateway
        self.end = time.monotonic() + seconds
        self.stopped = threading.Event()

    def send(self, batch):
        """Return a result for every message of the batch, whatever the gateway does."""
        if self.stopped.is_set() or time.monotonic() > self.end or _is_late(batch):
            return dict.fromkeys((message.uuid for message in batch), NOT_BEGUN)
        try:
            told = self.gateway.send(batch)
        except Exception as error:  # noqa: BLE001 it may have been taken
            # Not its text: that may hold a number.
            _logger.error("Gateway failed: %s", type(error).__name__)
            told = {}
        results = {message.uuid: _valid(told, message.uuid) for message in batch}
        if any(result.outcome == STOP for result in results.values()):
            self.stopped.set()
        return results


def _is_late(batch):
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    return any(message.latest and message.latest <= now for message in batch)


def _valid(told, uuid):
    result = told.get(uuid) if isinstance(told, dict) else None
    if isinstance(result, Result) and result.outcome in OUTCOMES:
        return result
    return Result(UNKNOWN, reason="The gateway said nothing of this message.")
