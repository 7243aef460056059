"""./dev load: members and purchases from files, or a year of a real chain."""

import json
import os
import shutil
from decimal import Decimal
from pathlib import Path

from . import databases, journey, serving, templates
from .core import DevError, cache_dir, run_dir, say, step

SCRIPT = Path(__file__).with_name("load_script.py")
STATES = ("prospect", "active", "edge", "dormant", "lost")
SHOWN = 15
LIFECYCLES = """
    SELECT s.code, p.vip_lifecycle, count(*)
      FROM res_partner p LEFT JOIN vip_store s ON s.id = p.vip_store_id
     WHERE p.is_vip_member GROUP BY 1, 2
"""


def run(files, database=None, dry_run=False, create_stores=False):
    """Load what is named; return 0 if it was loaded, whole and to the cent."""
    if files == ["journey"]:
        return _journey(database or "vipcare_journey", dry_run)
    if len(files) != 2:
        raise DevError("Give a file of members and one of purchases, or: journey")
    paths = [Path(name).absolute() for name in files]
    for path in paths:
        if not path.is_file():
            raise DevError(f"There is no file {path}.")
    if not database:
        database = serving.NAME
        serving.prepare()
    result = load(database, *paths, dry_run, create_stores)
    _show(result)
    return 1 if result.get("errors") else 0


def load(database, members, purchases, dry_run, create_stores):
    """Have Odoo load two files and review all standing; return its counts."""
    if not databases.exists(database):
        raise DevError(f"There is no database {database}; ./dev db makes one.")
    answer = run_dir() / "load.json"
    answer.unlink(missing_ok=True)
    wanted = {
        "members": str(members),
        "purchases": str(purchases),
        "dry_run": dry_run,
        "create_stores": create_stores,
        "result": str(answer),
    }
    os.environ["VIP_CARE_LOAD"] = json.dumps(wanted)
    title = "trying the load" if dry_run else "loading, then reviewing all standing"
    with step(f"{title} in {database}"):
        templates.script("load", database, SCRIPT)
    return json.loads(answer.read_text())


def _show(result):
    for name in ("members", "purchases"):
        counts = result[name].items()
        say(f"  {name}: " + ", ".join(f"{key} {value}" for key, value in counts))
    say(f"  loaded in {float(result['seconds']):.1f} s")
    if result.get("errors"):
        say(f"  rows that were not loaded: {result['errors']}")


def _journey(database, dry_run):
    with step("reading a year of a real chain"):
        year = journey.read()
        folder = cache_dir() / "journey-files"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        members, purchases = journey.write(year, folder)
    totals = year.totals()
    say("  source: " + ", ".join(f"{key} {value}" for key, value in totals.items()))
    templates.create(database, templates.product, force=True)
    result = load(database, members, purchases, dry_run, create_stores=True)
    _show(result)
    if dry_run:
        return 1 if result.get("errors") else 0
    say(table(databases.execute(LIFECYCLES, database=database)))
    return _reconcile(database, totals)


def _reconcile(database, totals):
    """Compare what is in the database with the source; return 0 if all is equal."""
    query = """
        SELECT (SELECT coalesce(sum(amount), 0)::numeric FROM vip_purchase),
               (SELECT count(*) FROM vip_purchase),
               (SELECT count(*) FROM res_partner WHERE is_vip_member),
               (SELECT count(DISTINCT store_id) FROM vip_purchase)
    """
    amount, *counts = databases.execute(query, database=database)[0]
    loaded = [f"{Decimal(amount).quantize(Decimal('0.01'))}", *counts]
    for (name, source), found in zip(totals.items(), loaded, strict=True):
        verdict = "equal" if found == source else "DIFFERENT"
        say(f"{name:<12} source {source:>14}   loaded {found:>14}   {verdict}")
    return 0 if loaded == list(totals.values()) else 1


def table(rows):
    """Return stores × life cycle as text: the largest stores, then the total."""
    stores, total = {}, {}
    for store, state, count in rows:
        for counts in (stores.setdefault(store or "-", {}), total):
            counts[state] = counts.get(state, 0) + count
    largest = sorted(stores, key=lambda store: (-sum(stores[store].values()), store))
    states = [*STATES, *sorted({str(s) for s in total if s not in STATES})]
    lines = [f"{'store':<8}" + "".join(f"{name:>10}" for name in [*states, "all"])]
    shown = [(store, stores[store]) for store in largest[:SHOWN]]
    for name, counts in [*shown, (f"all {len(stores)}", total)]:
        known = {str(state): count for state, count in counts.items()}
        figures = [*(known.get(state, 0) for state in states), sum(known.values())]
        lines.append(f"{name:<8}" + "".join(f"{figure:>10}" for figure in figures))
    return "\n".join(lines)
