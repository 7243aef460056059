"""Times opening a register and paying, with our add-ons and without.

    ./dev bench till --members 20000 --products 2000 --tickets 20000 --rounds 40

One database is filled without our add-ons; in its copy they are installed and nine in
ten customers become members. A real server on each is asked over HTTP by a plain till
account, by turns. "noise" compares two servers without add-ons, each a process of its
own: a ratio nearer to 1 than that says nothing. Queries are those Odoo logs.
"""

import argparse
import gzip
import os
import re
import statistics
import tempfile
from functools import partial

from _till_server import Server, Till
from _till_shop import enrol, fill, shop
from vipdev import databases, settings, templates

import odoo

print = partial(print, flush=True)  # noqa: A001 a long run is watched

BUNDLE = re.compile(r'"(/web/assets/[^"\\]*/point_of_sale\.assets_prod[^"\\]*)"')
WITHOUT, WITH, AGAIN = range(3)
WARM_UP = 3
ACTS = {
    "opening": lambda till, _number: till.open(),
    "opening again": lambda till, _number: till.open_again(),
    "paying": lambda till, number: till.pay(number),
}


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--products", type=int, default=2_000)
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", choices=ACTS, help="measure only this")
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["--log-level=warn"], setup_logging=True)
    plain = os.environ["VIP_CARE_DB"]
    ours = f"{plain}_with"
    fill(plain, options.members, options.products, options.tickets)
    databases.copy(plain, ours)
    templates.install(ours, "-i", ",".join(settings.product_addons()))
    enrol(ours)
    print(
        f"{options.members:,} customers, {options.products:,} products,"
        f" {options.tickets:,} tickets; median of {options.rounds} rounds"
    )
    known = shop(plain)
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(plain, folder) as without,
        Server(ours, folder, has_addons=True) as with_,
        Server(plain, folder) as again,
    ):
        _measure([without, with_, again], known, options)
    return 0


def _measure(servers, known, options):
    tills = [Till(server, known) for server in servers]
    bundles = [_bundle_sizes(till) for till in tills[:2]]
    for title, act in ACTS.items():
        if options.only not in (None, title):
            continue
        for server in servers[:2]:
            server.queries()
        runs = [
            _round([act(till, 3 * n + who) for who, till in enumerate(tills)], n)
            for n in range(options.rounds + WARM_UP)
        ]
        queries = [server.queries() for server in servers[:2]]
        _report(title, runs[WARM_UP:], queries)
    _report_bundles(*bundles)


def _round(steps, number):
    """Let the tills take each step by turns; return {step: [(seconds, bytes)]}."""
    results = [{} for _till in steps]
    order = [(number + turn) % 3 for turn in range(3)]
    while order:
        for who in tuple(order):
            name, *figures = next(steps[who], (None,))
            if name:
                results[who][name] = figures
            else:
                order.remove(who)
    return results


def _bundle_sizes(till):
    """Return {kind: (bytes, bytes as sent compressed)} of the screen's bundles."""
    page = till.server.get(f"/pos/ui/{till.shop['config_id']}").text
    sizes = {}
    for url in BUNDLE.findall(page):
        content = till.server.get(url).content
        kind = url.rsplit(".", 1)[1]
        sizes[kind] = len(content), len(gzip.compress(content))
    assert set(sizes) == {"js", "css"}, sizes
    return sizes


def _report(title, runs, queries):
    print(
        f"{title:26}{'ms without':>11}{'with':>9}{'ratio':>8}{'noise':>8}"
        f"{'bytes':>12}{'with':>11}{'ratio':>8}{'queries':>9}{'with':>6}"
    )
    steps = {name: [name] for name in runs[0][WITH]}
    steps["together"] = list(steps)
    for title, names in steps.items():
        times, sizes = (
            [
                statistics.median(_sum(run[who], names, figure) for run in runs)
                for who in (WITHOUT, WITH, AGAIN)
            ]
            for figure in (0, 1)
        )
        counts = [sum(counted.get(name, 0) for name in names) for counted in queries]
        print(
            f"  {title:24}{1000 * times[WITHOUT]:11.1f}{1000 * times[WITH]:9.1f}"
            f"{_ratio(times)}{_ratio(times, AGAIN)}"
            f"{sizes[WITHOUT]:12,.0f}{sizes[WITH]:11,.0f}{_ratio(sizes)}"
            f"{counts[WITHOUT]:9}{counts[WITH]:6}"
        )


def _sum(steps, names, figure):
    return sum(steps[name][figure] for name in names if name in steps)


def _ratio(figures, who=WITH):
    ratio = figures[who] / figures[WITHOUT] if figures[WITHOUT] else None
    return f"{ratio:8.3f}" if ratio else f"{'':8}"


def _report_bundles(bundles, ours):
    print(
        f"{'bundles':26}{'bytes':>11}{'with':>11}{'ratio':>8}{'gzip':>11}{'with':>11}"
    )
    for name, sizes in bundles.items():
        plain, packed = zip(sizes, ours[name], strict=True)
        print(
            f"  {name:24}{plain[0]:11,}{plain[1]:11,}{_ratio(plain)}"
            f"{packed[0]:11,}{packed[1]:11,}{_ratio(packed)}"
        )


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
