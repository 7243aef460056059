"""Rules by which an occasion finds its day in a year.

A rule is a value: it refuses an impossible definition with ValueError and answers
`day_of(year)`. The year is a solar one, for `LunarDay` the lunar year that begins in
it. The answer is None where the calendar of that year is not known. Rules do not say
which dates a solar year has: a lunar day may fall into it twice, or not at all; that
is `occasions.dates_in`.

Conventions: research/calendar-sms-privacy.md sections 1.5, 1.6 and 1.9 (C8 to C10).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from borax.calendars.lunardate import TERMS_CN, TermUtils
from dateutil.easter import easter

from .birthdays import lunar_in, solar_in

LAST = -1  # as the `nth` of a weekday

# By index, as `TERMS_CN`: the first term of a solar year is 小寒.
TERMS = (
    *("xiaohan", "dahan", "lichun", "yushui", "jingzhe", "chunfen"),
    *("qingming", "guyu", "lixia", "xiaoman", "mangzhong", "xiazhi"),
    *("xiaoshu", "dashu", "liqiu", "chushu", "bailu", "qiufen"),
    *("hanlu", "shuangjiang", "lidong", "xiaoxue", "daxue", "dongzhi"),
)
_SIMPLIFIED = str.maketrans("驚蟄穀滿種處", "惊蛰谷满种处")

# No day of the lunar year 2100 moves back into 2099, and Easter stays in its year.
_MOST_OFFSET, _MOST_EASTER_OFFSET = 31, 80


@dataclass(frozen=True)
class SolarDay:
    """A day of the solar calendar; 29 February is kept on the 28th in common years."""

    month: int
    day: int

    def __post_init__(self):
        _check("month", self.month, 1, 12)
        _check("day", self.day, 1, 31)
        date(2000, self.month, self.day)  # a leap year: raises for 30 February

    def day_of(self, year: int) -> date:
        return solar_in(year, self.month, self.day)


@dataclass(frozen=True)
class Weekday:
    """The first to fourth, or `LAST`, weekday (0 is Monday, 6 Sunday) of a month."""

    month: int
    weekday: int
    nth: int

    def __post_init__(self):
        _check("month", self.month, 1, 12)
        _check("weekday", self.weekday, 0, 6)
        if self.nth != LAST:
            # Not every month has a fifth one.
            _check("nth", self.nth, 1, 4)

    def day_of(self, year: int) -> date:
        if self.nth == LAST:
            end = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(1)
            return end - timedelta((end.weekday() - self.weekday) % 7)
        start = date(year, self.month, 1)
        ahead = (self.weekday - start.weekday()) % 7
        return start + timedelta(ahead + 7 * (self.nth - 1))


@dataclass(frozen=True)
class LunarDay:
    """A day of the lunar calendar: never in a leap month, the 30th on the last day.

    New Year's Eve is no `LunarDay` but `Offset(LunarDay(1, 1), -1)`.
    """

    month: int
    day: int

    def __post_init__(self):
        _check("month", self.month, 1, 12)
        _check("day", self.day, 1, 30)

    def day_of(self, year: int) -> date | None:
        return lunar_in(year, self.month, self.day)


@dataclass(frozen=True)
class Term:
    """One of the 24 solar terms, by its index in `TERMS`; `named` takes its name."""

    index: int

    def __post_init__(self):
        _check("index", self.index, 0, len(TERMS) - 1)

    @classmethod
    def named(cls, name: str) -> "Term":
        """Return the term of that pinyin ("lichun") or Chinese name, in either script.

        Raises ValueError for any other name.
        """
        if name in TERMS:
            return cls(TERMS.index(name))
        chinese = name.translate(_SIMPLIFIED)
        if chinese not in TERMS_CN:
            raise ValueError(f"no solar term: {name!r}")
        return cls(TERMS_CN.index(chinese))

    def day_of(self, year: int) -> date | None:
        # What borax has, to look over the edges of the years we answer for.
        if not 1900 <= year <= 2100:
            return None
        return TermUtils.nth_term_day(year, self.index)


@dataclass(frozen=True)
class Easter:
    """Easter Sunday of the western churches, or so many days after (before: < 0)."""

    days: int = 0

    def __post_init__(self):
        _check("days", self.days, -_MOST_EASTER_OFFSET, _MOST_EASTER_OFFSET)

    def day_of(self, year: int) -> date:
        return easter(year) + timedelta(self.days)


_Base = SolarDay | Weekday | LunarDay | Term | Easter


@dataclass(frozen=True)
class Offset:
    """So many days (at most 31) after the day of another rule (before: < 0)."""

    base: _Base
    days: int

    def __post_init__(self):
        if not isinstance(self.base, _Base):
            raise ValueError(f"no rule to count days from: {self.base!r}")
        _check("days", self.days, -_MOST_OFFSET, _MOST_OFFSET)

    def day_of(self, year: int) -> date | None:
        day = self.base.day_of(year)
        return day and day + timedelta(self.days)


Rule = _Base | Offset


def _check(what, value, low, high):
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"{what} must be {low} to {high}, not {value!r}")
