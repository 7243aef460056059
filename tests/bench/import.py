"""How long a chain takes to move in, against a bare COPY of the same rows.

./dev bench import [members [purchases]]          100000 and 1000000 by default
"""

import csv
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

STORES = 50
FIRST_DAY, DAYS = date(2021, 1, 1), 1_500


def main(arguments):
    """Print seconds of the check, the import, the second import, and the ratios."""
    members, purchases = [*map(int, arguments), 100_000, 1_000_000][:2]
    with tempfile.TemporaryDirectory() as folder:
        paths = write_files(Path(folder), members, purchases)
        with environment() as env:
            bare = timed(copy_bare, env, paths)
            print(f"bare COPY of {members + purchases} rows: {bare:.1f} s")
            env.company.country_id = env.ref("base.cn")
            load = env["vip.import"]._load_files
            for label, options in (
                ("check", {"dry_run": True}),
                ("check and import", {}),
                ("the same again", {}),
            ):
                seconds = timed(load, *paths, create_stores=True, **options)
                print(
                    f"{label}: {seconds:.1f} s, {seconds / bare:.0f} × bare", flush=True
                )
            made = env["vip.purchase"].search_count([])
            assert made == purchases, made
    return 0


def timed(function, *args, **kwargs):
    start = time.monotonic()
    function(*args, **kwargs)
    return time.monotonic() - start


def environment():
    """Return a context manager that gives Odoo's environment."""
    from contextlib import contextmanager

    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    name = os.environ["VIP_CARE_DB"]
    config.parse_config(
        ["-d", name, "--no-http", "--log-level=warn"], setup_logging=True
    )

    @contextmanager
    def _environment():
        with Registry(name).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    return _environment()


def write_files(folder, members, purchases):
    dice = random.Random(19)
    paths = folder / "members.csv", folder / "purchases.csv"
    with open(paths[0], "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["phone", "card", "name", "gender", "birthday", "store", "enrolled on"]
        )
        for i in range(members):
            birthday = date(1950, 1, 1) + timedelta(days=dice.randrange(18_000))
            gender = dice.choice("女男")
            writer.writerow(
                [
                    number(i),
                    f"C{i:07}",
                    f"会员{i}",
                    gender,
                    birthday,
                    store(i),
                    "2020-01-02",
                ]
            )
    with open(paths[1], "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["phone", "ticket", "date", "amount", "units", "store"])
        for i in range(purchases):
            buyer = dice.randrange(members)
            day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
            clock = f"{dice.randint(10, 21)}:{dice.randint(0, 59):02}"
            amount = f"{dice.randint(-20_000, 300_000) / 100:.2f}"
            units = dice.randint(1, 5)
            writer.writerow(
                [
                    number(buyer),
                    f"T{i:09}",
                    f"{day} {clock}",
                    amount,
                    units,
                    store(buyer),
                ]
            )
    return paths


def number(i):
    return f"138{i:08}"


def store(i):
    return f"S{i % STORES:03}"


def copy_bare(env, paths):
    """COPY the files as they are into plain tables."""
    for path in paths:
        with open(path, encoding="utf-8") as file:
            columns = file.readline().strip().split(",")
            fields = ", ".join(f'"{column}" text' for column in columns)
            env.cr.execute(f"CREATE TABLE bare_{path.stem} ({fields})")
            env.cr.copy_expert(f"COPY bare_{path.stem} FROM STDIN (FORMAT csv)", file)
        env.cr.commit()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
