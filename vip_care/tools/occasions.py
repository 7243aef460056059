"""Occasions: the dates on which a festival, a season or a day of memory falls.

Birthdays are not here but in `birthdays`. Dates are the shop's local calendar days;
terms and lunar months are those of UTC+8, as printed in the almanacs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .birthdays import FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR
from .occasion_rules import Rule

FIRST_YEAR, LAST_YEAR = FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR

TONES = ("cheerful", "neutral", "solemn")
KINDS = ("festival", "season", "family", "memorial", "trade")

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Occasion:
    """An occasion; it is kept everywhere where `countries` (ISO codes) is empty.

    A family occasion is for known parents only, on a solemn one nothing cheerful is
    said. Raises ValueError for a definition that makes no sense.
    """

    key: str
    name: str
    rule: Rule
    kind: str = "festival"
    tone: str = "cheerful"
    countries: frozenset[str] = frozenset()

    def __post_init__(self):
        if not isinstance(self.key, str) or not _KEY.fullmatch(self.key):
            raise ValueError(f"not a key: {self.key!r}")
        if not isinstance(self.rule, Rule):
            raise ValueError(f"{self.key}: not a rule: {self.rule!r}")
        if self.kind not in KINDS:
            raise ValueError(f"{self.key}: not a kind: {self.kind!r}")
        if self.tone not in TONES:
            raise ValueError(f"{self.key}: not a tone: {self.tone!r}")
        if not isinstance(self.countries, frozenset) or not all(
            isinstance(code, str) and _COUNTRY.fullmatch(code)
            for code in self.countries
        ):
            raise ValueError(f"{self.key}: not countries: {self.countries!r}")

    def is_kept_in(self, country: str) -> bool:
        """Return whether the occasion is kept in the country of that ISO code."""
        return not self.countries or country in self.countries

    def dates_in(self, year: int) -> list[date]:
        """Return its dates in a solar year, see `dates_in`."""
        return dates_in(self.rule, year)

    def dates_between(self, first: date, last: date) -> list[date]:
        """Return its dates from `first` to `last`, see `dates_between`."""
        return dates_between(self.rule, first, last)


def dates_in(rule: Rule, year: int) -> list[date]:
    """Return the dates of a rule in a solar year, sorted.

    One as a rule; late in the lunar year there may be none or two. Raises ValueError
    for years outside 1901 to 2099. Of 1901 lunar dates begin with the lunar new year,
    19 February: the year before it is not known.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{year} is not within {FIRST_YEAR} to {LAST_YEAR}")
    # A lunar year ends in the next solar one; an offset may carry across new year.
    days = [rule.day_of(near) for near in range(year - 1, year + 2)]
    return sorted(day for day in days if day and day.year == year)


def dates_between(rule: Rule, first: date, last: date) -> list[date]:
    """Return the dates of a rule from `first` to `last`, both included, sorted.

    Raises ValueError as `dates_in`; empty where `last` is before `first`.
    """
    for edge in (first, last):
        if not FIRST_YEAR <= edge.year <= LAST_YEAR:
            raise ValueError(f"{edge} is not within {FIRST_YEAR} to {LAST_YEAR}")
    years = range(first.year, last.year + 1)
    days = [day for year in years for day in dates_in(rule, year)]
    return [day for day in days if first <= day <= last]


def falling(
    occasions: Iterable[Occasion], country: str, first: date, last: date
) -> list[tuple[date, Occasion]]:
    """Return what is kept in a country from `first` to `last`, sorted by date.

    Occasions of one day keep the order they were given in. Raises as `dates_between`.
    """
    days = [
        (day, occasion)
        for occasion in occasions
        if occasion.is_kept_in(country)
        for day in occasion.dates_between(first, last)
    ]
    return sorted(days, key=lambda pair: pair[0])
