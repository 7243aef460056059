"""Times a handover: proposing and applying it, against the plainest update there is.

    ./dev bench handover --members 5000

The leaver's members have served histories with her colleagues. The baseline writes an
owner, history and lines for as many members with three bare SQL statements and rolls
them back, right before the figure, so that the ratio holds on a noisy machine.
"""

import argparse
import os
import time
from functools import partial

from standing import copied_columns

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

print = partial(print, flush=True)  # noqa: A001 a long run is watched

COLLEAGUES = 12
OTHERS = 350  # employees elsewhere, who own the other members
BASELINE = (
    """UPDATE res_partner SET vip_owner_id = %(other)s, vip_owner_since = now()
        WHERE vip_owner_id = %(leaver)s""",
    """INSERT INTO vip_ownership_change (partner_id, date, old_owner_id, new_owner_id,
                                         reason)
       SELECT id, now(), %(leaver)s, %(other)s, 'leaving' FROM res_partner
        WHERE vip_owner_id = %(other)s""",
    """SELECT partner_id, receiver_id, count(*) FROM vip_purchase
        WHERE local_date > now() - interval '1 year' GROUP BY 1, 2""",
)


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=5_000)
    parser.add_argument("--others", type=int, default=100_000, help="of other people")
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["--log-level=warn"])
    with Registry(os.environ["VIP_CARE_DB"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        staff = _staff(env)
        _fill(env, staff, options.members, options.others)
        leaver = staff[0]
        manager, regional = staff[COLLEAGUES + 1].user_id, staff[COLLEAGUES + 2].user_id
        seconds = _baseline(env, staff)
        print(
            f"{options.members:,} members to {COLLEAGUES} colleagues, among"
            f" {options.members + options.others:,}; bare SQL: {seconds:.2f} s"
        )
        print(f"{'':34}{'seconds':>9}{'ratio':>8}{'queries':>9}")
        model = env["vip.transfer"]
        total = 0.0
        total += _step(env, "proposal", seconds, leaver.action_vip_hand_over)
        transfer = model.search([("from_employee_id", "=", leaver.id)])
        accept = transfer.with_user(manager).action_submit
        total += _step(env, "accepted by the store", seconds, accept)
        approve = transfer.with_user(regional).action_approve
        total += _step(env, "approved and applied", seconds, approve)
        print(f"{'all together':34}{total:9.2f}{total / seconds:8.1f}")
        undo = transfer.with_user(regional).action_undo
        _step(env, "undone", seconds, undo)
    return 0 if total < 10 or options.members > 5_000 else 1


def _staff(env):
    """Return the leaver, her colleagues, the store's manager and the region's."""
    users = env["res.users"].with_context(no_reset_password=True)
    associate, store_manager, region_manager = (
        env.ref(f"vip_care.group_{name}")
        for name in ("associate", "store_manager", "region_manager")
    )
    region = env["vip.region"].create({"name": "Bench"})
    store = env["vip.store"].create(
        {"name": "Bench", "code": "BENCH", "region_id": region.id}
    )
    groups = [associate] * (COLLEAGUES + 1) + [store_manager, region_manager]
    users = users.create(
        [
            {"name": f"B{i}", "login": f"bench{i}", "group_ids": [(6, 0, group.ids)]}
            for i, group in enumerate(groups)
        ]
    )
    store.manager_ids, region.manager_ids = users[-2], users[-1]
    here = [{"user_id": user.id, "vip_store_id": store.id} for user in users]
    elsewhere = [{"name": f"Other {i}"} for i in range(OTHERS)]
    return env["hr.employee"].create(here + elsewhere)


def _fill(env, staff, members, others):
    """Members of the leaver and of her colleagues, ten tickets for each of hers."""
    cr = env.cr
    store = staff[0].vip_store_id
    model = env["res.partner"].create(
        {
            "name": "Model",
            "is_vip_member": True,
            "vip_store_id": store.id,
            "vip_owner_id": staff[0].id,
        }
    )
    env.flush_all()
    own = ("name", "complete_name", "vip_card_number", "barcode", "vip_owner_id")
    own += ("vip_owner_user_id",)
    copied = copied_columns(cr, own)
    cr.execute(
        f"""
        INSERT INTO res_partner (
            {copied}, name, complete_name, vip_card_number, vip_owner_id,
            vip_owner_user_id)
        SELECT {copied}, 'Member ' || i, 'Member ' || i, 'BENCH' || i, owner_id,
               owner_user_id
          FROM res_partner model CROSS JOIN generate_series(1, %s) i
          JOIN (SELECT id AS owner_id, user_id AS owner_user_id FROM hr_employee) o
            ON owner_id = (%s::int[])[CASE WHEN i <= %s THEN 1 ELSE 2 + i %% (%s) END]
         WHERE model.id = %s
        """,
        [members + others, staff.ids, members, len(staff) - 1, model.id],
    )
    cr.execute("SELECT setseed(0.5)")
    cr.execute(
        """
        INSERT INTO vip_purchase (
            import_ref, partner_id, company_id, store_id, date, local_date, amount,
            units, in_season_units, is_refund, points_earned, points_spent,
            receiver_id)
        SELECT 'B' || row_number() OVER (), member.id, %(company)s, %(store)s,
               now() - i * interval '20 days', (now() - i * interval '20 days')::date,
               100, 1, 1, FALSE, 0, 0,
               (%(staff)s::int[])[1 + floor(%(people)s * random())::int]
          FROM res_partner member CROSS JOIN generate_series(1, 10) i
         WHERE member.vip_owner_id = %(leaver)s
        """,
        {
            "company": env.company.id,
            "store": store.id,
            "staff": staff.ids,
            "people": COLLEAGUES + 1,
            "leaver": staff[0].id,
        },
    )
    env.company.vip_owner_max_members = 300 + members // COLLEAGUES
    env.flush_all()
    cr.commit()
    for table in ("res_partner", "vip_purchase"):
        cr.execute(f"ANALYZE {table}")
    cr.commit()
    env.invalidate_all()


def _baseline(env, staff):
    """Return the seconds the bare statements take; they leave nothing behind."""
    values = {"leaver": staff[0].id, "other": staff[1].id}
    runs = []
    for _run in range(2):
        with env.cr.savepoint() as savepoint:
            start = time.perf_counter()
            for statement in BASELINE:
                env.cr.execute(statement, values)
            runs.append(time.perf_counter() - start)
            savepoint.rollback()
    return min(runs)


def _step(env, label, baseline, function):
    """Print what one step of the handover takes; return its seconds."""
    env.flush_all()
    env.invalidate_all()
    queries = env.cr.sql_log_count
    start = time.perf_counter()
    function()
    env.flush_all()
    env.cr.precommit.run()  # tracking of what changed
    seconds = time.perf_counter() - start
    queries = env.cr.sql_log_count - queries
    print(f"{label:34}{seconds:9.2f}{seconds / baseline:8.1f}{queries:9,}")
    return seconds
