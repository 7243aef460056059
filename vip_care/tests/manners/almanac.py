"""The days of festivals, mourning and birthdays, worked out by a second library."""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter
from tyme4py.lunar import LunarDay, LunarMonth, LunarYear
from tyme4py.solar import SolarTerm

CHINESE = {"CN", "TW", "HK"}
EVERYWHERE = frozenset(("CN", "TW", "HK"))
# Counted from the winter solstice of the year before, as tyme4py does.
TERMS = {
    **{"xiaohan": 1, "dahan": 2, "lichun": 3, "yushui": 4, "jingzhe": 5},
    **{"chunfen": 6, "qingming": 7, "guyu": 8, "lixia": 9, "xiaoman": 10},
    **{"mangzhong": 11, "xiazhi": 12, "xiaoshu": 13, "dashu": 14, "liqiu": 15},
    **{"chushu": 16, "bailu": 17, "qiufen": 18, "hanlu": 19, "shuangjiang": 20},
    **{"lidong": 21, "xiaoxue": 22, "daxue": 23, "dongzhi": 24},
}


def lunar(year, month, day, leap=False):
    """Return the day of a lunar date; the 30th of a short month is its last day.

    A leap month that the year does not have is the month of that number.
    """
    if leap and LunarYear.from_year(year).get_leap_month() == month:
        month = -month
    day = min(day, LunarMonth.from_ym(year, month).get_day_count())
    solar = LunarDay.from_ymd(year, month, day).get_solar_day()
    return date(solar.get_year(), solar.get_month(), solar.get_day())


def term(year, name):
    solar = SolarTerm.from_index(year, TERMS[name]).get_solar_day()
    return date(solar.get_year(), solar.get_month(), solar.get_day())


def nth_sunday(year, month, nth):
    sundays = [day for day in range(1, 32) if _is_sunday(year, month, day)]
    return date(year, month, sundays[nth - 1])


def _is_sunday(year, month, day):
    try:
        return date(year, month, day).isoweekday() == 7
    except ValueError:
        return False


def _fixed(month, day):
    return lambda year: date(year, month, day)


def _lunar(month, day):
    return lambda year: lunar(year, month, day)


# What the ready-made rules name: {key: (countries, day in a year, for whom)}.
FESTIVALS = {
    "new_years_eve_lunar": (
        CHINESE,
        lambda year: lunar(year, 1, 1) - timedelta(1),
        "all",
    ),
    "spring_festival": (CHINESE, _lunar(1, 1), "all"),
    "lantern_festival": (CHINESE, _lunar(1, 15), "all"),
    "dragon_boat": (CHINESE, _lunar(5, 5), "all"),
    "qixi": (CHINESE, _lunar(7, 7), "all"),
    "mid_autumn": (CHINESE, _lunar(8, 15), "all"),
    "double_ninth": (CHINESE, _lunar(9, 9), "all"),
    "new_year": (EVERYWHERE, _fixed(1, 1), "all"),
    "valentine": (EVERYWHERE, _fixed(2, 14), "all"),
    "womens_day": ({"CN"}, _fixed(3, 8), "women"),
    "childrens_day_tw": ({"TW"}, _fixed(4, 4), "parents"),
    "easter": ({"HK"}, easter, "all"),
    "labour_day": ({"CN"}, _fixed(5, 1), "all"),
    "day_520": ({"CN"}, _fixed(5, 20), "all"),
    "childrens_day": ({"CN"}, _fixed(6, 1), "parents"),
    "hksar_day": ({"HK"}, _fixed(7, 1), "all"),
    "mothers_day": (EVERYWHERE, lambda year: nth_sunday(year, 5, 2), "mothers"),
    "fathers_day": ({"CN", "HK"}, lambda year: nth_sunday(year, 6, 3), "fathers"),
    "fathers_day_tw": ({"TW"}, _fixed(8, 8), "fathers"),
    "teachers_day": ({"CN"}, _fixed(9, 10), "teachers"),
    "teachers_day_tw": ({"TW"}, _fixed(9, 28), "teachers"),
    "national_day": ({"CN"}, _fixed(10, 1), "all"),
    "double_tenth": ({"TW"}, _fixed(10, 10), "all"),
    "double_eleven": ({"CN"}, _fixed(11, 11), "all"),
    "christmas_eve": (EVERYWHERE, _fixed(12, 24), "all"),
    "christmas": (EVERYWHERE, _fixed(12, 25), "all"),
    "boxing_day": ({"HK"}, _fixed(12, 26), "all"),
}
SOLEMN = (
    (CHINESE, lambda year: term(year, "qingming")),
    (CHINESE, _lunar(7, 15)),
    ({"CN"}, _lunar(10, 1)),
    ({"CN"}, _fixed(9, 18)),
    ({"CN"}, _fixed(12, 13)),
    ({"TW"}, _fixed(2, 28)),
)


@lru_cache(None)
def days_of(key, country, year):
    """Return the days in `year` on which a country keeps a festival or season."""
    if key in FESTIVALS:
        countries, day_in, _audience = FESTIVALS[key]
        if country not in countries:
            return frozenset()
    elif key not in TERMS:
        return frozenset()  # of another part of the world
    else:
        day_in = lambda year: term(year, key)  # noqa: E731
    near = [day_in(near) for near in (year - 1, year, year + 1)]
    return frozenset(day for day in near if day.year == year)


@lru_cache(None)
def _solemn_days(country, year):
    return frozenset(
        day_in(near)
        for countries, day_in in SOLEMN
        if country in countries
        for near in (year - 1, year)
    )


def is_solemn(country, day):
    return day in _solemn_days(country, day.year)


@lru_cache(None)
def kept(calendar, month, day, leap, first_year, last_year):
    """Return [(day, year's key)] on which a birthday is kept, from year to year.

    29 February is kept on the 28th in common years.
    """
    if calendar == "lunar":
        return [
            (lunar(year, month, day, leap), f"L{year}")
            for year in range(first_year - 1, last_year + 1)
        ]
    return [
        (_solar(year, month, day), str(year))
        for year in range(first_year, last_year + 1)
    ]


def _solar(year, month, day):
    is_common = year % 4 or (year % 100 == 0 and year % 400)
    return date(year, month, 28 if (month, day) == (2, 29) and is_common else day)
