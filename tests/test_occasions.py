"""Occasions: which dates a rule gives, and those of the ready-made list.

Pinned dates are those of research/calendar-sms-privacy.md sections 1.6 and 1.9.
"""

import hashlib
from datetime import date, timedelta

import pytest
from borax.calendars.lunardate import LCalendars, LunarDate, TermUtils

from vip_care.tools.birthdays import lunar_of
from vip_care.tools.occasion_list import OCCASIONS
from vip_care.tools.occasion_rules import (
    LAST,
    TERMS,
    Easter,
    LunarDay,
    Offset,
    SolarDay,
    Term,
    Weekday,
)
from vip_care.tools.occasions import (
    FIRST_YEAR,
    LAST_YEAR,
    Occasion,
    dates_between,
    dates_in,
    falling,
)

OF_KEY = {occasion.key: occasion for occasion in OCCASIONS}
COUNTRIES = ("CN", "TW", "HK", "MO", "US")

TABLE_KEYS = (
    *("spring_festival", "lantern_festival", "qingming", "lixia", "dragon_boat"),
    *("liqiu", "qixi", "mid_autumn", "double_ninth", "lidong", "dongzhi"),
    *("mothers_day", "fathers_day"),
)
TABLE = {
    2026: "0217 0303 0405 0505 0619 0807 0819 0925 1018 1107 1222 0510 0621",
    2027: "0206 0220 0405 0506 0609 0808 0808 0915 1008 1107 1222 0509 0620",
    2028: "0126 0209 0404 0505 0528 0807 0826 1003 1026 1107 1221 0514 0618",
    2029: "0213 0227 0404 0505 0616 0807 0816 0922 1016 1107 1221 0513 0617",
}


def keys_on(country, day):
    return {occasion.key for _, occasion in falling(OCCASIONS, country, day, day)}


@pytest.mark.parametrize("year", TABLE)
def test_the_dates_of_2026_to_2029_are_those_of_the_almanac(year):
    dates = [OF_KEY[key].dates_in(year) for key in TABLE_KEYS]
    assert dates == [
        [date(year, int(text[:2]), int(text[2:]))] for text in TABLE[year].split()
    ]


@pytest.mark.parametrize(
    "day",
    [date(2026, 2, 16), date(2027, 2, 5), date(2028, 1, 25), date(2029, 2, 12)],
)
def test_new_years_eve_is_the_29th_where_the_last_month_is_short(day):
    assert OF_KEY["new_years_eve_lunar"].dates_in(day.year) == [day]
    assert lunar_of(day) == (12, 29, False)


def test_new_years_eve_is_the_day_before_new_year():
    for year in range(1902, 2100):
        [eve] = OF_KEY["new_years_eve_lunar"].dates_in(year)
        [new_year] = OF_KEY["spring_festival"].dates_in(year)
        assert eve == new_year - timedelta(1)
        assert lunar_of(new_year) == (1, 1, False)
        assert lunar_of(eve)[0] == 12
    assert OF_KEY["new_years_eve_lunar"].dates_in(2030) == [date(2030, 2, 2)]


def test_no_festival_falls_in_a_leap_month():
    lunar = [one for one in OCCASIONS if isinstance(one.rule, LunarDay)]
    assert len(lunar) == 8
    for year in range(1902, 2099):
        for occasion in lunar:
            for day in occasion.dates_in(year):
                rule = occasion.rule
                assert lunar_of(day) == (rule.month, rule.day, False)
    # 闰六月 and 闰五月; 2033 has its leap month in winter, after 中秋.
    assert OF_KEY["qixi"].dates_in(2025) == [date(2025, 8, 29)]
    assert OF_KEY["dragon_boat"].dates_in(2028) == [date(2028, 5, 28)]
    assert lunar_of(date(2028, 6, 27)) == (5, 5, True)
    assert OF_KEY["mid_autumn"].dates_in(2033) == [date(2033, 9, 8)]
    assert OF_KEY["spring_festival"].dates_in(2034) == [date(2034, 2, 19)]


def test_occasions_that_meet_are_all_told():
    assert keys_on("TW", date(2027, 8, 8)) == {"qixi", "liqiu", "fathers_day_tw"}
    assert keys_on("CN", date(2027, 8, 8)) == {"qixi", "liqiu"}
    assert keys_on("HK", date(2026, 4, 5)) == {"qingming", "easter"}
    assert keys_on("CN", date(2028, 10, 3)) == {"mid_autumn"}


