"""The converter of the real chain's year, and the table of what was loaded."""

import csv
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / ".ci"))

from vipdev import journey, loading  # noqa: E402

LINES = [
    # household, store, basket, quantity, value, at
    (7, 330, 100, 1, 0.1, datetime(2017, 1, 1, 11, 53, 26)),
    (7, 330, 100, 2, 0.2, datetime(2017, 1, 1, 11, 50, 0)),
    (7, 406, 101, 8963, 20.0, datetime(2017, 12, 31, 9, 0, 0)),
    (7, 406, 102, 1, 1.15, datetime(2018, 1, 1, 4, 1, 20)),
    (1228, 406, 102, 1, 4.35, datetime(2018, 1, 1, 4, 1, 20)),
]


def read(path):
    with open(path, newline="") as handle:
        return list(csv.DictReader(handle))


def test_no_cent_is_lost():
    year = journey.collect(LINES)
    assert year.totals() == {
        "amount": "25.80",
        "baskets": 4,
        "households": 2,
        "stores": 2,
    }
    assert [basket.amount for basket in year.baskets] == [
        "0.30",
        "20.00",
        "1.15",
        "4.35",
    ]


def test_fraction_of_a_cent_is_refused():
    with pytest.raises(ValueError, match="cents"):
        journey.to_cents(0.125)
    assert journey.to_cents(1.776357e-15) == 0


def test_one_number_at_two_households_is_two_tickets():
    numbers = [basket.number for basket in journey.collect(LINES).baskets]
    assert numbers == ["CJ100", "CJ101", "CJ102", "CJ102-2"]


def test_fuel_line_is_one_unit_and_a_basket_has_its_first_time():
    first, fuel, *_rest = journey.collect(LINES).baskets
    assert (first.units, fuel.units) == (3, 1)
    assert first.at == datetime(2017, 1, 1, 11, 50, 0)


@pytest.mark.parametrize("day", range(1, 15))
def test_last_ticket_falls_in_the_week_before_today(day):
    today = date(2026, 11, day)
    baskets = journey.collect(LINES).baskets
    moved = journey.shift(baskets, today)
    assert moved.days % 7 == 0
    assert 1 <= (today - (baskets[-1].at + moved).date()).days <= 7


def test_files_have_one_row_per_basket_and_household(tmp_path):
    year = journey.collect(LINES)
    members, purchases = journey.write(year, tmp_path, today=date(2018, 1, 2))
    assert read(members) == [
        {
            "card": "CJ0007",
            "name": "Household 7",
            "store": "J406",
            "enrolled_on": "2017-01-01",
        },
        {
            "card": "CJ1228",
            "name": "Household 1228",
            "store": "J406",
            "enrolled_on": "2018-01-01",
        },
    ]
    assert read(purchases)[0] == {
        "card": "CJ0007",
        "ticket": "CJ100",
        "date": "2017-01-01 11:50:00",
        "store": "J330",
        "amount": "0.30",
        "units": "3",
    }


def test_table_has_the_largest_stores_and_the_total():
    rows = [("J1", "active", 2), ("J1", "lost", 1), ("J2", "active", 1)]
    rows += [(None, None, 1)]
    lines = [line.split() for line in loading.table(rows).splitlines()]
    assert lines[0] == "store prospect active edge dormant lost None all".split()
    assert lines[1] == "J1 0 2 0 0 1 0 3".split()
    assert lines[-1] == "all 3 0 3 0 0 1 1 5".split()
