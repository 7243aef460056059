"""Lets a chain live for years, day by day, and judges every contact by the manners.

    ./dev bench manners --members 2000 --years 5

Prints what an independent oracle checked for each manner, the violations it found (the
exit code is 1 if there are any), what the guards kept back, and the time it took.
"""

import argparse
import os
import time
from collections import Counter
from datetime import date
from functools import partial

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

print = partial(print, flush=True)  # noqa: A001 a long run is watched

FIRST = date(2026, 1, 1)
MANNERS = (
    "what a greeting says",
    "no words twice, none twice in a circle",
    "distance, and the most important one",
    "hours and days",
    "parents' days, solemn days, sorrow",
    "consent and refusal",
    "birthdays",
    "the store's own day",
)


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=int, default=1, help="live one day in so many")
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["--log-level=warn"])
    registry = Registry(os.environ["VIP_CARE_DB"])
    from odoo.addons.vip_care.tests.manners.oracle import Oracle

    clock = Clock()
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        ledger = live(env, options, clock)
    print(f"lived in {clock.lap():,.0f} s")
    oracle = Oracle(ledger)
    violations = oracle.judge()
    print(f"judged in {clock.lap():,.0f} s\n")
    report(oracle, options)
    return int(bool(violations))


class Clock:
    """The machine's time, while everybody else's stands still."""

    def __init__(self):
        self.ways = {"now": time.perf_counter}  # out of reach of whoever freezes it
        self.started = self.ways["now"]()

    def lap(self):
        before, self.started = self.started, self.ways["now"]()
        return self.started - before


def live(env, options, clock):
    from odoo.addons.vip_care.tests.manners.chain import frozen
    from odoo.addons.vip_care.tests.manners.days import simulate

    def told(day):
        if day.day == 1:
            print(f"{day:%Y-%m}  {clock.ways['now']() - clock.started:7,.0f} s")
        env.cr.commit()

    with frozen(FIRST) as freezer:
        chain = simulate(
            env,
            options.members,
            options.years,
            seed=options.seed,
            first=FIRST,
            freezer=freezer,
            share=options.share,
            told=told,
        )
    return chain.ledger


def report(oracle, options):
    ledger = oracle.ledger
    found = Counter(violation.manner for violation in oracle.violations)
    print(f"{'manner':44}{'checked':>10}{'violations':>12}")
    for number, name in enumerate(MANNERS, 1):
        label = f"{number} {name}"
        print(f"{label:44}{oracle.checked[number]:10,}{found[number]:12,}")
    for manner, number, what in oracle.violations[:40]:
        print(f"  manner {manner}, contact {number}: {what}")
    _table("contacts", Counter(contact.state for contact in ledger.contacts))
    made = Counter(f"{c.trigger} by {c.channel}" for c in oracle.done)
    _table("made", made)
    kept_back = (c for c in ledger.contacts if c.guard and c.state != "expired")
    _table("kept back by guard", Counter(contact.guard for contact in kept_back))
    refused = [one for one in ledger.tries if not one.is_allowed]
    _table("tries", {"made": len(ledger.tries) - len(refused), "held": len(refused)})
    _table("birthdays", oracle.kept)
    each = Counter((c.member, c.done_date.year) for c in oracle.done)
    if each:
        numbers = sorted(each.values())
        average = len(oracle.done) / options.members / options.years
        print(
            f"\ncontacts per member and year: {average:.1f} on average, at most"
            f" {numbers[-1]}"
        )


def _table(title, counts):
    print(f"\n{title}")
    for name, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        print(f"  {name:42}{count:10,}")