def test_parents_days_are_those_of_the_country():
    assert keys_on("TW", date(2026, 6, 21)) == {"xiazhi"}
    assert keys_on("CN", date(2026, 6, 21)) == {"xiazhi", "fathers_day"}
    assert keys_on("HK", date(2026, 6, 21)) == {"xiazhi", "fathers_day"}
    assert keys_on("US", date(2026, 6, 21)) == {"fathers_day"}
    assert "fathers_day_tw" not in keys_on("CN", date(2026, 8, 8))
    for country in ("CN", "TW", "HK", "US"):
        assert keys_on(country, date(2026, 5, 10)) == {"mothers_day"}


def test_solemn_days_are_those_of_the_country():
    year = date(2026, 1, 1), date(2026, 12, 31)

    def solemn(country):
        days = falling(OCCASIONS, country, *year)
        return [f"{day:%m%d}" for day, one in days if one.tone == "solemn"]

    # 清明, 中元, 九一八, 寒衣, 公祭日; Taiwan's of February.
    assert solemn("CN") == ["0405", "0827", "0918", "1109", "1213"]
    assert solemn("TW") == ["0228", "0405", "0827"]
    assert solemn("HK") == solemn("MO") == ["0405", "0827"]
    assert solemn("US") == []


@pytest.mark.parametrize(
    ("country", "days"),
    [
        ("CN", "0101 0214 0308 0501 0520 0601 0910 1001 1111 1224 1225"),
        ("TW", "0101 0214 0404 0928 1010 1224 1225"),
        ("HK", "0101 0214 0405 0701 1224 1225 1226"),
        ("MO", "0101 0214 1224 1225"),
        ("US", "0101 0214 1126 1224 1225"),
    ],
)
def test_other_days_are_those_of_the_country(country, days):
    others = [
        one
        for one in OCCASIONS
        if one.kind in ("festival", "trade")
        and isinstance(one.rule, SolarDay | Weekday | Easter)
    ]
    told = falling(others, country, date(2026, 1, 1), date(2026, 12, 31))
    assert [f"{day:%m%d}" for day, _ in told] == days.split()


def test_every_ready_made_occasion_has_one_date_a_year():
    for occasion in OCCASIONS:
        for year in range(1902, 2099):
            assert len(occasion.dates_in(year)) == 1, (occasion.key, year)


def test_the_list_is_sound():
    assert len(OF_KEY) == len(OCCASIONS)
    assert set(TERMS) <= set(OF_KEY)
    assert len({occasion.name for occasion in OCCASIONS}) == len(OCCASIONS)
    for occasion in OCCASIONS:
        assert occasion.countries <= set(COUNTRIES)
        assert (occasion.kind == "memorial") == (occasion.tone == "solemn")
    assert keys_on("FR", date(2026, 12, 25)) == {"christmas"}
    assert keys_on("FR", date(2026, 2, 17)) == set()
    for country in COUNTRIES:
        rules = [one.rule for one in OCCASIONS if one.is_kept_in(country)]
        assert len(set(rules)) == len(rules)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("lichun", ("2021-02-03", "2024-02-04", "2025-02-03", "2026-02-04")),
        ("惊蛰", ("2024-03-05", "2026-03-05")),
        ("驚蟄", ("2024-03-05", "2026-03-05")),
        ("qingming", ("1976-04-04", "2025-04-04", "2026-04-05")),
        ("芒種", ("2024-06-05", "2026-06-05")),
        ("小满", ("2008-05-21", "2026-05-21")),
        ("liqiu", ("2024-08-07", "2027-08-08")),
        ("冬至", ("1951-12-23", "2021-12-21", "2024-12-21", "2026-12-22")),
        ("xiaohan", ("2026-01-05", "2100-01-05")),
    ],
)
def test_terms_are_found_by_name(name, days):
    days = [date.fromisoformat(day) for day in days]
    assert [Term.named(name).day_of(day.year) for day in days] == days


def test_a_weekday_is_counted_from_either_end():
    assert Weekday(11, 3, 4).day_of(2026) == date(2026, 11, 26)
    assert Weekday(11, 3, 4).day_of(2029) == date(2029, 11, 22)
    assert Weekday(5, 0, LAST).day_of(2026) == date(2026, 5, 25)
    assert Weekday(12, 3, LAST).day_of(2026) == date(2026, 12, 31)
    assert Weekday(2, 3, LAST).day_of(2024) == date(2024, 2, 29)
    assert Weekday(6, 0, 1).day_of(2026) == date(2026, 6, 1)


def test_easter_and_what_hangs_on_it():
    known = (date(1943, 4, 25), date(2008, 3, 23), date(2026, 4, 5), date(2038, 4, 25))
    for sunday in known:
        assert dates_in(Easter(), sunday.year) == [sunday]
        assert dates_in(Easter(-2), sunday.year) == [sunday - timedelta(2)]


def test_29_february_is_kept_every_year():
    rule = SolarDay(2, 29)
    assert dates_in(rule, 2027) == [date(2027, 2, 28)]
    assert dates_in(rule, 2028) == [date(2028, 2, 29)]


