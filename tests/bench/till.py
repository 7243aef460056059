"""Times opening a register and paying, with our add-ons and without.

    ./dev bench till --members 20000 --products 2000 --tickets 20000 --rounds 40

One database is filled without our add-ons; in its copy they are installed and nine in
ten customers become members. A real server on each is asked over HTTP by a plain till
account, by turns. "noise" compares the server without add-ons to itself, asked twice in
each round: a ratio nearer to 1 than that says nothing. Queries are those Odoo logs.
"""

import argparse
import gzip
import os
import re
import statistics
import tempfile
from functools import partial

import odoo
from _till_server import Server, Till
from _till_shop import enrol, fill, shop

from vipdev import databases, settings, templates

print = partial(print, flush=True)  # noqa: A001 a long run is watched

BUNDLE = re.compile(r'"(/web/assets/[^"\\]*/point_of_sale\.assets_prod[^"\\]*)"')
URLS = {
    "page": "/pos/ui/",
    "validate": "/validate_coupon_programs",
    "confirm": "/confirm_coupon_programs",
}
WITHOUT, WITH, AGAIN = range(3)
WARM_UP = 3


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--products", type=int, default=2_000)
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
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
        Server(ours, folder) as with_,
    ):
        _measure([without, with_, without], known, options.rounds)
    return 0


def _measure(servers, known, rounds):
    tills = [Till(server, known) for server in servers]
    bundles = [_bundle_sizes(till) for till in tills[:2]]
    for title, act in (("opening", _open), ("paying", _pay)):
        figures = [[] for _till in tills]
        for number in range(-WARM_UP, rounds):
            # Each is first, second and third equally often.
            for turn in range(3):
                who = (number + turn) % 3
                steps = act(tills[who], (number + WARM_UP) * 3 + who)
                if number >= 0:
                    figures[who].append(steps)
        _report(title, figures, [server.queries() for server in servers])
    print(f"{'bundles':22}{'bytes':>21}{'ratio':>8}{'gzip':>21}{'ratio':>8}")
    for name in bundles[WITHOUT]:
        (size, packed), (our_size, our_packed) = (sizes[name] for sizes in bundles)
        print(
            f"  {name:20}{size:10,}{our_size:11,}{our_size / size:8.3f}"
            f"{packed:10,}{our_packed:11,}{our_packed / packed:8.3f}"
        )


def _open(till, _number):
    return till.open()


def _pay(till, number):
    return till.pay(number)


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


def _report(title, figures, queries):
    print(
        f"{title:22}{'ms without':>11}{'with':>9}{'ratio':>8}{'noise':>8}"
        f"{'bytes':>12}{'with':>11}{'ratio':>8}{'queries':>9}{'with':>6}"
    )
    names = list(figures[WITH][0])
    for name in [*names, "together"]:
        chosen = names if name == "together" else [name]
        times, sizes, counts = [], [], []
        for runs, counted in zip(figures, queries, strict=True):
            times.append(
                statistics.median(sum(run[n][0] for n in chosen if n in run) for run in runs)
            )
            sizes.append(
                statistics.median_low(
                    sum(run[n][1] for n in chosen if n in run) for run in runs
                )
            )
            counts.append(
                sum(
                    count
                    for n in chosen
                    for url, count in counted.items()
                    if URLS.get(n, f"/{n}") in url
                    and not (n == "load_data" and not url.endswith("/load_data"))
                )
            )
        print(
            f"  {name:20}{1000 * times[WITHOUT]:11.1f}{1000 * times[WITH]:9.1f}"
            f"{times[WITH] / times[WITHOUT]:8.3f}{times[AGAIN] / times[WITHOUT]:8.3f}"
            f"{sizes[WITHOUT]:12,}{sizes[WITH]:11,}{sizes[WITH] / sizes[WITHOUT]:8.3f}"
            f"{counts[WITHOUT]:9}{counts[WITH]:6}"
        )


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
