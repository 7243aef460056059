"""Times the standing review against a bare aggregate over the same purchases.

    ./dev bench standing --members 100000 --tickets 1000000

The baseline is one `SELECT partner_id, sum, count, min, max … GROUP BY partner_id`, run
right before each figure, so that the ratio holds on a noisy machine.
"""

import argparse
import os
import time
from datetime import date, timedelta
from functools import partial

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

print = partial(print, flush=True)  # noqa: A001 a long run is watched

DAY = date(2026, 6, 15)
BASELINE = """
    SELECT count(*) FROM (
        SELECT partner_id, sum(amount), sum(units), count(*),
               min(local_date), max(local_date)
          FROM vip_purchase GROUP BY partner_id) s
"""


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["--log-level=warn"])
    with Registry(os.environ["VIP_CARE_DB"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        seconds = _timed(lambda: fill(env, options.members, options.tickets))
        print(
            f"{options.members:,} members, {options.tickets:,} tickets: {seconds:.0f} s"
        )
        print(f"{'':34}{'seconds':>9}{'baseline':>10}{'ratio':>8}{'members':>10}")
        _measure(env, "review of everybody, first time", DAY)
        _measure(env, "review of everybody, same rules", DAY)
        for days in (1, 2, 3):
            _nightly(env, f"nightly, day {days} after", DAY + timedelta(days=days))
        _touched(env, 200, DAY + timedelta(days=3))
    return 0


def copied_columns(cr, own):
    """Return the columns of a contact that copies take over, without `own`."""
    cr.execute(
        """
        SELECT string_agg(quote_ident(column_name), ', ')
          FROM information_schema.columns
         WHERE table_name = 'res_partner' AND column_name <> ALL(%s)
           AND is_generated = 'NEVER'
        """,
        [["id", *own]],
    )
    return cr.fetchone()[0]


def fill(env, members, tickets):
    """Members of 40 stores; tickets over three years, some members buying far more."""
    cr = env.cr
    stores = env["vip.store"].create(
        [{"name": f"Bench {i}", "code": f"BENCH{i}"} for i in range(40)]
    )
    model = env["res.partner"].create({"name": "Model", "is_vip_member": True})
    env.flush_all()
    own = ("name", "complete_name", "vip_card_number", "vip_store_id", "barcode")
    copied = copied_columns(cr, own)
    cr.execute(
        f"""
        INSERT INTO res_partner (
            {copied}, name, complete_name, vip_card_number, vip_store_id)
        SELECT {copied}, 'Member ' || i, 'Member ' || i, 'BENCH' || i,
               (%s::int[])[1 + i %% 40]
          FROM res_partner CROSS JOIN generate_series(1, %s) i
         WHERE id = %s
        """,
        [stores.ids, members, model.id],
    )
    cr.execute("SELECT min(id) FROM res_partner WHERE vip_card_number LIKE 'BENCH%'")
    [first] = cr.fetchone()
    cr.execute("SELECT setseed(0.5)")
    cr.execute(
        """
        INSERT INTO vip_purchase (
            import_ref, partner_id, company_id, store_id, date, local_date, amount,
            units, in_season_units, is_refund, points_earned, points_spent)
        SELECT 'B' || i, %(first)s + floor(%(members)s * power(random(), 2))::int,
               %(company)s, (%(stores)s::int[])[1 + i %% 40], day, day::date,
               CASE WHEN i %% 25 = 0 THEN -1 ELSE 1 END
                   * round((100 + 1900 * random())::numeric, 2),
               1 + i %% 3, i %% 2, i %% 25 = 0, 0, 0
          FROM generate_series(1, %(tickets)s) i
         CROSS JOIN LATERAL (
               SELECT %(last)s::timestamp - (i %% 1100) * interval '1 day' AS day) d
        """,
        {
            "first": first,
            "members": members,
            "company": env.company.id,
            "stores": stores.ids,
            "tickets": tickets,
            "last": DAY,
        },
    )
    cr.commit()
    cr.execute("ANALYZE res_partner")
    cr.execute("ANALYZE vip_purchase")
    cr.commit()


def _timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _measure(env, label, on_date, partner_ids=None):
    baseline = min(_timed(lambda: env.cr.execute(BASELINE)) for _try in range(2))
    runs = []
    seconds = _timed(
        lambda: runs.append(
            env["vip.standing.review"].run(partner_ids=partner_ids, on_date=on_date)
        )
    )
    done = sum(runs[0].mapped("done"))
    print(
        f"{label:34}{seconds:9.2f}{baseline:10.2f}{seconds / baseline:8.2f}{done:10,}"
    )


def _nightly(env, label, day):
    """A night as the cron meets it: the stores' own today is `day`."""
    store = env.registry["vip.store"]
    original = store._vip_today
    store._vip_today = lambda self: day
    try:
        _measure(env, label, None)
    finally:
        store._vip_today = original


def _touched(env, count, day):
    env.cr.execute(
        "SELECT id FROM res_partner WHERE is_vip_member ORDER BY random() LIMIT %s",
        [count],
    )
    ids = [row[0] for row in env.cr.fetchall()]
    _measure(env, f"review of {count} members just touched", day, ids)
