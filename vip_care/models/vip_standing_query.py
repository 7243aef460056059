from odoo import models
from odoo.tools import SQL

from ..tools.windows import window_start
from .res_partner_standing import METRICS


class VipStandingReview(models.AbstractModel):
    """The review's SQL: the standing rules, each written down once.

    Set-based because a million members are reviewed; everything that depends on the
    day or the company's rules enters as a constant (`window_start` decides all edges).
    """

    _inherit = "vip.standing.review"

    def _query_review(self, scope, ids):
        """Bring the standing of members `ids` up to date and log what changed."""
        columns = [SQL.identifier(name) for name in METRICS]
        return SQL(
            """
            WITH %(review)s, written AS (
                UPDATE res_partner m
                   SET (%(columns)s) = (SELECT %(f_columns)s)
                  FROM figures f
                 WHERE f.id = m.id
                   AND (%(m_columns)s) IS DISTINCT FROM (%(f_columns)s)
            )
            INSERT INTO vip_standing_change (
                   partner_id, kind, date, old, new, old_tier_id, new_tier_id,
                   valid_until, reason)
            SELECT f.id, c.kind, now() AT TIME ZONE 'UTC', c.old, c.new,
                   c.old_tier_id, c.new_tier_id, c.valid_until, c.reason
              FROM figures f
              JOIN member ON member.id = f.id
             CROSS JOIN LATERAL (%(changes)s) c
            """,
            review=self._sql_review(scope, ids, lock=SQL("FOR NO KEY UPDATE")),
            columns=SQL(", ").join(columns),
            m_columns=SQL(", ").join(SQL("m.%s", column) for column in columns),
            f_columns=SQL(", ").join(SQL("f.%s", column) for column in columns),
            changes=self._query_changes(),
        )

    def _sql_review(self, scope, ids, lock):
        """The steps of a review: `member`, `sums`, `facts` and `figures`."""
        columns = [SQL("m.%s", SQL.identifier(name)) for name in METRICS]
        return SQL(
            """
            member AS (
                SELECT m.id, %(columns)s
                  FROM res_partner m WHERE m.id = ANY(%(ids)s)
                %(lock)s
            ), sums AS (%(sums)s
            ), facts AS (%(facts)s
            ), figures AS (%(figures)s
            )
            """,
            columns=SQL(", ").join(columns),
            ids=ids,
            lock=lock,
            sums=self._query_sums(scope, ids),
            facts=self._query_facts(scope),
            figures=self._query_figures(scope),
        )

    def _query_facts(self, scope):
        """Per member what the later rules share: life cycle, drops, the tier earned."""
        company, day = scope.company, scope.day
        return SQL(
            """
            SELECT s.*,
                   CASE WHEN s.last_date IS NULL THEN 'prospect'
                        WHEN s.last_date >= %(active)s THEN 'active'
                        WHEN s.last_date >= %(edge)s THEN 'edge'
                        WHEN s.last_date >= %(dormant)s THEN 'dormant'
                        ELSE 'lost' END AS lifecycle,
                   CASE WHEN s.orders_past >= %(drop_orders)s
                        THEN %(order_drop)s ELSE 0 END AS order_drop,
                   CASE WHEN s.orders_past >= %(drop_orders)s AND s.amount_past > 0
                        THEN %(amount_drop)s ELSE 0 END AS amount_drop,
                   %(earned)s AS earned_tier_id
              FROM (
                  SELECT m.id, %(sums)s
                    FROM member m LEFT JOIN sums ON sums.partner_id = m.id
              ) s
            """,
            active=window_start(day, company.vip_active_months),
            edge=window_start(day, company.vip_edge_months),
            dormant=window_start(day, company.vip_dormant_months),
            drop_orders=max(1, company.vip_drop_min_orders),
            order_drop=self._sql_drop(SQL("s.orders_recent"), SQL("s.orders_past")),
            amount_drop=self._sql_drop(SQL("s.amount_recent"), SQL("s.amount_past")),
            earned=self._sql_earned_tier(company),
            sums=self._sql_sums_or_zero(company),
        )

    def _sql_sums_or_zero(self, company):
        """The columns of `sums`, zero for members without purchases."""
        counted = ["orders", "days", "amount", "units", "margin_12m"]
        counted += ["in_season_units", "season_units"]
        months = set(company._vip_tiers().mapped("window_months"))
        for name in ["12m", "recent", "past", *(f"tier_{m}" for m in sorted(months))]:
            counted += [f"amount_{name}", f"orders_{name}"]
        columns = [SQL("sums.first_date"), SQL("sums.last_date")]
        columns += [
            SQL(
                "COALESCE(sums.%s, 0) AS %s", SQL.identifier(name), SQL.identifier(name)
            )
            for name in counted
        ]
        return SQL(", ").join(columns)

    def _sql_drop(self, recent, past):
        """By how many percent `recent` is below `past`, rounded down, 0 to 100."""
        return SQL(
            "LEAST(100, GREATEST(0, floor(100 * (%s - %s) / %s::numeric)))::int",
            past,
            recent,
            past,
        )

    def _query_figures(self, scope):
        """The new values of METRICS, and how the tier was decided."""
        company = scope.company
        return SQL(
            """
            SELECT s.id,
                   s.first_date AS vip_first_purchase_date,
                   s.last_date AS vip_last_purchase_date,
                   s.orders::int AS vip_order_count,
                   s.orders_12m::int AS vip_order_count_12m,
                   round(s.amount, %(places)s) AS vip_amount_total,
                   round(s.amount_12m, %(places)s) AS vip_amount_12m,
                   CASE WHEN s.orders > 0
                        THEN round(s.amount / s.orders, %(places)s) ELSE 0
                        END AS vip_average_ticket,
                   CASE WHEN s.orders > 0
                        THEN round(s.units::numeric / s.orders, 2) ELSE 0
                        END AS vip_units_per_ticket,
                   CASE WHEN s.days > 1
                        THEN round((s.last_date - s.first_date)::numeric
                                   / (s.days - 1))::int ELSE 0
                        END AS vip_purchase_cycle_days,
                   CASE WHEN s.season_units > 0
                        THEN round(100 * s.in_season_units::numeric
                                   / s.season_units::numeric, 1) ELSE 0
                        END AS vip_in_season_share,
                   GREATEST(0, round((s.margin_12m * %(years)s)::numeric, %(places)s))
                       AS vip_lifetime_value,
                   s.order_drop AS vip_order_drop,
                   s.amount_drop AS vip_amount_drop,
                   drops.yes AS vip_is_dropping,
                   s.lifecycle AS vip_lifecycle,
                   CASE WHEN s.lifecycle = 'active' AND NOT drops.yes
                             AND s.orders_12m >= %(loyal)s THEN 'loyal'
                        WHEN s.lifecycle IN ('edge', 'dormant', 'lost') OR drops.yes
                        THEN 'drifting'
                        ELSE 'potential' END AS vip_layer,
                   tier.vip_tier_id, tier.vip_tier_valid_until,
                   tier.verdict = 'manual' AS vip_tier_is_manual,
                   tier.verdict
              FROM facts s
              JOIN member m ON m.id = s.id
             CROSS JOIN LATERAL (
                   SELECT GREATEST(s.order_drop, s.amount_drop) >= %(drop)s AS yes
                   ) drops
             CROSS JOIN LATERAL (%(tier)s) tier
            """,
            places=company.currency_id.decimal_places,
            years=company.vip_ltv_years,
            loyal=company.vip_loyal_orders,
            drop=max(1, company.vip_drop_percent),
            tier=self._query_tier(scope),
        )

    def _query_changes(self):
        """What changed between `member` and `f`, one row per kind."""
        return SQL(
            """
            SELECT 'tier' AS kind, NULL AS old, NULL AS new,
                   member.vip_tier_id AS old_tier_id, f.vip_tier_id AS new_tier_id,
                   f.vip_tier_valid_until AS valid_until, f.verdict AS reason
             WHERE f.verdict NOT IN ('keep', 'manual')
            UNION ALL
            SELECT 'lifecycle', member.vip_lifecycle, f.vip_lifecycle,
                   NULL, NULL, NULL,
                   CASE WHEN member.vip_last_purchase_date
                             IS DISTINCT FROM f.vip_last_purchase_date
                        THEN 'purchase' ELSE 'time' END
             WHERE member.vip_lifecycle IS DISTINCT FROM f.vip_lifecycle
            UNION ALL
            SELECT 'layer', member.vip_layer, f.vip_layer, NULL, NULL, NULL,
                   CASE WHEN member.vip_order_count
                             IS DISTINCT FROM f.vip_order_count
                        THEN 'purchase' ELSE 'time' END
             WHERE member.vip_layer IS DISTINCT FROM f.vip_layer
            """
        )
