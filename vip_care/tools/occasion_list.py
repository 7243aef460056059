"""The occasions that come with VIP Care.

What and where: research/calendar-sms-privacy.md section 1.6. Days it states for a
country are kept there only; those kept wherever there are shops have no countries. The
lunar festivals and the solar terms are those of CN, TW, HK and MO.

Keys are stored with tasks and texts: they never change.
"""

from .occasion_rules import TERMS, Easter, LunarDay, Offset, SolarDay, Term, Weekday
from .occasions import Occasion

_MAY, _JUNE, _NOVEMBER = 5, 6, 11
_THURSDAY, _SUNDAY = 3, 6


def _in(codes):
    return frozenset(codes.split())


_CHINESE = _in("CN TW HK MO")

_LUNAR = (
    ("new_years_eve_lunar", "Lunar New Year's Eve", Offset(LunarDay(1, 1), -1)),
    ("spring_festival", "Spring Festival", LunarDay(1, 1)),
    ("lantern_festival", "Lantern Festival", LunarDay(1, 15)),
    ("dragon_boat", "Dragon Boat Festival", LunarDay(5, 5)),
    ("qixi", "Qixi Festival", LunarDay(7, 7)),
    ("mid_autumn", "Mid-Autumn Festival", LunarDay(8, 15)),
)

_SOLAR = (
    ("new_year", "New Year's Day", SolarDay(1, 1), ""),
    ("valentine", "Valentine's Day", SolarDay(2, 14), ""),
    ("womens_day", "Women's Day", SolarDay(3, 8), "CN"),
    ("childrens_day_tw", "Children's Day (Taiwan)", SolarDay(4, 4), "TW"),
    ("easter", "Easter", Easter(), "HK"),
    ("labour_day", "Labour Day", SolarDay(5, 1), "CN"),
    ("childrens_day", "Children's Day", SolarDay(6, 1), "CN"),
    ("teachers_day", "Teachers' Day", SolarDay(9, 10), "CN"),
    ("teachers_day_tw", "Teachers' Day (Taiwan)", SolarDay(9, 28), "TW"),
    ("national_day", "National Day", SolarDay(10, 1), "CN"),
    ("double_tenth", "Double Tenth Day", SolarDay(10, 10), "TW"),
    ("thanksgiving", "Thanksgiving", Weekday(_NOVEMBER, _THURSDAY, 4), "US"),
    ("christmas_eve", "Christmas Eve", SolarDay(12, 24), ""),
    ("christmas", "Christmas", SolarDay(12, 25), ""),
    ("boxing_day", "Boxing Day", SolarDay(12, 26), "HK"),
)

# Days for courteous words that wish no merriment.
_QUIET = (
    # In Hong Kong a day of visiting graves, elsewhere one of honouring the old.
    ("double_ninth", "Double Ninth Festival", LunarDay(9, 9), "CN TW HK MO"),
    ("hksar_day", "HKSAR Establishment Day", SolarDay(7, 1), "HK"),
)

_FAMILY = (
    ("mothers_day", "Mother's Day", Weekday(_MAY, _SUNDAY, 2), "CN TW HK US"),
    ("fathers_day", "Father's Day", Weekday(_JUNE, _SUNDAY, 3), "CN HK US"),
    ("fathers_day_tw", "Father's Day (Taiwan)", SolarDay(8, 8), "TW"),
)

_TRADE = (
    ("day_520", "520", SolarDay(5, 20), "CN"),
    ("double_eleven", "Double Eleven", SolarDay(11, 11), "CN"),
)

_SOLEMN = (
    ("qingming", "Qingming", Term.named("qingming"), "CN TW HK MO"),
    ("zhongyuan", "Zhongyuan Festival", LunarDay(7, 15), "CN TW HK MO"),
    ("hanyi", "Winter Clothes Day", LunarDay(10, 1), "CN"),
    ("september_18", "18 September Memorial Day", SolarDay(9, 18), "CN"),
    ("nanjing_memorial", "Nanjing Memorial Day", SolarDay(12, 13), "CN"),
    ("peace_memorial", "Peace Memorial Day", SolarDay(2, 28), "TW"),
)

# By index of `TERMS`. Qingming is a day of memory and stands there.
_SEASONS = (
    *("Minor Cold", "Major Cold", "Start of Spring", "Rain Water"),
    *("Awakening of Insects", "Spring Equinox", None, "Grain Rain"),
    *("Start of Summer", "Grain Buds", "Grain in Ear", "Summer Solstice"),
    *("Minor Heat", "Major Heat", "Start of Autumn", "End of Heat"),
    *("White Dew", "Autumn Equinox", "Cold Dew", "Frost's Descent"),
    *("Start of Winter", "Minor Snow", "Major Snow", "Winter Solstice"),
)


def _all(rows, kind, tone):
    return [Occasion(*row, kind, tone, _in(codes)) for *row, codes in rows]


OCCASIONS = (
    *(Occasion(*row, "festival", "cheerful", _CHINESE) for row in _LUNAR),
    *_all(_SOLAR, "festival", "cheerful"),
    *_all(_QUIET, "festival", "neutral"),
    *_all(_FAMILY, "family", "cheerful"),
    *_all(_TRADE, "trade", "cheerful"),
    *_all(_SOLEMN, "memorial", "solemn"),
    *(
        Occasion(TERMS[index], name, Term(index), "season", "neutral", _CHINESE)
        for index, name in enumerate(_SEASONS)
        if name
    ),
)
