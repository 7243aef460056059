"""When a member may be called or written to: by her country and by her own wish.

The hours per country are those operators and regulators ask for; where a country has
none of its own the most careful usual ones count. All times are the store's local ones.
"""

from datetime import date, datetime, time, timedelta

Span = tuple[time, time]  # from, up to (not included)

_ALL_DAY = ((time(0), time.max),)
_DEFAULT = ((time(9), time(20)),)
# Each with the day from which it holds, the latest last.
_COUNTRIES: dict[str, tuple[tuple[date, tuple[Span, ...]], ...]] = {
    # Gateways refuse marketing texts from 20:00 to 08:00.
    "CN": ((date.min, ((time(8), time(20)),)),),
    # The Personal Data Protection Act's code of conduct spares the noon break.
    "TW": (
        (
            date.min,
            ((time(9), time(12, 30)), (time(13, 30), time(21))),
        ),
    ),
    "HK": ((date.min, ((time(9), time(21)),)),),
    "MO": ((date.min, ((time(9), time(21)),)),),
    # 47 CFR 64.1200(c)(1).
    "US": ((date.min, ((time(8), time(21)),)),),
}
_PREFERRED: dict[str, tuple[Span, ...]] = {
    "morning": ((time(8), time(11, 30)),),
    "noon": ((time(11, 30), time(14)),),
    "afternoon": ((time(13, 30), time(18)),),
    "evening": ((time(17, 30), time(21)),),
}


def hours_on(country: str | None, preferred: str | None, day: date) -> list[Span]:
    """Return the spans of `day` in which she may be contacted, earliest first.

    `country` is an ISO code, `preferred` one of vip_preferred_hours; anything else is
    no wish. What suits her never widens what her country allows.
    """
    return [
        (start, end)
        for allowed in _allowed(country, day)
        for wish in _PREFERRED.get(preferred or "", _ALL_DAY)
        if (start := max(allowed[0], wish[0])) < (end := min(allowed[1], wish[1]))
    ]


def open_now(country: str | None, preferred: str | None, moment: datetime) -> bool:
    """Return whether she may be contacted at this local moment."""
    now = moment.time()
    return any(
        start <= now < end for start, end in hours_on(country, preferred, moment.date())
    )


def next_opening(
    country: str | None, preferred: str | None, moment: datetime
) -> datetime:
    """Return the first local moment from `moment` on at which she may be contacted."""
    day = moment.date()
    while True:
        for start, end in hours_on(country, preferred, day):
            if moment < datetime.combine(day, end):
                return max(moment, datetime.combine(day, start))
        day += timedelta(days=1)


def _allowed(country: str | None, day: date) -> tuple[Span, ...]:
    held = [spans for since, spans in _COUNTRIES.get(country or "", ()) if since <= day]
    return held[-1] if held else _DEFAULT
