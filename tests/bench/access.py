"""Times a page of 80 members for each role against the same page without rules.

    ./dev bench access --members 200000

The baseline is the same request of the web client as Odoo itself, whom no record rule
limits, run in turn with the others so that the ratio holds on a noisy machine.
"""

import argparse
import os
import statistics
import time
from functools import partial

from lxml import etree
from standing import fill

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

print = partial(print, flush=True)  # noqa: A001 a long run is watched

PAGE = 80
ROUNDS = 15
PER_OWNER = 250


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=200_000)
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["--log-level=warn"])
    with Registry(os.environ["VIP_CARE_DB"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        fill(env, options.members, options.members)
        users = _make_users(env, options.members)
        print(f"{options.members:,} members, page of {PAGE}, median of {ROUNDS} runs")
        print(f"{'':24}{'seconds':>9}{'ratio':>8}{'queries':>9}{'sees':>10}")
        for question, domain in (
            ("members", [("is_vip_member", "=", True)]),
            ("all contacts", []),
        ):
            print(question)
            _measure(env, users, domain)
    return 0


def _make_users(env, members):
    """Give each member an owner, and return one user of each role."""
    stores = env["vip.store"].search([("code", "=like", "BENCH%")])
    region = env["vip.region"].create({"name": "Bench"})
    stores[:10].region_id = region
    owners = env["hr.employee"].create(
        [
            {"name": f"Owner {i}", "vip_store_id": stores[i % len(stores)].id}
            for i in range(max(len(stores), members // PER_OWNER))
        ]
    )
    users = {
        role: env["res.users"].create(
            {
                "name": role,
                "login": role,
                "group_ids": [(6, 0, env.ref(f"vip_care.group_{group}").ids)],
            }
        )
        for role, group in (
            ("associate", "associate"),
            ("store manager", "store_manager"),
            ("regional manager", "region_manager"),
            ("head office", "head_office"),
        )
    }
    owners[0].user_id = users["associate"]
    stores[0].manager_ids = users["store manager"]
    region.manager_ids = users["regional manager"]
    env.flush_all()
    _own(env, owners)
    return {"without rules": env.user} | users


def _own(env, owners):
    env.cr.execute(
        """
        UPDATE res_partner m
           SET vip_owner_id = e.id, vip_owner_user_id = e.user_id,
               vip_owner_store_id = e.vip_store_id
          FROM (SELECT id, user_id, vip_store_id,
                       row_number() OVER (PARTITION BY vip_store_id ORDER BY id) - 1 AS n,
                       count(*) OVER (PARTITION BY vip_store_id) AS of
                  FROM hr_employee WHERE id = ANY(%s)) e
         WHERE m.vip_card_number LIKE 'BENCH%%' AND m.vip_store_id = e.vip_store_id
           AND m.id / 40 %% e.of = e.n
        """,
        [owners.ids],
    )
    env.cr.commit()
    env.cr.execute("ANALYZE res_partner")
    env.cr.commit()
    env.invalidate_all()


def _measure(env, users, domain):
    spec = _list_fields(env)
    figures = {role: [] for role in users}
    for _round in range(ROUNDS):
        for role, user in users.items():
            figures[role].append(_once(env, user, domain, spec))
    baseline = statistics.median(
        seconds for seconds, *_rest in figures["without rules"]
    )
    for role, runs in figures.items():
        seconds = statistics.median(seconds for seconds, *_rest in runs)
        queries = min(queries for _seconds, queries, _count in runs)
        ratio = seconds / baseline
        seen = f"{runs[0][2]:,}" + ("+" if runs[0][2] > 10_000 else "")
        print(f"  {role:22}{seconds:9.3f}{ratio:8.2f}{queries:9}{seen:>10}")


def _list_fields(env):
    view = env.ref("vip_care.res_partner_view_list_member")
    arch = etree.fromstring(env["res.partner"].get_view(view.id, "list")["arch"])
    partner = env["res.partner"]
    return {
        node.get("name"): {"fields": {"display_name": {}}}
        if partner._fields[node.get("name")].type == "many2one"
        else {}
        for node in arch.iter("field")
    }


def _once(env, user, domain, spec):
    """Return seconds, queries and number of a fresh request's page."""
    partners = env(user=user, su=user.id == SUPERUSER_ID)["res.partner"]
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    page = partners.web_search_read(
        domain,
        spec,
        limit=PAGE,
        count_limit=10_001,
        order="vip_last_purchase_date desc, id desc",
    )
    seconds = time.perf_counter() - start
    return seconds, env.cr.sql_log_count - queries, page["length"]
