from datetime import date

from odoo import models
from odoo.tools import SQL


class VipCareRule(models.Model):
    """Regular contacts: the call of the month, the visit of the year, the best."""

    _inherit = "vip.care.rule"

    def _query_monthly_call(self, scope):
        """Return everybody on her day of the month; the audience says who is meant."""
        return self._query_members_due(
            scope,
            self._sql_slots(scope, "month"),
            SQL("'monthly_call:' || to_char(slot.day, 'YYYY-MM')"),
            SQL("slot.day"),
            SQL("jsonb_build_object('bought', m.vip_last_purchase_date)"),
        )

    def _query_visit_plan(self, scope):
        """Return everybody on her day of the year; the audience says who is meant."""
        return self._query_members_due(
            scope,
            self._sql_slots(scope, "year", salt=182),
            SQL("'visit_plan:' || to_char(slot.day, 'YYYY')"),
            SQL("slot.day"),
            SQL("jsonb_build_object('bought', m.vip_last_purchase_date)"),
        )

    def _query_top_spender(self, scope):
        """Return the first of each region by net amount in the year that ended.

        Reads a year of purchases, but only in the weeks when the visits are due.
        """
        first, last = self._event_days(scope)
        year = last.year if last == date(last.year, 12, 31) else last.year - 1
        end = date(year, 12, 31)
        if end < first:
            return None
        return self._query_members_due(
            scope,
            SQL(
                "JOIN (%s) best ON best.id = m.id AND best.place <= %s",
                self._query_best(scope.company, year),
                self.threshold,
            ),
            SQL("%s", f"top_spender:{year}"),
            SQL("%s", end),
            SQL("jsonb_build_object('place', best.place, 'year', %s)", year),
        )

    def _query_best(self, company, year):
        """Members with their place in their region by what they bought in `year`."""
        review = self.env["vip.standing.review"]
        return SQL(
            """
            SELECT member.id,
                   rank() OVER (PARTITION BY store.region_id
                                ORDER BY sum(spent.amount) DESC) AS place
              FROM (
                  SELECT p.partner_id, sum(p.amount * %(rate)s) AS amount
                    FROM vip_purchase p JOIN res_company c ON c.id = p.company_id
                   WHERE p.local_date BETWEEN %(first)s AND %(last)s
                   GROUP BY p.partner_id) spent
              JOIN res_partner member ON member.id = spent.partner_id
              LEFT JOIN vip_store store ON store.id = member.vip_store_id
             WHERE member.is_vip_member AND member.active
               AND member.vip_company_id = %(company)s AND spent.amount > 0
             GROUP BY member.id, store.region_id
            """,
            rate=review._sql_rate(company),
            first=date(year, 1, 1),
            last=date(year, 12, 31),
            company=company.id,
        )