def test_a_lunar_day_may_fall_twice_into_a_year_or_not_at_all():
    rule = LunarDay(11, 20)
    assert len(dates_in(rule, 2026)) == 2
    assert dates_in(rule, 2028) == []
    assert dates_in(LunarDay(1, 30), 2027) == [date(2027, 3, 7)]


def test_days_between_reach_across_new_year():
    eve = Offset(SolarDay(1, 1), -1)
    assert dates_in(eve, 2026) == [date(2026, 12, 31)]
    assert dates_in(Offset(SolarDay(12, 31), 2), 2099) == [date(2099, 1, 2)]
    assert dates_in(Offset(Term(0), -10), LAST_YEAR) == [date(2099, 12, 26)]
    first, last = date(2026, 12, 31), date(2027, 12, 31)
    assert dates_between(eve, first, last) == [first, last]
    assert dates_between(eve, last, first) == []
    told = falling(OCCASIONS, "CN", date(2026, 12, 22), date(2027, 2, 6))
    assert [(f"{day:%m%d}", one.key) for day, one in told] == [
        ("1222", "dongzhi"),
        ("1224", "christmas_eve"),
        ("1225", "christmas"),
        ("0101", "new_year"),
        ("0105", "xiaohan"),
        ("0120", "dahan"),
        ("0204", "lichun"),
        ("0205", "new_years_eve_lunar"),
        ("0206", "spring_festival"),
    ]


def test_years_that_are_not_known_are_refused():
    rule = LunarDay(8, 15)
    for year in (1899, FIRST_YEAR - 1, LAST_YEAR + 1, 2101):
        with pytest.raises(ValueError, match="1901 to 2099"):
            dates_in(rule, year)
        with pytest.raises(ValueError, match="1901 to 2099"):
            dates_between(rule, date(2026, 1, 1), date(year, 1, 1))
    assert len(dates_in(rule, FIRST_YEAR)) == len(dates_in(rule, LAST_YEAR)) == 1


@pytest.mark.parametrize(
    ("make", "values"),
    [
        *[(SolarDay, values) for values in ((2, 30), (4, 31), (13, 1), (0, 1), (1, 0))],
        *[(SolarDay, values) for values in ((1.0, 1), ("1", 1), (True, 1))],
        *[(Weekday, values) for values in ((5, 7, 1), (5, 6, 5), (5, 6, 0))],
        *[(Weekday, values) for values in ((0, 6, 1), (5, -1, 1), (5, 6, -2))],
        *[(LunarDay, values) for values in ((13, 1), (1, 31), (0, 1), (12, 0))],
        *[(Term, (24,)), (Term, (-1,)), (Term, ("lichun",))],
        *[(Term.named, ("spring",)), (Term.named, ("",))],
        *[(Easter, (81,)), (Easter, (None,))],
        *[(Offset, (SolarDay(1, 1), 32)), (Offset, ("easter", 1))],
        (Offset, (Offset(Easter(), 1), 1)),
    ],
)
def test_impossible_rules_are_refused(make, values):
    with pytest.raises(ValueError, match="."):
        make(*values)


@pytest.mark.parametrize(
    "change",
    [
        *[{"key": "Qixi"}, {"key": ""}, {"key": None}, {"rule": "7-7"}],
        *[{"kind": "party"}, {"tone": "loud"}],
        *[{"countries": frozenset({"cn"})}, {"countries": frozenset({"CHN"})}],
        *[{"countries": "CN"}, {"countries": {"CN"}}, {"countries": frozenset({1})}],
    ],
)
def test_impossible_occasions_are_refused(change):
    good = {"key": "qixi", "name": "Qixi", "rule": LunarDay(7, 7)}
    assert Occasion(**good).dates_in(2027) == [date(2027, 8, 8)]
    with pytest.raises(ValueError, match="."):
        Occasion(**(good | change))


def test_the_tables_are_the_ones_that_were_checked():
    """Months and terms of 1901-2099, compared by hand with tyme4py 1.5.0.

    They differ in the months of 2089-09 and 2097-08 and the 大寒 of 1979 only, all on
    the allow-list of research section 1.8.
    """
    digest, years = hashlib.sha256(), range(1901, 2100)
    for year in years:
        for month, length, leap in LCalendars.iter_year_month(year):
            start = LunarDate(year, month, 1, leap).to_solar_date()
            digest.update(f"{start} {month} {leap} {length}\n".encode())
    for year in years:
        for index in range(len(TERMS)):
            digest.update(f"{TermUtils.nth_term_day(year, index)}\n".encode())
    assert digest.hexdigest() == (
        "fa513bebc0b29f8734b2911ca56613938b0e3d317ea46d458fb053666030b32d"
    )
