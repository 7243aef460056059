from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .vip_care_scope import CareScope

# Days members state, and what of a member says when her birthday is.
KEPT = ("birthday", "special_day", "family_birthday")
BIRTHDAY = {
    "vip_birthday",
    "vip_birthday_calendar",
    "vip_birthday_year_unknown",
    "vip_lunar_month",
    "vip_lunar_day",
    "vip_lunar_is_leap",
}
# Of years before nothing is due any more.
YEAR = 366


class VipCareRule(models.Model):
    """A day that was corrected is kept on its own day, and not twice.

    What was done for the former day stays the year's; anything else gives the year
    back, so that the planner may plan it for the day she told.
    """

    _inherit = "vip.care.rule"

    def _follow_dates(self, partners, trigger):
        """End what is planned for days these members do not keep, and free the keys."""
        self = self.sudo()  # contacts of all owners and rules, whoever corrects a day
        self.env.flush_all()
        moved = []
        since = self.env["vip.store"]._vip_today() - timedelta(days=YEAR)
        unmade = self._query_unmade(partners, trigger, since)
        rows = self.env.execute_query(
            SQL(
                """SELECT t.rule_id, t.company_id, min(t.event_date), max(t.event_date)
                     FROM (%s) t GROUP BY t.rule_id, t.company_id""",
                unmade,
            )
        )
        for rule_id, company_id, first, last in rows:
            rule = self.browse(rule_id)
            company = self.env["res.company"].browse(company_id)
            query = rule._query_moved(partners, company, first, last, unmade)
            moved += [row[0] for row in self.env.execute_query(query)]
        if not moved:
            return
        tasks = self.env["vip.care.task"].browse(moved)
        planned = tasks.filtered(lambda task: task.state == "planned")
        planned.write({"state": "cancelled", "guard": "changed"})
        tasks._free_keys("moved")

    def _query_unmade(self, partners, trigger, since):
        """Return SQL: contacts whose year is not kept by them.

        Not met, looked after or held out: what was decided is not asked again.
        """
        return SQL(
            """
            SELECT t.id, t.partner_id, t.rule_id, t.company_id, t.occasion_key,
                   t.event_date
              FROM vip_care_task t
             WHERE t.partner_id = ANY(%s) AND t.trigger = %s AND t.event_date >= %s
               AND t.state <> 'done' AND t.is_holdout IS NOT TRUE
               AND COALESCE(t.reason, 'wrong') = 'wrong'
               AND t.occasion_key NOT LIKE '%%:moved:%%'
            """,
            partners.ids,
            trigger,
            since,
        )

    def _query_moved(self, partners, company, first, last, unmade):
        """Return SQL: ids of those of this rule whose day the members do not keep.

        What they keep is asked of the rule, for the days from `first` to `last`.
        """
        stores = partners.sudo().vip_store_id  # those asked about
        scope = CareScope(
            company,
            first + timedelta(days=self.offset_days + self.window_days - 1),
            last + timedelta(days=self.offset_days),
            [0, *stores.ids],
            SQL("m.id = ANY(%s)", partners.ids),
        )
        return SQL(
            """
            SELECT t.id FROM (%s) t
             WHERE t.rule_id = %s AND t.company_id = %s
               AND (t.partner_id, t.occasion_key, t.event_date) NOT IN (
                    SELECT kept.partner_id, kept.occasion_key, kept.event_date
                      FROM (%s) AS kept(partner_id, occasion_key, event_date, due_date,
                           until, occasion_id, event_id, facts))
            """,
            unmade,
            self.id,
            company.id,
            self._query_candidates(scope),
        )
