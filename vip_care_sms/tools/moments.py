"""Moments as gateways tell them."""

from datetime import datetime, timezone


def naive_moment(moment: datetime | None) -> datetime | None:
    """Return a moment as the database keeps it: in UTC, without zone or fractions."""
    if not isinstance(moment, datetime):
        return None
    if moment.tzinfo:
        moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    return moment.replace(microsecond=0)
