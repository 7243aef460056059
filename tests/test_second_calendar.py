"""The calendar against a second, independent library: tyme4py, used in tests only.

Known to differ, each less than a minute from midnight: the months of 2089-09 and
2097-08 and a few terms (research section 1.8); none of the days here is among them.
"""

from datetime import date, timedelta
from functools import cache

import pytest
from tyme4py.lunar import LunarMonth, LunarYear
from tyme4py.solar import SolarTerm

from vip_care.tools.birthdays import kept_on, lunar_in, lunar_of
from vip_care.tools.occasion_list import OCCASIONS
from vip_care.tools.occasion_rules import LunarDay, Offset, Term

FIRST_YEAR, LAST_YEAR = 1950, 2080
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
# 大寒 of 1979 at 23:59:55; the almanacs print the day after.
TERMS_APART = {("dahan", 1979)}
FIRST_TERM = 1  # of a solar year in tyme4py, whose list begins with the solstice


@cache
def second_month(year, month):
    """Return first day and length of a lunar month; of a leap one `month` < 0."""
    lunar = LunarMonth.from_ym(year, month)
    day = lunar.get_first_julian_day().get_solar_day()
    first = date(day.get_year(), day.get_month(), day.get_day())
    return first, lunar.get_day_count()


@cache
def second_leap(year):
    return LunarYear.from_year(year).get_leap_month()


def second_lunar_in(year, month, day, leap):
    """Return the day a lunar birthday is kept, told with tyme4py alone."""
    in_leap = leap and second_leap(year) == month
    first, length = second_month(year, -month if in_leap else month)
    return first + timedelta(min(day, length) - 1)


def test_every_day_of_1950_to_2080_has_the_same_lunar_day():
    expected = second_month(FIRST_YEAR, 1)[0]
    for year in YEARS:
        for month in range(1, 13):
            for leap in (False, True)[: 1 + (second_leap(year) == month)]:
                first, length = second_month(year, -month if leap else month)
                assert first == expected
                for day in range(1, length + 1):
                    assert lunar_of(expected) == (month, day, leap), expected
                    expected += timedelta(1)
    assert expected == second_month(LAST_YEAR + 1, 1)[0]


@pytest.mark.parametrize("leap", [False, True])
def test_lunar_birthdays_are_kept_on_the_same_days(leap):
    for year in YEARS:
        for month in range(1, 13):
            for day in (1, 15, 29, 30):
                stated = (year, month, day, leap)
                assert lunar_in(*stated) == second_lunar_in(*stated), stated


def test_birthdays_of_each_day_are_those_of_the_second_calendar():
    for kept in kept_on(date(2020, 1, 1), date(2040, 12, 31)):
        if kept.calendar == "lunar":
            year = int(kept.year_key[1:])
            stated = (year, kept.month, kept.day, kept.is_leap)
            assert second_lunar_in(*stated) == kept.date, kept


def test_lunar_festivals_fall_on_the_same_days():
    checked = set()
    for occasion in OCCASIONS:
        rule, days = occasion.rule, 0
        if isinstance(rule, Offset):
            rule, days = rule.base, rule.days
        if isinstance(rule, LunarDay):
            checked.add(occasion.key)
            for year in YEARS:
                second = second_lunar_in(year, rule.month, rule.day, False)
                second += timedelta(days)
                assert second in occasion.dates_in(second.year), second
    assert len(checked) == 9


def test_solar_terms_fall_on_the_same_days():
    for occasion in OCCASIONS:
        if not isinstance(occasion.rule, Term):
            continue
        for year in YEARS:
            term = SolarTerm.from_index(year, occasion.rule.index + FIRST_TERM)
            day = term.get_solar_day()
            second = date(day.get_year(), day.get_month(), day.get_day())
            if (occasion.key, year) not in TERMS_APART:
                assert occasion.dates_in(year) == [second], (occasion.key, second)
