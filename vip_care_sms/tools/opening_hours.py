"""When the hours of all who are concerned allow a text message.

She may live in another country, and another time zone, than her store.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import phonenumbers
import pytz
from phonenumbers import timezone

Span = tuple[time, time]  # from, up to (not included)
DAYS = 14  # no opening until then is none
SPAN = re.compile(r"(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)")
DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212~", "-------")


class Clock(NamedTuple):
    """Somebody's hours, by the local days of her time zone."""

    zone: str
    hours_on: Callable[[date], list[Span]]


def read_hours(text: str) -> list[Span]:
    """Return the spans in `text` ("09:00-12:30, 13:30-21:00"); ValueError if unclear.

    Spans come in their order and do not overlap; the last may end at 24:00.
    """
    text = unicodedata.normalize("NFKC", text or "").translate(DASHES)
    spans = []
    for piece in re.split(r"[,;、\n]", text):
        match = SPAN.fullmatch(piece.strip())
        if not match:
            raise ValueError(text)
        numbers = [int(number) for number in match.groups()]
        start, end = time(*numbers[:2]), _end(*numbers[2:])
        if start >= end or spans and start < spans[-1][1]:
            raise ValueError(text)
        spans.append((start, end))
    return spans


def narrowed(spans: list[Span], by: list[Span]) -> list[Span]:
    """Return what both lists of spans allow."""
    return [
        (start, end)
        for first in spans
        for second in by
        if (start := max(first[0], second[0])) < (end := min(first[1], second[1]))
    ]


def next_common(
    clocks: list[Clock], moment: datetime, days: int = DAYS
) -> tuple[datetime, datetime] | None:
    """Return from when to when every clock is open, from `moment` on.

    Moments are naive and UTC; None if there are none within `days`.
    """
    for ahead in (1, days):  # nearly always the first day has one
        common = [(moment, moment + timedelta(days=ahead))]
        for clock in clocks:
            common = narrowed(common, _openings(clock, moment, ahead))
        if common:
            return common[0]
    return None


def region_of(number: str) -> str | None:
    """Return the country code of a number in E.164 form, or None."""
    parsed = _parse(number)
    region = parsed and phonenumbers.region_code_for_number(parsed)
    return region if region and region.isalpha() else None


def zones_of(number: str) -> list[str]:
    """Return the time zones a number may be in; none if nobody knows."""
    parsed = _parse(number)
    zones = timezone.time_zones_for_number(parsed) if parsed else ()
    return [zone for zone in zones if zone in pytz.all_timezones_set]


def _end(hour, minute):
    return time.max if (hour, minute) == (24, 0) else time(hour, minute)


def _openings(clock, moment, days):
    """Return the spans of `clock` from `moment` on as naive UTC moments."""
    zone = pytz.timezone(clock.zone)
    first = pytz.utc.localize(moment).astimezone(zone).date()
    return [
        (_utc(zone, day, start), _utc(zone, day, end))
        for day in (first + timedelta(days=n) for n in range(days + 2))
        for start, end in clock.hours_on(day)
    ]


def _utc(zone, day, clock_time):
    # localize() knows a time that a change of the clocks leaves out or repeats.
    local = zone.localize(datetime.combine(day, clock_time))
    return zone.normalize(local).astimezone(pytz.utc).replace(tzinfo=None)


def _parse(number):
    try:
        return phonenumbers.parse(number or "", None)
    except phonenumbers.NumberParseException:
        return None
