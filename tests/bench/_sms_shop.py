"""A shop with members whose messages are due now, for `sms.py`."""

from datetime import datetime

import pytz
import standing

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL

# Ten in the morning somewhere: messages leave whatever time it is here.
HOUR = 10


def tz_now_open():
    """Return a time zone in which it is between ten and eleven."""
    ahead = (HOUR - datetime.now(pytz.utc).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def fill(db, members, **gateway):
    """Make a shop with due messages for so many members; return the gateway's id."""
    with Registry(db).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        _country(env)
        employee = _store(env)
        model = env["res.partner"].create(
            {
                "name": "Model",
                "is_vip_member": True,
                "vip_store_id": employee.vip_store_id.id,
                "vip_owner_id": employee.id,
            }
        )
        env.flush_all()
        for query in _queries(cr, model, members):
            cr.execute(query)
        env.invalidate_all()
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
        plan(env, rule)
        record = _gateway(env, gateway)
        env.cr.commit()
        return record.id


def _country(env):
    env.company.country_id = env.ref("base.cn")


def _store(env):
    store = env["vip.store"].create(
        {
            "name": "Bench",
            "code": "BENCH",
            "tz": tz_now_open(),
            "country_id": env.ref("base.cn").id,
        }
    )
    return env["hr.employee"].create({"name": "Lin", "vip_store_id": store.id})


def _queries(cr, model, members):
    """Yield SQL that makes members by the model who agreed to everything."""
    own = ("name", "complete_name", "vip_card_number", "phone", "vip_phone_key")
    copied = SQL(standing.copied_columns(cr, own))
    yield SQL(
        """
        INSERT INTO res_partner (%(copied)s, name, complete_name, vip_card_number,
                                 phone, vip_phone_key)
        SELECT %(copied)s, 'Member ' || i, 'Member ' || i, 'BENCH' || i,
               '139' || lpad(i::text, 8, '0'), '+86139' || lpad(i::text, 8, '0')
          FROM res_partner, generate_series(1, %(members)s) i WHERE id = %(id)s
        """,
        copied=copied,
        members=members,
        id=model.id,
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


def plan(env, rule):
    """Plan a message to each member, due today, as the planner writes it."""
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
                   'greeting', 'neutral', 50, 0, %(day)s, %(day)s, %(day)s, 'planned',
                   FALSE, m.name || %(words)s
              FROM res_partner m WHERE m.vip_card_number LIKE 'BENCH%%'
             ORDER BY m.id
            """,
            rule=rule.id,
            day=today,
            words="，您好。天冷了，多加衣。\nBench Lin",
        )
    )
    env.invalidate_all()


def _gateway(env, values):
    """Make the company's gateway and let it run."""
    gateway = env["vip.sms.gateway"].create(
        {
            "name": "Bench",
            "kind": "kannel",
            "company_id": env.company.id,
            "user": "bench",
            "password": "bench-secret",
            "timeout": 2,
            "batch_size": 10,
        }
        | values
    )
    gateway.action_resume()
    env.company.vip_sms_gateway_id = gateway
    env.company.vip_sms_confirm_above = 0
    return gateway
