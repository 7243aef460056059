"""What gateways tell later, one by one and as the database can keep it.

Anybody may write to the address where they tell: one entry that is junk must not take
the others with it, a refusal least of all.
"""

import logging
from collections.abc import Callable, Iterable

from .base import Reply, Report

_logger = logging.getLogger(__name__)


def read_each(entries: list, read: Callable) -> list:
    """Return what `read` makes of the objects among entries, in their order.

    Of what it raises ValueError for, the log gets the number only; ValueError if
    nothing at all could be read.
    """
    found = []
    for entry in entries:
        try:
            if isinstance(entry, dict):
                found.append(read(entry))
        except ValueError:
            continue
    unread = len(entries) - len(found)
    if unread:
        _logger.warning("%s of %s entries cannot be read", unread, len(entries))
    if entries and not found:
        raise ValueError("No entry can be read.")
    return found


def storable(text: str) -> str:
    """Return a text without what PostgreSQL refuses: NUL and half characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def all_storable(told: Iterable[Report | Reply]) -> list[Report | Reply]:
    """Return reports or replies with texts the database can keep."""
    return [
        one._replace(
            **{
                name: storable(value)
                for name, value in one._asdict().items()
                if isinstance(value, str)
            }
        )
        for one in told
    ]
