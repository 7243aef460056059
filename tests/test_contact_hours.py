"""When somebody may be contacted, by country and by her own wish."""

from datetime import date, datetime, timedelta

import pytest

from vip_care.tools.contact_hours import hours_on, next_opening, open_now

DAY = date(2026, 6, 15)


def at(text, day=DAY):
    return datetime.combine(day, datetime.strptime(text, "%H:%M").time())


@pytest.mark.parametrize(
    "country, preferred, opened, closed",
    [
        ("CN", None, "08:00 12:00 19:59", "07:59 20:00 23:30 00:00"),
        ("TW", "any", "09:00 12:29 13:30 20:59", "08:59 12:30 13:29 21:00"),
        ("HK", False, "09:00 20:59", "08:59 21:00"),
        ("MO", "", "09:00 20:59", "08:59 21:00"),
        ("US", None, "08:00 20:59", "07:59 21:00"),
        ("FR", None, "09:00 19:59", "08:59 20:00"),
        (None, "junk", "09:00 19:59", "08:59 20:00"),
        ("CN", "morning", "08:00 11:29", "07:59 11:30"),
        ("CN", "noon", "11:30 13:59", "11:29 14:00"),
        ("CN", "afternoon", "13:30 17:59", "13:29 18:00"),
        ("CN", "evening", "17:30 19:59", "17:29 20:00 20:30"),
        ("TW", "noon", "11:30 12:29 13:30", "12:30 13:29 14:00"),
        ("HK", "morning", "09:00 11:29", "08:30"),
    ],
)
def test_open_now(country, preferred, opened, closed):
    for text in opened.split():
        assert open_now(country, preferred, at(text)), text
        assert next_opening(country, preferred, at(text)) == at(text)
    for text in closed.split():
        assert not open_now(country, preferred, at(text)), text


@pytest.mark.parametrize(
    "country, preferred, moment, expected, days",
    [
        ("CN", None, "06:10", "08:00", 0),
        ("CN", None, "21:30", "08:00", 1),
        ("TW", None, "12:30", "13:30", 0),
        ("TW", None, "21:00", "09:00", 1),
        ("CN", "evening", "09:00", "17:30", 0),
        ("CN", "evening", "20:00", "17:30", 1),
        ("TW", "noon", "13:00", "13:30", 0),
    ],
)
def test_next_opening(country, preferred, moment, expected, days):
    opening = next_opening(country, preferred, at(moment))
    assert opening == at(expected, DAY + timedelta(days=days))
    assert open_now(country, preferred, opening)


@pytest.mark.parametrize("country", ["CN", "TW", "HK", "MO", "US", "FR", None])
@pytest.mark.parametrize(
    "preferred", ["any", "morning", "noon", "afternoon", "evening", None]
)
def test_there_is_always_an_hour_and_never_one_the_country_forbids(country, preferred):
    spans = hours_on(country, preferred, DAY)
    assert spans
    allowed = hours_on(country, None, DAY)
    for start, end in spans:
        assert any(first <= start < end <= last for first, last in allowed)
