"""The shop of the till's benchmark: the same customers, goods and tickets twice.

It is filled in a database without our add-ons; in its copy, where they are installed,
nine in ten customers then become members.
"""

import odoo
from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry

LOGIN = "bench_till"
GROUPS = ("base.group_user", "point_of_sale.group_pos_user")
COLUMNS = """
    SELECT quote_ident(column_name) FROM information_schema.columns
     WHERE table_name = %s AND column_name <> ALL(%s) AND is_generated = 'NEVER'
"""


def fill(database, customers, products, tickets):
    """Make a register with an open session, and what its customers bought so far."""
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        till = env["res.users"].create(
            {
                "name": "Till",
                "login": LOGIN,
                "password": LOGIN,
                "group_ids": [Command.set([env.ref(name).id for name in GROUPS])],
            }
        )
        register = env["pos.config"].create({"name": "Bench till"})
        program = _create_program(env)
        model = env["res.partner"].create(
            {
                "name": "Customer",
                "email": "customer@example.com",
                "street": "7 Long Lane",
                "city": "Shanghai",
                "country_id": env.ref("base.cn").id,
            }
        )
        _create_products(env, products)
        past = _open(register, till)
        ticket = _create_ticket(env, past, model)
        first = _copy_customers(env, model, customers)
        _copy_tickets(env, ticket, first, customers, tickets)
        _copy_cards(env, program, model, first, customers)
        cr.execute("UPDATE pos_session SET state = 'closed', stop_at = now()")
        env.invalidate_all()
        _open(register, till)
        cr.commit()
        _analyze(cr)
    odoo.sql_db.close_all()


def enrol(database):
    """Make nine in ten customers members, each with one of 50 owners of the store."""
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        store = env["pos.config"].search([("name", "=", "Bench till")]).vip_store_id
        owners = env["hr.employee"].create(
            [{"name": f"Owner {n}", "vip_store_id": store.id} for n in range(50)]
        )
        tiers = env["vip.tier"].search([]) or env["vip.tier"].create({"name": "Gold"})
        model = env["res.partner"].create(
            {
                "name": "Model member",
                "is_vip_member": True,
                "vip_store_id": store.id,
                "vip_owner_id": owners[0].id,
            }
        )
        env.flush_all()
        own = ("vip_card_number", "vip_phone_key", "vip_owner_id", "vip_tier_id")
        cr.execute(COLUMNS, ["res_partner", list(own)])
        taken = [
            name for [name] in cr.fetchall() if name.startswith(("vip_", "is_vip_"))
        ]
        sets = ", ".join(f"{name} = m.{name}" for name in taken)
        cr.execute(
            f"""
            UPDATE res_partner c
               SET {sets}, vip_card_number = 'BENCH' || c.id,
                   vip_phone_key = '+86' || c.phone,
                   vip_owner_id = (%s::int[])[1 + c.id %% 50],
                   vip_tier_id = (%s::int[])[1 + c.id %% %s]
              FROM res_partner m
             WHERE m.id = %s AND c.name LIKE 'Customer %%' AND c.id %% 10 > 0
            """,
            [owners.ids, tiers.ids, len(tiers), model.id],
        )
        cr.commit()
        _analyze(cr)
    odoo.sql_db.close_all()


def shop(database):
    """Return what a client must know to sell: ids, prices, who has which card."""
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        register = env["pos.config"].search([("name", "=", "Bench till")])
        products = env["product.product"].search([("name", "=like", "Product %")])
        cards = env["loyalty.card"].search_read(
            [("partner_id.name", "=like", "Customer %")],
            ["partner_id"],
            limit=2000,
            load=False,
        )
        tax = products[0].taxes_id
        found = {
            "config_id": register.id,
            "session_id": register.current_session_id.id,
            "pricelist_id": register.pricelist_id.id,
            "method_id": _bank(register).id,
            "user_id": env["res.users"].search([("login", "=", LOGIN)]).id,
            "program_id": env["loyalty.program"].search([("name", "=", "Bench")]).id,
            "tax_ids": tax.ids,
            "tax": tax.amount / 100,
            "products": [(p.id, p.name, p.lst_price) for p in products[:50]],
            # Some of them are no members.
            "cards": [
                (c["partner_id"], c["id"]) for c in cards if c["partner_id"] % 10
            ],
        }
    odoo.sql_db.close_all()
    return found


def _open(register, user):
    register = register.with_user(user).sudo(False)
    register.open_ui()
    register.current_session_id.set_opening_control(0, "")
    return register.current_session_id.sudo()


def _bank(register):
    return register.payment_method_ids.filtered(
        lambda method: not method.is_cash_count
    )[:1]


