"""Times planning a day's care for many members by all rules, and planning it again.

    ./dev bench care --members 200000

An ordinary day, the day after, and the eve of a festival on which everybody is greeted.
What the words take is told apart, and each figure is set against a bare aggregate over
the same purchases, run right before it, so that the ratio holds on a noisy machine.
"""

import argparse
import os
import time
from datetime import date
from functools import partial

import standing

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL

print = partial(print, flush=True)  # noqa: A001 a long run is watched

OWNERS_PER_STORE = 8
ORDINARY, NEXT, EVE = date(2026, 6, 16), date(2026, 6, 17), date(2026, 6, 18)


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=200_000)
    parser.add_argument("--tickets", type=int, help="three for each member by default")
    parser.add_argument("--rules", action="store_true", help="time each rule's query")
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["--log-level=warn"])
    with Registry(os.environ["VIP_CARE_DB"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env.company.country_id = env.ref("base.cn")
        tickets = options.tickets or 3 * options.members
        standing.fill(env, options.members, tickets)
        _fill_members(env)
        env["vip.standing.review"].run(on_date=ORDINARY)
        rules = env["vip.care.rule"].with_context(active_test=False).search([])
        rules.active = True
        _vacuum(env)
        print(f"{options.members:,} members, {tickets:,} tickets, {len(rules)} rules")
        print(
            f"{'':34}{'seconds':>9}{'words':>8}{'baseline':>10}{'ratio':>8}{'rows':>9}"
        )
        if options.rules:
            _measure_rules(env, rules, ORDINARY)
        _measure(env, "first plan of an ordinary day", ORDINARY)
        _measure(env, "the same day again", ORDINARY)
        _measure(env, "the day after", NEXT)
        _measure(env, "eve of a festival for everybody", EVE)
        _measure(env, "the same day again", EVE)
    return 0


def _fill_members(env):
    """Give members owners, numbers, birthdays, wishes, families and consents."""
    stores = env["vip.store"].search([("code", "=like", "BENCH%")])
    employees = env["hr.employee"].create(
        [
            {"name": f"Associate {i}", "vip_store_id": store.id}
            for store in stores
            for i in range(OWNERS_PER_STORE)
        ]
    )
    env.flush_all()
    for query in _queries(stores, employees):
        env.cr.execute(query)
    env.invalidate_all()
    today = {"date_from": ORDINARY, "date_to": EVE, "state": "active"}
    env["vip.care.event"].create(
        [
            {"name": "Fair", "kind": "activity", "store_ids": stores[:2].ids} | today,
            {"name": "New", "kind": "arrivals", "store_ids": stores[2:4].ids} | today,
        ]
    )
    env.cr.commit()


def _queries(stores, employees):
    yield SQL(
        """
        UPDATE res_partner m
           SET vip_owner_id = (%s::int[])[
                   1 + array_position(%s::int[], m.vip_store_id) * %s - 1 - m.id %% %s],
               phone = '139' || lpad(m.id::text, 8, '0'),
               vip_phone_key = '+86139' || lpad(m.id::text, 8, '0'),
               vip_gender = CASE WHEN m.id %% 5 > 0 THEN 'female' ELSE 'male' END,
               vip_birthday = DATE '1970-01-01' + (m.id * 7919 %% 12000),
               vip_birthday_calendar = CASE WHEN m.id %% 3 = 0 THEN 'lunar'
                                            ELSE 'solar' END,
               vip_lunar_month = CASE WHEN m.id %% 3 = 0 THEN 1 + m.id / 3 %% 12 END,
               vip_lunar_day = CASE WHEN m.id %% 3 = 0 THEN 1 + m.id / 7 %% 30 END,
               vip_preferred_days = (ARRAY['any', 'weekday', 'weekend'])[1 + m.id %% 3],
               vip_enrolled_on = DATE '2023-06-01' + m.id %% 1110,
               vip_profile_score = m.id %% 100
         WHERE is_vip_member
        """,
        employees.ids,
        stores.ids,
        OWNERS_PER_STORE,
        OWNERS_PER_STORE,
    )
    yield SQL(
        """
        INSERT INTO vip_consent (partner_id, partner_ref, company_id, user_id, purpose,
                                 channel, method, text, given, date, recorded_on)
        SELECT m.id, m.id, m.vip_company_id, 1, purpose, 'any', 'paper', 'Yes.',
               m.id %% 10 > 0, '2025-01-01', '2025-01-01'
          FROM res_partner m, unnest(ARRAY['service', 'care', 'marketing']) AS purpose
         WHERE m.is_vip_member AND m.id %% 10 < 8
        """
    )
    yield SQL(
        """
        INSERT INTO vip_relation (partner_id, kind, name, birthday_calendar,
                                  birthday_month, birthday_day)
        SELECT id, 'child', 'Bao', 'solar', 1 + id %% 12, 1 + id %% 28
          FROM res_partner WHERE is_vip_member AND id %% 4 = 0
        """
    )
    yield SQL(
        """
        INSERT INTO vip_special_day (partner_id, name, calendar, month, day)
        SELECT id, 'Wedding', 'solar', 1 + id %% 12, 1 + id / 12 %% 28
          FROM res_partner WHERE is_vip_member AND id %% 5 = 0
        """
    )


def _vacuum(env):
    """Leave the tables as autovacuum does; not possible within a transaction."""
    env.cr.commit()
    env.cr._cnx.autocommit = True
    for table in ("res_partner", "vip_consent", "vip_relation", "vip_special_day"):
        env.cr.execute(SQL("VACUUM ANALYZE %s", SQL.identifier(table)))
    env.cr._cnx.autocommit = False


def _timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _measure(env, label, day):
    texts, words = env.registry["vip.care.text"], []
    give = texts._give

    def timed_give(self, tasks):
        words.append(_timed(lambda: give(self, tasks)))

    baseline = min(
        _timed(lambda: env.cr.execute(standing.BASELINE)) for _try in range(2)
    )
    runs = []
    texts._give = timed_give
    try:
        seconds = _timed(lambda: runs.append(env["vip.care.rule"].plan(day)))
    finally:
        texts._give = give
    done = sum(runs[0].mapped("done"))
    print(
        f"{label:34}{seconds:9.2f}{sum(words):8.2f}{baseline:10.2f}"
        f"{seconds / baseline:8.1f}{done:9,}"
    )
    for run in runs[0].filtered("error_text"):
        print(run.error_text)


def _measure_rules(env, rules, day):
    """Time what each rule's candidates take, due on the day."""
    for rule in rules:
        for scope in rules._scopes(env.company, day):
            query = rule._query_candidates(scope._replace(ahead=day))
            if query is None:
                continue
            count = SQL("SELECT count(*) FROM (%s) c", query)
            seconds = _timed(lambda count=count: env.cr.execute(count))
            print(
                f"  {rule.code or rule.name:40}{seconds:9.3f}{env.cr.fetchone()[0]:9,}"
            )
