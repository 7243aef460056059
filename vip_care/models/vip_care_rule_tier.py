from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..tools.windows import window_start


class VipCareRule(models.Model):
    """Tiers that end unless she buys until then."""

    _inherit = "vip.care.rule"

    def _query_tier_lapse(self, scope):
        """Return whose tier ends and would not be given again for what she bought.

        The facts say what is missing. Who will keep it hears nothing.
        """
        ends = self._tier_ends(scope)
        if not ends:
            return None
        missing_amount = SQL("tier.amount_threshold - bought.amount")
        missing_orders = SQL("tier.order_threshold - bought.orders")
        return self._query_members_due(
            scope,
            SQL(
                """
                JOIN vip_tier tier ON tier.id = m.vip_tier_id
                JOIN unnest(%s::int[], %s::date[], %s::date[])
                     AS term (tier_id, day, since)
                  ON term.tier_id = tier.id AND term.day = m.vip_tier_valid_until
                CROSS JOIN LATERAL (%s) bought
                """,
                *(list(column) for column in zip(*ends, strict=True)),
                self._query_bought_since(scope),
            ),
            SQL("'tier_lapse:' || m.vip_tier_valid_until"),
            SQL("m.vip_tier_valid_until"),
            SQL(
                """jsonb_build_object(
                    'tier_id', tier.id,
                    'amount', CASE WHEN tier.amount_threshold > 0 THEN %s END,
                    'orders', CASE WHEN tier.order_threshold > 0 THEN %s END)""",
                missing_amount,
                missing_orders,
            ),
            SQL(
                """(tier.amount_threshold <= 0 OR %s > 0)
                   AND (tier.order_threshold <= 0 OR %s > 0)""",
                missing_amount,
                missing_orders,
            ),
        )

    def _tier_ends(self, scope):
        """Return (tier id, last day of validity, since when purchases will count).

        The review decides on the day after; a tier without thresholds never lapses.
        """
        first, last = self._event_days(scope)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [
            (tier.id, day, window_start(day + timedelta(days=1), tier.window_months))
            for tier in scope.company._vip_tiers()
            if not tier._is_entry
            for day in days
        ]

    def _query_bought_since(self, scope):
        """What member `m` bought from `term.since` on."""
        review = self.env["vip.standing.review"]
        return SQL(
            """
            SELECT COALESCE(sum(p.amount * %s), 0) AS amount,
                   count(*) FILTER (WHERE p.is_refund IS NOT TRUE) AS orders
              FROM vip_purchase p JOIN res_company c ON c.id = p.company_id
             WHERE p.partner_id = m.id AND p.local_date >= term.since
               AND p.local_date <= %s
            """,
            review._sql_rate(scope.company),
            scope.day,
        )
