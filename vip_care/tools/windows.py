"""Calendar-month windows, as the programme's rules count them.

Every rule of the programme that says "within n months" means calendar months: a
purchase of 31 January is three months old on 30 April and too old on 1 May. All of
them go through `window_start`, in Python and (as a constant) in SQL, so that a member
never stands on both sides of an edge.
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day where it has none."""
    return day + relativedelta(months=months)


def window_start(day: date, months: int) -> date:
    """Return the earliest date that is still at most `months` months old on `day`.

    Exactly `months` months old is inside: `window_start(d, m) <= x` holds if and only
    if `add_months(x, m) >= d` (the last days of long months are why this is not simply
    `add_months(day, -months)`).
    """
    start = add_months(day, -months)
    while add_months(start, months) < day:
        start += timedelta(days=1)
    return start
