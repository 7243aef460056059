"""Birthdays: the rule for leap months, short months and 29 February; how they are told."""

import sys
from datetime import date, timedelta

import pytest

from vip_care.tools.birthdays import (
    FILLED_IN,
    kept_on,
    lunar_in,
    lunar_of,
    nearest,
    read_birthday,
    solar_in,
)
from vip_care.tools.values import CellError


def lunar(month, day, leap=False):
    return {"calendar": "lunar", "month": month, "day": day, "leap": leap}


def solar(month, day):
    return {"calendar": "solar", "month": month, "day": day, "leap": False}


@pytest.mark.parametrize(
    ("stated", "year", "kept"),
    [
        ((6, 15, True), 2024, date(2024, 7, 20)),
        ((6, 15, True), 2025, date(2025, 8, 8)),
        ((6, 15, False), 2025, date(2025, 7, 9)),
        ((6, 15, True), 2026, date(2026, 7, 28)),
        ((10, 5, True), 2026, date(2026, 11, 13)),
        ((12, 30, False), 2025, date(2026, 2, 16)),
        ((12, 30, False), 2029, date(2030, 2, 2)),
        ((1, 30, False), 2027, date(2027, 3, 7)),
        ((8, 15, False), 2028, date(2028, 10, 3)),
        # The leap month is short where the month itself is long.
        ((6, 30, True), 2025, date(2025, 8, 22)),
    ],
)
def test_lunar_birthday_is_kept_once_a_lunar_year(stated, year, kept):
    assert lunar_in(year, *stated) == kept


@pytest.mark.parametrize(
    ("day", "stated"),
    [
        (date(1978, 9, 3), (8, 1, False)),
        (date(1978, 9, 2), (7, 30, False)),
        (date(1933, 7, 22), (5, 30, True)),
        (date(1996, 7, 15), (5, 30, False)),
        (date(1954, 11, 25), (11, 1, False)),
        (date(2033, 12, 22), (11, 1, True)),
        (date(1916, 2, 3), (1, 1, False)),
        (date(2057, 9, 29), (9, 1, False)),
    ],
)
def test_a_solar_day_is_the_lunar_day_the_almanacs_print(day, stated):
    assert lunar_of(day) == stated


def test_there_and_back_gives_the_same_day():
    day, steps = date(1901, 2, 19), 0
    while day < date(2099, 1, 1):
        month, number, leap = lunar_of(day)
        year = day.year if day >= lunar_in(day.year, 1, 1) else day.year - 1
        assert lunar_in(year, month, number, leap) == day
        day, steps = day + timedelta(17), steps + 1
    assert steps > 4000


def test_every_lunar_birthday_is_kept_every_lunar_year():
    for stated in ((6, 15, True), (10, 5, True), (12, 30, False), (8, 30, False)):
        days = [lunar_in(year, *stated) for year in range(1901, 2100)]
        assert len(set(days)) == 199
        gaps = {(b - a).days for a, b in zip(days, days[1:], strict=False)}
        assert 324 <= min(gaps) and max(gaps) <= 414


def stated_days():
    """Return every birthday one may state, as (calendar, month, day, leap)."""
    months, days = range(1, 13), range(1, 32)
    solar_days = [
        ("solar", month, day, False)
        for month in months
        for day in days
        if (month, day) == (2, 29) or _is_day(2026, month, day)
    ]
    lunar_days = [
        ("lunar", month, day, leap)
        for month in months
        for day in range(1, 31)
        for leap in (False, True)
    ]
    return solar_days + lunar_days


def _is_day(*parts):
    try:
        return bool(date(*parts))
    except ValueError:
        return False


@pytest.mark.parametrize("in_march", [False, True])
def test_birthdays_of_a_day_are_those_kept_on_it(in_march):
    """`kept_on` is `solar_in` and `lunar_in` asked the other way round."""
    first, last = date(2023, 12, 1), date(2036, 2, 28)
    want = set()
    for calendar, month, day, leap in stated_days():
        for year in range(2022, 2038):
            if calendar == "solar":
                on, key = solar_in(year, month, day, in_march), f"{year}"
            else:
                on, key = lunar_in(year, month, day, leap), f"L{year}"
            if first <= on <= last:
                want.add((on, calendar, month, day, leap, key))
    kept = kept_on(first, last, in_march)
    assert set(kept) == want
    assert len(kept) == len(want)
    assert list(kept) == sorted(kept, key=lambda one: one.date)


def test_each_birthday_is_kept_once_a_year_of_its_own():
    seen = {}
    for kept in kept_on(date(1950, 1, 1), date(2080, 12, 31)):
        stated = (kept.calendar, kept.month, kept.day, kept.is_leap)
        assert kept.year_key not in seen.setdefault(stated, set())
        seen[stated].add(kept.year_key)
    assert set(seen) == set(stated_days())
    # 131 solar years; of lunar ones the first or the last may be cut off.
    assert {len(years) for years in seen.values()} <= {130, 131, 132}


def test_beyond_the_tables_solar_birthdays_are_kept_all_the_same():
    for year in (1899, 2100, 2101):
        kept = kept_on(date(year, 2, 1), date(year, 3, 1))
        assert len(kept) == 30  # 29 February too
        assert {one.calendar for one in kept} == {"solar"}
    assert kept_on(date(2026, 1, 2), date(2026, 1, 1)) == ()


