"""A shop with members whose messages are due now, for `sms.py`."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import standing

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL

SENDER = "10690000"
WORDS = "，您好。天冷了，多加衣。\nBench Lin"


class Place(NamedTuple):
    """Where a shop and its members are."""

    hours: range  # by UTC, in which everybody there may be texted
    country: str
    tz: str
    prefix: str  # of numbers
    digits: int
    first: int


# Messages leave only by day, so the shop is where it is day now.
PLACES = (
    Place(range(11), "CN", "Asia/Shanghai", "+86139", 8, 1),
    Place(range(11, 19), "GB", "Europe/London", "+447911", 6, 1),
    Place(range(19, 24), "US", "America/New_York", "+1201", 7, 2_000_001),
)


def by_day():
    """Return the place where it is day."""
    hour = datetime.now(UTC).hour
    return next(place for place in PLACES if hour in place.hours)


def fill(db, members, **gateway):
    """Make a shop with so many members; return the id of its gateway."""
    with Registry(db).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        place = by_day()
        employee = _store(env, place)
        model = env["res.partner"].create(
            {
                "name": "Model",
                "is_vip_member": True,
                "vip_store_id": employee.vip_store_id.id,
                "vip_owner_id": employee.id,
            }
        )
        env.flush_all()
        for query in _queries(cr, model, members, place):
            cr.execute(query)
        env.invalidate_all()
        record = _gateway(env, gateway)
        env.cr.commit()
        return record.id


def _store(env, place):
    country = env["res.country"].search([("code", "=", place.country)])
    env.company.country_id = country
    store = env["vip.store"].create(
        {
            "name": "Bench",
            "code": "BENCH",
            "tz": place.tz,
            "country_id": country.id,
        }
    )
    return env["hr.employee"].create({"name": "Lin", "vip_store_id": store.id})


def _queries(cr, model, members, place):
    """Yield SQL that makes members by the model who agreed to everything."""
    own = ("name", "complete_name", "vip_card_number", "phone", "vip_phone_key")
    copied = SQL(standing.copied_columns(cr, own))
    yield SQL(
        """
        INSERT INTO res_partner (%(copied)s, name, complete_name, vip_card_number,
                                 phone, vip_phone_key)
        SELECT %(copied)s, 'Member ' || i, 'Member ' || i, 'BENCH' || i,
               number, number
          FROM res_partner, generate_series(0, %(members)s - 1) i,
               LATERAL (SELECT %(prefix)s || lpad((%(first)s + i)::text, %(digits)s, '0')
                            AS number) n
         WHERE id = %(id)s
        """,
        copied=copied,
        members=members,
        id=model.id,
        prefix=place.prefix,
        first=place.first,
        digits=place.digits,
    )
    yield SQL(
        """
        INSERT INTO vip_consent (partner_id, partner_ref, company_id, user_id, purpose,
                                 channel, method, text, given, date, recorded_on)
        SELECT m.id, m.id, m.vip_company_id, 1, purpose, 'any', 'paper', 'Yes.', TRUE,
               '2025-01-01', '2025-01-01'
          FROM res_partner m, unnest(ARRAY['service', 'care', 'marketing']) AS purpose
         WHERE m.vip_card_number LIKE 'BENCH%%'
        """
    )


def plan(env):
    """Plan a message of a new rule to each member, due today, and queue them all."""
    rule = env["vip.care.rule"].create(
        {
            "name": "Bench",
            "trigger": "monthly_call",
            "channel": "message",
            "purpose": "care",
            "text_kind": "greeting",
            "vip_sms_auto": True,
        }
    )
    env.flush_all()
    today = env["vip.store"].search([("code", "=", "BENCH")])._vip_today()
    env.cr.execute(
        SQL(
            """
            INSERT INTO vip_care_task (
                   partner_id, rule_id, occasion_key, trigger, company_id, store_id,
                   owner_id, channel, purpose, text_kind, tone, priority, cap_days,
                   event_date, due_date, until, state, is_holdout, body)
            SELECT m.id, %(rule)s, 'monthly_call:' || %(rule)s, 'monthly_call',
                   m.vip_company_id, m.vip_store_id, m.vip_owner_id, 'message', 'care',
                   'greeting', 'neutral', 50, 0, %(event)s, %(day)s, %(day)s + 2, 'planned',
                   FALSE, m.name || %(words)s
              FROM res_partner m WHERE m.vip_card_number LIKE 'BENCH%%'
             ORDER BY m.id
            """,
            rule=rule.id,
            day=today,
            # Each time another occasion: nobody hears of the same one twice.
            event=today - timedelta(days=rule.search_count([("name", "=", "Bench")])),
            words=WORDS,
        )
    )
    env.invalidate_all()
    env.cr.commit()


def _gateway(env, values):
    """Make the company's gateway and let it run."""
    gateway = env["vip.sms.gateway"].create(
        {
            "name": "Bench",
            "kind": "kannel",
            "company_id": env.company.id,
            "user": "bench",
            "password": "bench-secret",
            "sender": SENDER,
            "signature": "Bench",
            "timeout": 2,
            "batch_size": 10,
        }
        | values
    )
    gateway.action_resume()
    env.company.vip_sms_gateway_id = gateway
    env.company.vip_sms_confirm_above = 0
    return gateway
