from odoo import models
from odoo.tools import SQL

from ..tools.windows import add_months, window_start


class VipStandingReview(models.AbstractModel):
    """The review's SQL: which tier is earned, kept, renewed or lost."""

    _inherit = "vip.standing.review"

    def _sql_earned_tier(self, company):
        """The highest tier whose amount or order threshold is met in its window."""
        cases = []
        for tier in reversed(company._vip_tiers()):
            met = []
            if tier.amount_threshold:
                amount = SQL.identifier("s", f"amount_tier_{tier.window_months}")
                met.append(SQL("%s >= %s", amount, tier.amount_threshold))
            if tier.order_threshold:
                orders = SQL.identifier("s", f"orders_tier_{tier.window_months}")
                met.append(SQL("%s >= %s", orders, tier.order_threshold))
            condition = SQL(" OR ").join(met) if met else SQL("TRUE")
            cases.append(SQL("WHEN %s THEN %s", condition, tier.id))
        if not cases:
            return SQL("NULL::int")
        return SQL("CASE %s END", SQL(" ").join(cases))

    def _query_tier(self, scope):
        """Tier, validity and verdict for member `m` with facts `s`.

        A higher tier is given at once; the tier met again is renewed when its validity
        ended; a tier no longer met is kept until validity and grace have passed; a
        tier granted by hand is kept until its end date.
        """
        return SQL(
            """
            SELECT CASE WHEN v.verdict IN ('keep', 'manual', 'renewed')
                        THEN held.id ELSE earned.id END AS vip_tier_id,
                   CASE WHEN v.verdict = 'manual' THEN m.vip_tier_valid_until
                        WHEN v.verdict = 'keep'
                        THEN COALESCE(m.vip_tier_valid_until, held.valid_until)
                        WHEN v.verdict = 'renewed' THEN held.valid_until
                        ELSE earned.valid_until END AS vip_tier_valid_until,
                   v.verdict
              FROM (SELECT) one
              LEFT JOIN (%(tiers)s) held ON held.id = m.vip_tier_id
              LEFT JOIN (%(tiers)s) earned ON earned.id = s.earned_tier_id
             CROSS JOIN LATERAL (
                   SELECT CASE
                       WHEN COALESCE(earned.rank, 0) > COALESCE(held.rank, 0)
                            THEN 'earned'
                       WHEN held.id IS NULL THEN 'keep'
                       WHEN m.vip_tier_is_manual
                            AND m.vip_tier_valid_until >= %(day)s THEN 'manual'
                       WHEN m.vip_tier_is_manual THEN 'manual_end'
                       WHEN held.valid_until IS NULL
                            OR m.vip_tier_valid_until IS NULL
                            OR m.vip_tier_valid_until >= %(day)s THEN 'keep'
                       WHEN earned.rank = held.rank THEN 'renewed'
                       WHEN m.vip_tier_valid_until >= held.grace_from THEN 'keep'
                       ELSE 'lapsed' END AS verdict) v
            """,
            tiers=self._query_tiers(scope),
            day=scope.day,
        )

    def _query_tiers(self, scope):
        """The company's tiers with rank and the dates that hold if given today."""
        day = scope.day
        rows = [
            SQL(
                "(%s, %s, %s::date, %s::date)",
                tier.id,
                rank,
                add_months(day, tier.validity_months) if tier.validity_months else None,
                window_start(day, tier.grace_months),
            )
            for rank, tier in enumerate(scope.company._vip_tiers(), 1)
        ]
        if not rows:
            rows = [SQL("(NULL::int, NULL::int, NULL::date, NULL::date)")]
        return SQL(
            "SELECT * FROM (VALUES %s) AS t (id, rank, valid_until, grace_from)",
            SQL(", ").join(rows),
        )
