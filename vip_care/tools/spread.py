"""Days of their own for contacts that fall on no date: spread over a period.

A million members are not all due on 1 January. Each has a slot by her id, each slot a
day of every year, half year or month, the same one every time. Salts keep the days of
two such contacts apart.
"""

from datetime import date, timedelta

SLOTS = 364
# How many days of a period are used: what its shortest instance has, less some air.
DAYS = {"year": 364, "half": 180, "month": 24}
STARTS = {"year": (1,), "half": (1, 7), "month": tuple(range(1, 13))}


def slots_between(first: date, last: date, period: str, salt: int = 0):
    """Return [(slot, day)] of the slots whose day is from `first` to `last`."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        place = (day - period_start(day, period)).days
        found += [
            (slot, day)
            for slot in range(SLOTS)
            if (slot + salt) % SLOTS % DAYS[period] == place
        ]
    return found


def period_start(day: date, period: str) -> date:
    """Return the first day of the period `day` is in."""
    month = max(start for start in STARTS[period] if start <= day.month)
    return day.replace(month=month, day=1)