def _create_program(env):
    return env["loyalty.program"].create(
        {
            "name": "Bench",
            "program_type": "loyalty",
            "applies_on": "both",
            "trigger": "auto",
            "pos_ok": True,
            "rule_ids": [
                Command.create(
                    {"reward_point_mode": "money", "reward_point_amount": 0.1}
                )
            ],
            "reward_ids": [
                Command.create(
                    {"reward_type": "discount", "discount": 5, "required_points": 50}
                )
            ],
        }
    )


def _create_products(env, count):
    env["product.product"].create(
        [
            {
                "name": f"Product {n}",
                "list_price": 50 + n % 300,
                "available_in_pos": True,
                "is_storable": True,
            }
            for n in range(count)
        ]
    )


def _create_ticket(env, session, customer):
    product = env["product.product"].search([("name", "=", "Product 1")])
    order = env["pos.order"].create(
        {
            "session_id": session.id,
            "partner_id": customer.id,
            "amount_total": 100,
            "amount_tax": 0,
            "amount_paid": 100,
            "amount_return": 0,
            "lines": [
                Command.create(
                    {
                        "product_id": product.id,
                        "name": "line",
                        "qty": 1,
                        "price_unit": 100,
                        "price_subtotal": 100,
                        "price_subtotal_incl": 100,
                    }
                )
            ],
        }
    )
    order.add_payment(
        {
            "pos_order_id": order.id,
            "amount": 100,
            "payment_method_id": _bank(session.config_id).id,
        }
    )
    order.action_pos_order_paid()
    env.flush_all()
    return order


def _copy_customers(env, model, count):
    """Insert copies of a contact; return the first one's id."""
    own = {
        "name": "'Customer ' || n",
        "complete_name": "'Customer ' || n",
        "phone": "'139' || lpad(n::text, 8, '0')",
        "commercial_partner_id": "currval('res_partner_id_seq')",
    }
    env.flush_all()
    _copy(env, "res_partner", model.id, own, f"generate_series(1, {count}) n")
    env.cr.execute("SELECT min(id) FROM res_partner WHERE name = 'Customer 1'")
    return env.cr.fetchone()[0]


def _copy_tickets(env, order, first, customers, count):
    """Insert copies of a paid ticket with its line and payment; some buy far more."""
    env.cr.execute("SELECT setseed(0.5)")
    own = {
        "partner_id": f"{first} + floor({customers} * power(random(), 2))::int",
        "uuid": "'bench-' || n",
        "access_token": "'bench-' || n",
        "pos_reference": "'Bench ' || n",
        "name": "'Bench ' || n",
        "state": "'done'",
        "date_order": "now() - n * interval '1 minute'",
    }
    series = f"generate_series(1, {count}) n"
    _copy(env, "pos_order", order.id, own, series)
    orders = "(SELECT id AS oid FROM pos_order WHERE uuid LIKE 'bench-%') o"
    own = {"order_id": "oid", "uuid": "'bench-' || oid"}
    _copy(env, "pos_order_line", order.lines.id, own, orders)
    own = {"pos_order_id": "oid", "uuid": "'bench-' || oid"}
    _copy(env, "pos_payment", order.payment_ids.id, own, orders)


def _copy_cards(env, program, model, first, customers):
    card = env["loyalty.card"].create(
        {"program_id": program.id, "partner_id": model.id, "points": 100}
    )
    env.flush_all()
    own = {"partner_id": "n", "code": "'bench-' || n"}
    series = f"generate_series({first}, {first + customers - 1}) n"
    _copy(env, "loyalty_card", card.id, own, series)
    history = env["loyalty.history"].create(
        {"card_id": card.id, "description": "Bench", "issued": 10, "used": 0}
    )
    env.flush_all()
    own = {"card_id": "c.id", "order_id": "o.id", "order_model": "'pos.order'"}
    bought = (
        "pos_order o JOIN loyalty_card c ON c.partner_id = o.partner_id"
        " AND o.uuid LIKE 'bench-%'"
    )
    _copy(env, "loyalty_history", history.id, own, f"({bought})")


def _copy(env, table, model_id, own, source):
    """Insert a copy of a row for each row of `source`, with columns of its `own`."""
    env.cr.execute(COLUMNS, [table, ["id", *own]])
    names = [name for [name] in env.cr.fetchall()]
    taken = [f"t.{name}" for name in names]
    env.cr.execute(
        f"INSERT INTO {table} ({', '.join([*own, *names])})"
        f" SELECT {', '.join([*own.values(), *taken])}"
        f" FROM {table} t CROSS JOIN {source} WHERE t.id = {model_id}"
    )


def _analyze(cr):
    """Leave the tables as autovacuum does; not possible within a transaction."""
    cr._cnx.autocommit = True
    cr.execute("VACUUM ANALYZE")
    cr._cnx.autocommit = False