def test_who_may_be_born_then_is_no_default():
    assert date(1970, 1, 1) in FILLED_IN
    for day in (date(1980, 1, 1), date(1990, 1, 1), date(2000, 1, 1)):
        assert day not in FILLED_IN


def test_years_without_known_months_give_nothing():
    assert lunar_in(1899, 1, 1) is None
    assert lunar_in(2101, 1, 1) is None
    assert lunar_of(date(1880, 1, 1)) is None
    assert nearest(date(2150, 1, 1), lunar(1, 1), 3, 14) is None


def test_29_february_is_kept_on_the_28th_in_common_years():
    assert solar_in(2027, 2, 29) == date(2027, 2, 28)
    assert solar_in(2028, 2, 29) == date(2028, 2, 29)
    assert nearest(date(2027, 2, 20), solar(2, 29), 3, 14) == date(2027, 2, 28)
    assert nearest(date(2028, 2, 20), solar(2, 29), 3, 14) == date(2028, 2, 29)
    assert solar_in(2027, 2, 29, in_march=True) == date(2027, 3, 1)
    assert solar_in(2028, 2, 29, in_march=True) == date(2028, 2, 29)
    assert nearest(date(2027, 2, 20), solar(2, 29), 3, 14, True) == date(2027, 3, 1)
    with pytest.raises(ValueError):
        solar_in(2027, 2, 30)


@pytest.mark.parametrize(
    ("today", "birthday", "near"),
    [
        (date(2026, 5, 1), solar(5, 1), date(2026, 5, 1)),
        (date(2026, 5, 4), solar(5, 1), date(2026, 5, 1)),
        (date(2026, 5, 5), solar(5, 1), None),
        (date(2026, 4, 17), solar(5, 1), date(2026, 5, 1)),
        (date(2026, 4, 16), solar(5, 1), None),
        (date(2026, 12, 25), solar(1, 3), date(2027, 1, 3)),
        (date(2027, 1, 2), solar(12, 31), date(2026, 12, 31)),
        (date(2026, 2, 10), lunar(12, 30), date(2026, 2, 16)),
        (date(2026, 2, 18), lunar(12, 30), date(2026, 2, 16)),
        # Twice within a solar year: each is near in its time.
        (date(2026, 1, 1), lunar(11, 20), date(2026, 1, 8)),
        (date(2026, 12, 20), lunar(11, 20), date(2026, 12, 28)),
    ],
)
def test_near_is_from_three_days_past_to_two_weeks_ahead(today, birthday, near):
    assert nearest(today, birthday, 3, 14) == near


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("1990-05-01", ("solar", 5, 1, False, date(1990, 5, 1), True)),
        ("1990年5月1日", ("solar", 5, 1, False, date(1990, 5, 1), True)),
        ("05-01", ("solar", 5, 1, False, date(1904, 5, 1), False)),
        ("5/1", ("solar", 5, 1, False, date(1904, 5, 1), False)),
        ("5月1日", ("solar", 5, 1, False, date(1904, 5, 1), False)),
        ("02-29", ("solar", 2, 29, False, date(1904, 2, 29), False)),
        ("lunar 08-15", ("lunar", 8, 15, False, None, False)),
        ("农历8月15日", ("lunar", 8, 15, False, None, False)),
        ("農曆 閏6月15日", ("lunar", 6, 15, True, None, False)),
        ("lunar 1990-08-15", ("lunar", 8, 15, False, date(1990, 10, 3), True)),
        (
            {"calendar": "solar", "month": 5, "day": 1, "year": 1990},
            ("solar", 5, 1, False, date(1990, 5, 1), True),
        ),
        (
            {"calendar": "solar", "month": 5, "day": 1, "year": False},
            ("solar", 5, 1, False, date(1904, 5, 1), False),
        ),
        (
            {"calendar": "lunar", "month": 6, "day": 15, "leap": True},
            ("lunar", 6, 15, True, None, False),
        ),
    ],
)
def test_birthday_is_read_as_it_is_told(raw, told):
    names = ("calendar", "month", "day", "leap", "date", "year_known")
    assert tuple(read_birthday(raw)[name] for name in names) == told


@pytest.mark.parametrize(
    "raw",
    [
        *("", " ", "lunar", "lunar 13-01", "lunar 1-31", "02-30", "13-01", "soon"),
        *("1990-02-30", "lunar 1990-08-31", "lunar 1990-闰8-15", "lunar 1800-8-15"),
        *(None, 5, True, 19900501, [], ["05-01"], "9" * 50, {}, {"month": 5}),
        *({"month": "5", "day": "1"}, {"month": True, "day": 1}),
        *({"calendar": "lunar", "month": 13, "day": 1}, {"month": -5, "day": 1}),
        *({"month": 10**30, "day": 1}, {"month": 5, "day": 1, "year": 3}),
    ],
)
def test_what_is_no_birthday_is_refused(raw):
    with pytest.raises(CellError):
        read_birthday(raw)


def test_no_calendar_under_another_licence_is_loaded():
    assert not {"lunardate", "zhdate"} & set(sys.modules)
