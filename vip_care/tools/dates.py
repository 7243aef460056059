"""Dates as shops write them: see `values.py` for the rules all cells share.

Read are 2024-03-05, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日, 民國113年3月5日 and
25/12/2024, with or without a time. 03/04/2024 may be March or April and is refused.
"""

import math
import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

from .values import CellError, number_text

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Of a birthday without a year: a leap year, so that 29 February can be kept.
NO_YEAR = 1904
EXCEL_EPOCH = datetime(1899, 12, 30)
# Serial numbers of 1900 to 2100: an Excel date whose cell is not formatted as one.
EXCEL_SERIALS = (367, 73_415)

_YEAR_FIRST = re.compile(
    r"(?P<era>民[國国]\s*)?([0-9]+)\s*[-/.年]\s*([0-9]+)\s*[-/.月]\s*([0-9]+)\s*[日号號]?"
)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_CLOCK = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_BIRTHDAY = re.compile(
    r"--([0-9]{2})-([0-9]{2})|([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号號]?"
)
_LUNAR = re.compile(r"(闰|閏)?\s*([0-9]{1,2})\s*[-月]\s*([0-9]{1,2})\s*[日号號]?")


def parse_date(raw):
    """Return a date, or None for an empty cell; a time of day is dropped."""
    moment = parse_moment(raw)
    return moment.date() if isinstance(moment, datetime) else moment


def parse_moment(raw):
    """Return a datetime, or a date where no time is given, or None if empty.

    A datetime is naive unless the cell names its distance from UTC.
    """
    if isinstance(raw, datetime):
        moment = raw
    elif isinstance(raw, date):
        moment = raw
    elif isinstance(raw, (int, float)) and not isinstance(raw, bool):
        moment = _excel_moment(raw)
    else:
        text = number_text(raw)
        if not text:
            return None
        moment = _read_moment(text)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise CellError("date_range")
    if isinstance(moment, datetime) and not isinstance(raw, str):
        moment = moment.replace(microsecond=0)
        if moment.time() == time.min:
            moment = moment.date()
    return moment


def _excel_moment(number):
    if isinstance(number, float) and not math.isfinite(number):
        raise CellError("date")
    if EXCEL_SERIALS[0] <= number < EXCEL_SERIALS[1]:
        return EXCEL_EPOCH + timedelta(seconds=round(number * 86_400))
    if number == int(number) and 0 < number < 10**9:
        return _read_date(str(int(number)))
    raise CellError("date")


def _read_moment(text):
    day, clock = text, None
    match = re.fullmatch(r"(.*?)(?:T|\s+)([0-9]{1,2}:.*)", text)
    if match:
        day, clock = match[1], _CLOCK.fullmatch(match[2])
        if not clock:
            raise CellError("time")
    found = _read_date(day)
    if not clock:
        return found
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
    if hour > 23 or minute > 59 or second > 59:
        raise CellError("time")
    moment = datetime(found.year, found.month, found.day, hour, minute, second)
    return moment.replace(tzinfo=_zone(clock[4])) if clock[4] else moment


def _zone(text):
    if text == "Z":
        return timezone.utc
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 15 or minutes > 59:
        raise CellError("time")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


@lru_cache(100_000)
def _read_date(text):
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first <= 12 and second <= 12 and first != second:
            raise CellError("date_order")
        day, month = (first, second) if second <= 12 else (second, first)
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(match[index]) for index in (2, 3, 4))
        if match["era"]:
            year += 1911
        elif len(match[2]) != 4:
            raise CellError("date_order")
    elif match := _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise CellError("date")
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise CellError("no_such_day") from error


def parse_birthday(raw):
    """Return (date, whether the year is unknown), or None for an empty cell."""
    text = "" if not isinstance(raw, str) else number_text(raw)
    if match := _BIRTHDAY.fullmatch(text):
        try:
            return date(NO_YEAR, *(int(part) for part in match.groups() if part)), True
        except ValueError as error:
            raise CellError("no_such_day") from error
    day = parse_date(raw)
    return day and (day, False)


def parse_lunar_birthday(raw):
    """Return (month, day, whether in a leap month) as stated, or None if empty."""
    if isinstance(raw, (date, int, float)) and not isinstance(raw, bool):
        raw = parse_date(raw).isoformat()
    text = number_text(raw)
    if not text:
        return None
    text = re.sub(r"^[0-9]{4}\s*[-/.年]\s*", "", text).replace("/", "-")
    match = _LUNAR.fullmatch(text)
    if not match or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 30):
        raise CellError("lunar_day")
    return int(match[2]), int(match[3]), bool(match[1])
