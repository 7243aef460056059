"""Calendar-month windows at every edge."""

from datetime import date, timedelta

import pytest

from vip_care.tools.windows import add_months, window_start


@pytest.mark.parametrize("months", [0, 1, 3, 6, 12, 18, 24])
def test_start_is_the_first_day_still_inside(months):
    """For each day of five years: exactly `months` old is in, one day more is out."""
    day = date(2023, 1, 1)
    while day < date(2028, 1, 1):
        start = window_start(day, months)
        assert add_months(start, months) >= day
        assert add_months(start - timedelta(days=1), months) < day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    "day, months, start",
    [
        (date(2026, 6, 15), 3, date(2026, 3, 15)),
        (date(2026, 5, 31), 3, date(2026, 3, 1)),
        (date(2026, 2, 28), 3, date(2025, 11, 28)),
        (date(2028, 2, 29), 12, date(2027, 3, 1)),
        (date(2029, 2, 28), 12, date(2028, 2, 28)),
    ],
)
def test_examples(day, months, start):
    assert window_start(day, months) == start
