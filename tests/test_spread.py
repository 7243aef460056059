"""Days of one's own within a year, half year or month."""

from collections import Counter
from datetime import date, timedelta

import pytest

from vip_care.tools.spread import SLOTS, period_start, slots_between


@pytest.mark.parametrize("period", ["year", "half", "month"])
@pytest.mark.parametrize("salt", [0, 12, 60, 182, 363])
def test_each_slot_has_one_day_in_every_period(period, salt):
    """Four years with a leap year: nobody is forgotten or met twice."""
    found = slots_between(date(2026, 1, 1), date(2029, 12, 31), period, salt)
    counts = Counter((slot, period_start(day, period)) for slot, day in found)
    periods = {"year": 4, "half": 8, "month": 48}[period]
    assert set(counts.values()) == {1}
    assert len(counts) == SLOTS * periods


def test_days_are_shared_evenly():
    days = Counter(
        day
        for _slot, day in slots_between(date(2026, 1, 1), date(2026, 12, 31), "half")
    )
    assert max(days.values()) - min(days.values()) <= 1
    assert max(days) < date(2026, 12, 31)


def test_salt_moves_the_day():
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    plain = dict(slots_between(first, last, "year"))
    moved = dict(slots_between(first, last, "year", salt=182))
    assert all(abs(plain[slot] - moved[slot]) >= timedelta(days=182) for slot in plain)


def test_a_part_of_the_days_is_a_part_of_the_slots():
    whole = slots_between(date(2026, 12, 20), date(2027, 1, 20), "year")
    parts = slots_between(date(2026, 12, 20), date(2026, 12, 31), "year")
    parts += slots_between(date(2027, 1, 1), date(2027, 1, 20), "year")
    assert whole == parts
