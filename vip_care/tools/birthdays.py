"""Birthdays as they are kept: by the solar or the lunar calendar, once a year.

A lunar birthday is kept as stated. Born in a leap month, one celebrates in it where the
year has it and else in the month of that number; born on the 30th, on the last day of
a short month. 29 February is kept on the 28th in common years, or on 1 March.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from borax.calendars.lunardate import LCalendars, LunarDate

from .dates import parse_birthday, parse_lunar_birthday
from .values import CellError

# Years whose months are known for every day of them.
FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR = 1901, 2099

# Days of birth that systems fill in where they have none: the zero of spreadsheets
# (30 and 31 December 1899, 1 January 1900 and 1904), of Unix clocks (1 January 1970,
# the day before west of Greenwich), the first day of SQL Server and of .NET. Who was
# truly born then says so by leaving the year away. 1 January of 1980, 1990 or 2000 is
# not here: many members were born then.
FILLED_IN = frozenset(
    date(*day)
    for day in (
        *((1, 1, 1), (1753, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1)),
        *((1904, 1, 1), (1969, 12, 31), (1970, 1, 1)),
    )
)

_LUNAR_WORD = re.compile(
    r"^\s*(?:lunar|农历|農曆|阴历|陰曆)\s*[:：]?\s*", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_LUNAR_YEAR = re.compile(r"(\d{4})\s*[-/.年]")


class Kept(NamedTuple):
    """A birthday as it is stated, and a day on which it is kept.

    `year_key` is the year it is kept for: "2026", or "L2026" for a lunar one.
    """

    date: date
    calendar: str
    month: int
    day: int
    is_leap: bool
    year_key: str


def solar_in(year: int, month: int, day: int, in_march: bool = False) -> date:
    """Return the day a solar birthday is kept in `year`.

    29 February: `in_march` says where it goes in common years.
    """
    try:
        return date(year, month, day)
    except ValueError:
        if (month, day) == (2, 29):
            return date(year, 3, 1) if in_march else date(year, 2, 28)
        raise


def lunar_in(year: int, month: int, day: int, is_leap: bool = False) -> date | None:
    """Return the solar date on which a lunar birthday is kept in a lunar year.

    None for years whose months are not known.
    """
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        return None
    leap = int(bool(is_leap) and LCalendars.leap_month(year) == month)
    last = LCalendars.ndays(year, month, leap)
    return LunarDate(year, month, min(day, last), leap).to_solar_date()


def lunar_of(day: date) -> tuple[int, int, bool] | None:
    """Return month, day and whether in a leap month of `day` by the lunar calendar."""
    if not date(FIRST_LUNAR_YEAR, 2, 19) <= day <= date(LAST_LUNAR_YEAR, 12, 31):
        return None
    lunar = LunarDate.from_solar(day)
    return lunar.month, lunar.day, bool(lunar.leap)


@lru_cache(256)
def kept_on(first: date, last: date, in_march: bool = False) -> tuple[Kept, ...]:
    """Return all birthdays one may state that are kept from `first` to `last`.

    Sorted by date. It is the inverse of `solar_in` and `lunar_in`: whoever states one
    of these is wished well on its date, once for each `year_key`. Days whose lunar
    month is not known have the solar birthdays only.
    """
    kept = []
    for days in range((last - first).days + 1):
        day = first + timedelta(days)
        stated = [(day.month, day.day)]
        if solar_in(day.year, 2, 29, in_march) == day and day.day != 29:
            stated.append((2, 29))
        kept += [Kept(day, "solar", *one, False, str(day.year)) for one in stated]
        kept += _lunar_kept(day)
    return tuple(kept)


def _lunar_kept(day):
    """Yield the lunar birthdays that are kept on `day`."""
    told = lunar_of(day)
    if not told:
        return
    month, number, in_leap_month = told
    lunar = LunarDate.from_solar(day)
    has_leap_twin = LCalendars.leap_month(lunar.year) == month
    # The 30th is kept on the last day of a short month.
    is_last = number == LCalendars.ndays(lunar.year, month, int(in_leap_month))
    for stated in range(number, 31 if is_last else number + 1):
        for is_leap in (False, True):
            if in_leap_month == (is_leap and has_leap_twin):
                key = f"L{lunar.year}"
                yield Kept(day, "lunar", month, stated, is_leap, key)


def nearest(
    today: date, birthday: dict, before: int, after: int, in_march: bool = False
) -> date | None:
    """Return the birthday from `before` days ago to `after` days ahead, or None.

    `birthday` is {calendar, month, day, leap}. A lunar one may fall twice into a solar
    year, or not at all: the lunar years around are asked. Of two, the next one counts.
    """
    years = range(today.year - 1, today.year + 2)
    month, day = birthday["month"], birthday["day"]
    if birthday["calendar"] == "lunar":
        days = [lunar_in(year, month, day, birthday.get("leap")) for year in years]
    else:
        days = [solar_in(year, month, day, in_march) for year in years]
    first, last = today - timedelta(before), today + timedelta(after)
    near = sorted(day for day in days if day and first <= day <= last)
    return next((day for day in near if day >= today), near[-1] if near else None)


def read_birthday(raw) -> dict:
    """Return a birthday told at the till: calendar, month, day, leap, date or None.

    `raw` is "1990-05-01", "05-01" (year unknown), "lunar 08-15", either with a year,
    or a dict of calendar, month, day, year and leap. `date` is the solar day of birth,
    `year_known` whether its year is hers. Raises CellError.
    """
    text = _as_text(raw) if isinstance(raw, dict) else raw
    if not isinstance(text, str) or not text.strip() or len(text) > 40:
        raise CellError("date")
    if match := _LUNAR_WORD.match(text):
        return _read_lunar(text[match.end() :].strip())
    if match := _MONTH_DAY.fullmatch(text.strip()):
        text = f"--{int(match[1]):02}-{int(match[2]):02}"
    born, unknown = parse_birthday(text) or (None, True)
    if not born:
        raise CellError("date")
    return {
        "calendar": "solar",
        "month": born.month,
        "day": born.day,
        "leap": False,
        "date": born,
        "year_known": not unknown,
    }


def _as_text(raw):
    """Return what a form of separate boxes says as it would be typed."""
    numbers = [raw.get(name) or None for name in ("year", "month", "day")]
    if any(type(value) not in (int, type(None)) for value in numbers):
        raise CellError("date")
    year, month, day = numbers
    if not month or not day:
        raise CellError("date")
    lunar = raw.get("calendar") == "lunar"
    leap = "闰" if lunar and raw.get("leap") else ""
    prefix = f"{year:04}-" if year else ""
    return f"{'lunar ' if lunar else ''}{prefix}{leap}{month:02}-{day:02}"


def _read_lunar(text):
    month, day, leap = parse_lunar_birthday(text) or (0, 0, False)
    if not month:
        raise CellError("lunar_day")
    year = _LUNAR_YEAR.match(text)
    return {
        "calendar": "lunar",
        "month": month,
        "day": day,
        "leap": leap,
        "date": _lunar_birth(int(year[1]), month, day, leap) if year else None,
        "year_known": bool(year),
    }


def _lunar_birth(year, month, day, leap):
    """Return the solar day of a birth in a lunar year: the day must have been."""
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        raise CellError("date_range")
    try:
        return LunarDate(year, month, day, int(leap)).to_solar_date()
    except ValueError as error:
        raise CellError("no_such_day") from error
