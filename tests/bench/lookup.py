"""Times looking up members at a till among many: number, last digits, card, names.

    ./dev bench lookup --members 1000000

Each kind of question is asked many times with changing answers; the slowest in twenty is
what a till waits (p95). The bare query is timed apart from the whole call, which also
counts, logs and composes the answer. Then choosing a member, which brings her card:
`vip_till_member`, the whole call, with tickets, points and lines to find it among.
"""

import argparse
import os
import random
import statistics
import time
from functools import partial

import _cards

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL

print = partial(print, flush=True)  # noqa: A001 a long run is watched

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹"
GIVEN = "芳娜敏静丽艳娟霞秀英华慧玲梅燕红雪琳佳欣怡婷颖倩莉云洁萍月兰"


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=200_000)
    parser.add_argument("--stores", type=int, default=100)
    parser.add_argument("--tickets", type=int, help="as many as members by default")
    parser.add_argument("--asks", type=int, default=60)
    parser.add_argument("--explain", action="store_true")
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["--log-level=warn"])
    with Registry(os.environ["VIP_CARE_DB"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        config = _fill(env, options.members, options.stores)
        tickets = options.tickets or options.members
        owner, chosen = _cards.fill(env, config, tickets)
        print(
            f"{options.members:,} members in {options.stores} stores,"
            f" {tickets:,} tickets"
        )
        print(f"{'':28}{'query ms':>10}{'p95':>8}{'call ms':>10}{'p95':>8}{'found':>8}")
        for name, questions in _questions(options.members).items():
            _measure(env, config, name, questions, options)
        _cards.measure(env, config, owner, chosen, options.asks)
    return 0


def _fill(env, members, stores):
    """Put members into stores, the first store with a tenth of them; return a till."""
    made = env["vip.store"].create(
        [
            {
                "name": f"Lookup {n}",
                "code": f"LK{n}",
                "country_id": env.ref("base.cn").id,
            }
            for n in range(stores)
        ]
    )
    config = env["pos.config"].search([], limit=1)
    config = config or env["pos.config"].create({"name": "Bench till"})
    config.vip_store_id = made[0]
    model = env["res.partner"].create({"name": "Model", "is_vip_member": True})
    env.flush_all()
    own = {
        "name": "substr(%(s)s, 1 + (n * 7) %% 30, 1) || substr(%(g)s, 1 + n %% 30, 1)"
        " || CASE WHEN n %% 3 = 0 THEN '' ELSE substr(%(g)s, 1 + (n / 30) %% 30, 1) END",
        "vip_card_number": "'BENCH' || lpad(n::text, 8, '0')",
        "vip_phone_key": "'+861' || (3000000000 + n::bigint * 7919 %% 1000000000)",
        "phone": "'1' || (3000000000 + n::bigint * 7919 %% 1000000000)",
        "vip_store_id": "(%(stores)s)[CASE WHEN n %% 10 = 0 THEN 1"
        " ELSE 2 + n %% (%(count)s - 1) END]",
        "vip_last_purchase_date": "DATE '2026-06-01' - n %% 900",
    }
    columns = [
        field.name
        for field in model._fields.values()
        if field.store and field.column_type and field.name not in ("id", *own)
    ]
    names = SQL(", ").join(map(SQL.identifier, [*own, *columns]))
    values = {"s": SURNAMES, "g": GIVEN, "stores": made.ids, "count": stores}
    given = SQL(", ").join(SQL(text, **values) for text in own.values())
    rest = SQL(", ").join(map(SQL.identifier, columns))
    env.cr.execute(
        SQL(
            "INSERT INTO res_partner (%s) SELECT %s, %s FROM res_partner,"
            " generate_series(1, %s) n WHERE id = %s",
            names,
            given,
            rest,
            members,
            model.id,
        )
    )
    env.cr.commit()
    # As autovacuum leaves it; not possible within a transaction.
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE res_partner")
    env.cr._cnx.autocommit = False
    env.invalidate_all()
    return config


def _questions(members):
    rng = random.Random(7)
    numbers = [rng.randrange(1, members) for _ask in range(2000)]
    phones = [f"1{3000000000 + n * 7919 % 1000000000}" for n in numbers]
    return {
        "whole number": phones,
        "last four digits": [phone[-4:] for phone in phones],
        "last six digits": [phone[-6:] for phone in phones],
        "card": [f"bench{n:08}" for n in numbers],
        "surname": [rng.choice(SURNAMES) for _n in numbers],
        "given name": [rng.choice(GIVEN) for _n in numbers],
        "whole name": [rng.choice(SURNAMES) + rng.choice(GIVEN) for _n in numbers],
        "nobody's name": [f"Zz{n}" for n in numbers],
        "wildcards": ["%" + rng.choice(GIVEN) for _n in numbers],
    }


def _measure(env, config, name, questions, options):
    # Each kind by a login of its own: nobody asks a thousand times an hour.
    cashier = env.ref("base.user_admin").copy({"login": f"{name} {time.time()}"})
    partners = env["res.partner"].with_user(cashier)
    config.company_id.vip_lookup_limit = 10**6
    queries, calls, found = [], [], 0
    for question in questions[: options.asks]:
        start = time.perf_counter()
        members = partners._vip_lookup(question, config)
        queries.append(1000 * (time.perf_counter() - start))
        found += len(members)
        env.invalidate_all()
        start = time.perf_counter()
        partners.vip_till_lookup(question, config.id)
        calls.append(1000 * (time.perf_counter() - start))
    print(
        f"{name:28}{statistics.median(queries):10.1f}{_p95(queries):8.1f}"
        f"{statistics.median(calls):10.1f}{_p95(calls):8.1f}{found / len(queries):8.1f}"
    )
    if options.explain:
        _explain(env, config, questions[0])


def _p95(values):
    return statistics.quantiles(values, n=20)[-1]


def _explain(env, config, question):
    partners = env["res.partner"]
    for make in (
        partners._query_exact,
        partners._query_last_digits,
        partners._query_name_in_store,
        partners._query_name_begins,
    ):
        query = make(question, config)
        env.cr.execute(SQL("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) %s", query))
        print(f"--- {make.__name__} {question}")
        print("\n".join(line for [line] in env.cr.fetchall()))


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
