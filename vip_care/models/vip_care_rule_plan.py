from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .vip_care_scope import CareScope

# What is known ahead is looked at so far; further where a rule keeps contacts apart.
AHEAD_DAYS = 30
# Any number no other lock of the database uses.
PLANNING_LOCK = 861_507


class VipCareRule(models.Model):
    """Planning: from what is due to associates' tasks, on each store's own day."""

    _inherit = "vip.care.rule"

    @api.model
    def plan(self, on_date=None):
        """Plan the day and return the records of the runs, one per company.

        By default each store's own today. Running it again adds nothing; killed at any
        moment it goes on where it stopped, for stores of one day are planned in one
        transaction. A rule that fails is reported on the run and left out.
        """
        if not (self.env.su or self.env.user.has_group("vip_care.group_head_office")):
            raise AccessError(self.env._("Only head office may plan care."))
        on_date = self._planned_day(on_date)
        # sudo: everybody's care is planned, whoever starts it
        return self.sudo()._plan_companies(on_date)

    @api.model
    def _planned_day(self, on_date):
        """Return the day; a slip of the pen must not end what is open until then."""
        try:
            on_date = fields.Date.to_date(on_date)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Choose the day to plan.")) from error
        today = self.env["vip.store"]._vip_today()
        near = on_date is None or abs(on_date - today) <= timedelta(days=1)
        if not (near or self.env.su):
            raise UserError(
                self.env._("Care is planned for today; a rule's preview shows any day.")
            )
        return on_date

    @api.model
    def _cron_plan(self):
        """Plan each store's new day, and during the day what has arrived since."""
        self._plan_companies(None, is_cron=True)

    def _plan_companies(self, on_date, is_cron=False):
        self.env.flush_all()
        runs = self.env["vip.job.run"]
        active = [("active", "=", True)]
        for company in self.env["res.company"].search(active, order="id"):
            runs += self._plan_company(company, on_date, is_cron)
        return runs

    def _plan_company(self, company, on_date=None, is_cron=False):
        """Plan a company's scopes, each in a transaction of its own."""
        scopes = self._scopes(company, on_date)
        day = max(scope.day for scope in scopes)
        run = self.env["vip.job.run"]._start("care", company, day)
        run._progress(0, len(scopes))
        for left, scope in reversed(list(enumerate(scopes))):
            made = self._plan_scope(run, scope, is_cron)
            if made is None:  # somebody else is planning this company now
                run._finish(left + 1)
                return run
            if not run._progress(made, left) and left:
                run._finish(left)
                return run
        run._finish()
        return run

    def _scopes(self, company, on_date=None):
        """Group the company's stores by their day, and whether it is planned already.

        New days come last, which is first to be planned.
        """
        stores = self.env["vip.store"].with_context(active_test=False)
        groups = defaultdict(list)
        no_store = stores.with_company(company)
        day = on_date or no_store._vip_today()
        groups[company.vip_planned_on != day, day].append(0)
        for store in stores.search([("company_id", "=", company.id)]):
            day = on_date or store._vip_today()
            groups[store.vip_planned_on != day, day].append(store.id)
        rules = self._rules_of(company)
        days = max([AHEAD_DAYS, *rules.mapped("cap_days")])
        return [
            CareScope(company, day, day + timedelta(days=days), groups[is_new, day])
            for is_new, day in sorted(groups)
        ]

    def _rules_of(self, company):
        return self.search([("company_id", "in", [False, company.id])])

    def _plan_scope(self, run, scope, is_cron=False):
        """Plan a scope and return the number of tasks; None where another does it."""
        planner = self.env["vip.care.planner"]
        for tries in range(5, 0, -1):
            try:
                if not self._lock_planning(scope.company):
                    return None
                is_new = not is_cron or self._is_new_day(scope)
                rules = self._rules_of(scope.company)
                made = planner._plan(run, scope, rules, is_new)
                if is_new:
                    self._mark_planned(scope)
                return made
            except psycopg2.OperationalError:
                # Somebody changed one of these tasks meanwhile: look again. Within a
                # larger transaction it is not ours to roll back.
                if tries == 1 or self.env.context.get("vip_no_commit"):
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
        return None

    def _lock_planning(self, company):
        """Tell whether we, and nobody else, plan this company until the commit."""
        [[is_ours]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", PLANNING_LOCK, company.id)
        )
        return is_ours

    def _is_new_day(self, scope):
        stores = self.env["vip.store"].browse(sid for sid in scope.store_ids if sid)
        days = set(stores.mapped("vip_planned_on"))
        if 0 in scope.store_ids:
            days.add(scope.company.vip_planned_on)
        return days != {scope.day}

    def _mark_planned(self, scope):
        stores = self.env["vip.store"].browse(sid for sid in scope.store_ids if sid)
        stores.vip_planned_on = scope.day
        if 0 in scope.store_ids:
            scope.company.vip_planned_on = scope.day
