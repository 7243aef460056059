from odoo import models
from odoo.tools import SQL

from ..tools.windows import window_start


class VipStandingReview(models.AbstractModel):
    """The review's SQL: purchases added up over the windows the rules ask for."""

    _inherit = "vip.standing.review"

    def _query_sums(self, scope, ids):
        """Purchases of each member added up over the windows the rules ask for."""
        company, day = scope.company, scope.day
        drop = company.vip_drop_months
        bought = SQL("p.is_refund IS NOT TRUE")
        within = {
            "12m": SQL("p.local_date >= %s", window_start(day, 12)),
            "recent": SQL("p.local_date >= %s", window_start(day, drop)),
            "past": SQL(
                "p.local_date >= %s AND p.local_date < %s",
                window_start(day, 12 + drop),
                window_start(day, 12),
            ),
        }
        for months in set(company._vip_tiers().mapped("window_months")):
            within[f"tier_{months}"] = SQL(
                "p.local_date >= %s", window_start(day, months)
            )
        windows = [
            SQL(
                """
                COALESCE(sum(p.amount) FILTER (WHERE %s), 0) AS %s,
                count(*) FILTER (WHERE %s AND %s) AS %s
                """,
                condition,
                SQL.identifier(f"amount_{name}"),
                bought,
                condition,
                SQL.identifier(f"orders_{name}"),
            )
            for name, condition in within.items()
        ]
        return SQL(
            """
            SELECT p.partner_id,
                   min(p.local_date) FILTER (WHERE %(bought)s) AS first_date,
                   max(p.local_date) FILTER (WHERE %(bought)s) AS last_date,
                   count(*) FILTER (WHERE %(bought)s) AS orders,
                   count(DISTINCT p.local_date) FILTER (WHERE %(bought)s) AS days,
                   sum(p.amount) AS amount,
                   sum(p.units) AS units,
                   sum(p.in_season_units) AS in_season_units,
                   sum(p.units) FILTER (WHERE p.in_season_units IS NOT NULL)
                       AS season_units,
                   COALESCE(sum(%(margin)s) FILTER (WHERE %(last_year)s), 0)
                       AS margin_12m,
                   %(windows)s
              FROM (%(purchases)s) p
             GROUP BY p.partner_id
            """,
            bought=bought,
            margin=self._sql_margin(company),
            last_year=within["12m"],
            windows=SQL(", ").join(windows),
            purchases=self._query_purchases(company, day, ids),
        )

    def _query_purchases(self, company, day, ids):
        """The members' purchases up to `day`, in the currency of `company`.

        What she bought from another company of the chain counts at the rate of the day
        of sale.
        """
        return SQL(
            """
            SELECT p.partner_id, p.local_date, p.is_refund, p.units,
                   p.in_season_units, p.amount * %(rate)s AS amount,
                   p.margin * %(rate)s AS margin
              FROM vip_purchase p
              JOIN res_company c ON c.id = p.company_id
             WHERE p.partner_id = ANY(%(ids)s) AND p.local_date <= %(day)s
            """,
            rate=self._sql_rate(company),
            ids=ids,
            day=day,
        )

    def _sql_rate(self, company):
        """What one unit of the currency of company `c` is worth in `company`'s."""
        other = [("currency_id", "!=", company.currency_id.id)]
        if not self.env["res.company"].search_count(other, limit=1):
            return SQL("1")
        return SQL(
            """
            CASE WHEN c.currency_id = %(currency)s THEN 1
                 ELSE %(target)s / %(source)s END
            """,
            currency=company.currency_id.id,
            target=self._sql_day_rate(company, SQL("%s", company.currency_id.id)),
            source=self._sql_day_rate(company, SQL("c.currency_id")),
        )

    def _sql_day_rate(self, company, currency):
        """The rate of `currency` on the day of purchase `p`, as `company` keeps it.

        The last one until that day, before any rate the first one (as Odoo does).
        """
        return SQL(
            """
            COALESCE((
                SELECT r.rate::numeric FROM res_currency_rate r
                 WHERE r.currency_id = %s AND r.rate > 0
                   AND (r.company_id IS NULL OR r.company_id = %s)
                 ORDER BY r.name > p.local_date, r.company_id,
                          CASE WHEN r.name <= p.local_date THEN r.name END DESC, r.name
                 LIMIT 1), 1)
            """,
            currency,
            company.root_id.id,
        )

    def _sql_margin(self, company):
        estimate = SQL("p.amount * %s", company.vip_ltv_margin_percent / 100)
        if company.vip_ltv_margin_source == "rate":
            return estimate
        return SQL("COALESCE(p.margin, %s)", estimate)
