"""The member's card at the till, for `lookup.py`: tickets to read and calls to time."""

import statistics
import time
from itertools import cycle, islice

from odoo.tools import SQL

OWN, HEAVY = 200, 10
HEAVY_TICKETS = 3_000


def fill(env, config, tickets):
    """Give members tickets of three lines and points; return an owner's login.

    `tickets` in all, of which a few members have thousands and OWN belong to the login.
    """
    order, line, card = _models(env, config)
    env.flush_all()
    cr = env.cr
    cr.execute("SELECT id FROM res_partner WHERE vip_card_number LIKE 'BENCH%%'")
    ids = [id_ for [id_] in cr.fetchall()]
    cr.execute("CREATE TEMP TABLE buyer AS SELECT * FROM unnest(%s) partner", [ids])
    cr.execute(
        "CREATE TEMP TABLE sale AS SELECT partner, n, row_number() OVER () AS place"
        " FROM (SELECT %s::int[] AS people, %s AS heavy) p, generate_series(1, %s) n,"
        " LATERAL (SELECT people[1 + CASE WHEN n <= heavy * %s THEN n %% heavy"
        " ELSE n %% cardinality(people) END] AS partner) who",
        [ids, HEAVY, tickets, HEAVY_TICKETS],
    )
    _copy_all(cr, order, line, card)
    cr.execute("SELECT setval('pos_order_id_seq', max(id)) FROM pos_order")
    owner = _own(env, config, ids[-OWN:])
    cr.commit()
    cr._cnx.autocommit = True
    cr.execute("VACUUM ANALYZE pos_order, pos_order_line, loyalty_card, res_partner")
    cr._cnx.autocommit = False
    env.invalidate_all()
    return owner, {
        "own": ids[-OWN:],
        "others": ids[-2000:-OWN],
        "heavy": ids[:HEAVY],
    }


def _models(env, config):
    """Return a ticket, its line and a points card to copy."""
    product = env["product.product"].create({"name": "Coat"})
    session = env["pos.session"].create({"config_id": config.id, "user_id": env.uid})
    member = env["res.partner"].search([("is_vip_member", "=", True)], limit=1)
    amounts = dict.fromkeys(("amount_tax", "amount_paid", "amount_return"), 0)
    order = env["pos.order"].create(
        amounts
        | {
            "session_id": session.id,
            "config_id": config.id,
            "company_id": config.company_id.id,
            "partner_id": member.id,
            "amount_total": 20,
            "name": "Bench",
            "state": "paid",
        }
    )
    line = env["pos.order.line"].create(
        {
            "order_id": order.id,
            "product_id": product.id,
            "full_product_name": "Coat (M, Grey)",
            "qty": 1,
            "price_unit": 20,
            "price_subtotal": 20,
            "price_subtotal_incl": 20,
        }
    )
    program = env["loyalty.program"].create(
        {"name": "Bench points", "program_type": "loyalty"}
    )
    card = env["loyalty.card"].create({"program_id": program.id})
    return order, line, card


def _copy_all(cr, order, line, card):
    moment = "TIMESTAMP '2026-06-01' - (s.n % 40000) * interval '37 minutes'"
    ticket = {
        "id": f"{order.id} + s.place",
        "partner_id": "s.partner",
        "date_order": moment,
        "uuid": "'bench' || s.place",
        "write_date": "TIMESTAMP '2026-06-01'",
    }
    piece = {
        "id": None,
        "order_id": f"{order.id} + s.place",
        "uuid": "'bench' || s.place || '-' || part",
    }
    points = {"id": None, "partner_id": "s.partner", "code": "'POINTS' || s.partner"}
    _copy(cr, order, "sale s", ticket)
    _copy(cr, line, "sale s, generate_series(1, 3) part", piece)
    _copy(cr, card, "buyer s", points)


def _copy(cr, model, source, own):
    """Insert copies of a record, one for each row of `source`, with columns of `own`."""
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND is_generated = 'NEVER'",
        [model._table],
    )
    columns = [name for [name] in cr.fetchall() if name not in own]
    given = {name: value for name, value in own.items() if value}
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s model, %s WHERE model.id = %s",
            SQL.identifier(model._table),
            SQL(", ").join(map(SQL.identifier, [*columns, *given])),
            SQL(", ").join(
                [SQL.identifier("model", name) for name in columns]
                + [SQL(value.replace("%", "%%")) for value in given.values()]
            ),
            SQL.identifier(model._table),
            SQL(source),
            model.id,
        )
    )


def _own(env, config, ids):
    """Make a login that owns these members."""
    user = _login(env, "card owner", "vip_care.group_associate")
    employee = env["hr.employee"].create(
        {"name": "Owner", "user_id": user.id, "vip_store_id": config.vip_store_id.id}
    )
    env.flush_all()
    env.cr.execute(
        "UPDATE res_partner SET vip_owner_id = %s, vip_owner_user_id = %s,"
        " vip_owner_store_id = %s, vip_owner_since = '2026-01-01' WHERE id = ANY(%s)",
        [employee.id, user.id, config.vip_store_id.id, ids],
    )
    return user


def _login(env, name, *groups):
    names = ("base.group_user", "point_of_sale.group_pos_user", *groups)
    return env["res.users"].create(
        {
            "name": name,
            "login": f"{name} {time.time()}",
            "group_ids": [(6, 0, [env.ref(group).id for group in names])],
        }
    )


def measure(env, config, owner, members, asks):
    """Print what choosing a member takes: own, others', and who buys very much."""
    till = _login(env, "card till")
    config.company_id.vip_lookup_limit = 10**6
    env.flush_all()
    for label, user, kind in (
        ("card: own member", owner, "own"),
        ("card: somebody else's", till, "others"),
        (f"card: {HEAVY_TICKETS:,} tickets", till, "heavy"),
    ):
        partners, calls = env["res.partner"].with_user(user), []
        for partner_id in islice(cycle(members[kind]), asks):
            env.invalidate_all()
            start = time.perf_counter()
            card = partners.vip_till_member(partner_id, config.id)
            calls.append(1000 * (time.perf_counter() - start))
            assert card["pos"] and card["own"] == (kind == "own")
            assert card["last_visit"] or kind != "heavy"
        p95 = statistics.quantiles(calls, n=20)[-1]
        goods = len(card["purchases"])
        print(f"{label:28}{'':18}{statistics.median(calls):10.1f}{p95:8.1f}{goods:8}")
