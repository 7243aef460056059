"""When a text message may leave, where she and her store may be far apart."""

from datetime import date, datetime, time, timedelta

import pytest

from vip_care_sms.tools.opening_hours import (
    Clock,
    next_common,
    read_hours,
    region_of,
    zones_of,
)

NOON = datetime(2026, 6, 15, 12)


def clock(zone, hours):
    spans = read_hours(hours)
    return Clock(zone, lambda day: spans)


@pytest.mark.parametrize(
    "text, spans",
    [
        ("09:00-12:30, 13:30-21:00", [(9, 0, 12, 30), (13, 30, 21, 0)]),
        ("9:00–12:30；13:30—21:00", [(9, 0, 12, 30), (13, 30, 21, 0)]),
        ("０９：００－２１：００", [(9, 0, 21, 0)]),
        ("08:00-12:00、12:00-20:00", [(8, 0, 12, 0), (12, 0, 20, 0)]),
    ],
)
def test_hours_are_read(text, spans):
    expected = [(time(*span[:2]), time(*span[2:])) for span in spans]
    assert read_hours(text) == expected
    assert read_hours("20:00-24:00") == [(time(20), time.max)]


@pytest.mark.parametrize(
    "text",
    [
        *("", None, "always", "9-12", "09:00", "09:00-09:00", "20:00-08:00"),
        *("25:00-26:00", "09:60-10:00", "10:00-12:00,09:00-11:00", "09:00-12:00,"),
        "13:00-14:00, 09:00-10:00",
    ],
)
def test_unclear_hours_are_refused(text):
    with pytest.raises(ValueError):
        read_hours(text)


@pytest.mark.parametrize(
    "moment, expected",
    [
        ("2026-06-15 00:59", "2026-06-15 01:00"),
        ("2026-06-15 04:29", "2026-06-15 04:29"),
        ("2026-06-15 04:30", "2026-06-15 05:30"),
        ("2026-06-15 13:00", "2026-06-16 01:00"),
        ("2026-12-31 23:00", "2027-01-01 01:00"),
    ],
)
def test_a_break_at_noon(moment, expected):
    found, _end = next_common(
        [clock("Asia/Taipei", "09:00-12:30, 13:30-21:00")],
        datetime.fromisoformat(moment),
    )
    assert found == datetime.fromisoformat(expected)


def test_it_ends_where_the_first_of_them_closes():
    shanghai = clock("Asia/Shanghai", "08:00-20:00")
    taipei = clock("Asia/Taipei", "09:00-12:30, 13:30-21:00")
    hours = next_common([shanghai, taipei], datetime(2026, 6, 15, 3))
    assert hours == (datetime(2026, 6, 15, 3), datetime(2026, 6, 15, 4, 30))
    hours = next_common([shanghai, taipei], datetime(2026, 6, 15, 5))
    assert hours == (datetime(2026, 6, 15, 5, 30), datetime(2026, 6, 15, 12))


def test_two_places_have_to_agree():
    shanghai = clock("Asia/Shanghai", "08:00-20:00")  # 00:00 to 12:00 UTC
    paris = clock("Europe/Paris", "09:00-20:00")  # 07:00 to 18:00 UTC in summer
    assert next_common([shanghai, paris], NOON)[0] == datetime(2026, 6, 16, 7)
    winter = datetime(2026, 12, 15, 12)
    assert next_common([shanghai, paris], winter)[0] == datetime(2026, 12, 16, 8)
    assert next_common([shanghai], NOON - timedelta(minutes=1)) is not None


def test_never_is_none():
    morning = clock("Asia/Shanghai", "08:00-09:00")
    evening = clock("Asia/Shanghai", "19:00-20:00")
    assert next_common([morning, evening], NOON) is None
    closed = Clock("Asia/Shanghai", lambda day: [])
    assert next_common([closed], NOON) is None
    later = date(2026, 6, 28)
    once = Clock("UTC", lambda day: [(time(8), time(9))] if day == later else [])
    assert next_common([once], NOON)[0] == datetime(2026, 6, 28, 8)
    assert next_common([once], NOON - timedelta(days=3)) is None


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01"])
def test_a_change_of_the_clocks_is_no_gap(day):
    """At any minute of that day the answer is later or now, and open."""
    spans = read_hours("01:30-02:30, 03:00-04:00")
    new_york = Clock("America/New_York", lambda _day: spans)
    start = datetime.fromisoformat(day)
    for minutes in range(0, 1440, 10):
        moment = start + timedelta(minutes=minutes)
        found, _end = next_common([new_york], moment)
        assert moment <= found < moment + timedelta(days=1, hours=2)


def test_where_a_number_is():
    assert region_of("+8613800138000") == "CN"
    assert zones_of("+886912345678") == ["Asia/Taipei"]
    assert zones_of("+13105550123") == ["America/Los_Angeles"]
    assert len(zones_of("+79161234567")) > 5
    for number in ("", None, "junk", "+8816123456789", "+999"):
        assert region_of(number) is None
        assert zones_of(number) == []
