from odoo import models
from odoo.tools import SQL

from ..tools.windows import add_months, window_start

# Columns of `figures` that the review writes, in the order of the statement.
METRICS = (
    "vip_first_purchase_date",
    "vip_last_purchase_date",
    "vip_order_count",
    "vip_order_count_12m",
    "vip_amount_total",
    "vip_amount_12m",
    "vip_average_ticket",
    "vip_units_per_ticket",
    "vip_purchase_cycle_days",
    "vip_in_season_share",
    "vip_lifetime_value",
    "vip_order_drop",
    "vip_amount_drop",
    "vip_is_dropping",
    "vip_lifecycle",
    "vip_layer",
    "vip_tier_id",
    "vip_tier_valid_until",
    "vip_tier_is_manual",
)


class VipStandingReview(models.AbstractModel):
    """The review's SQL: the standing rules, each written down once.

    Set-based because a million members are reviewed; everything that depends on the
    day or the company's rules enters as a constant (`window_start` decides all edges).
    """

    _inherit = "vip.standing.review"

    def _query_due(self, scope):
        """Members for whom the days since `scope.reviewed_on` may change a figure.

        A purchase that left a window since then, one that entered today's, or a tier
        whose validity or grace ended.
        """
        company, before, day = scope.company, scope.reviewed_on, scope.day
        tiers = company._vip_tiers()
        months = {
            12,
            12 + company.vip_drop_months,
            company.vip_drop_months,
            company.vip_active_months,
            company.vip_edge_months,
            company.vip_dormant_months,
            *tiers.mapped("window_months"),
        }
        left = [
            SQL(
                "(p.local_date >= %s AND p.local_date < %s)",
                window_start(before, count),
                window_start(day, count),
            )
            for count in sorted(months)
        ]
        lapsed = [
            SQL(
                "(m.vip_tier_valid_until >= %s AND m.vip_tier_valid_until < %s)",
                window_start(before, grace),
                window_start(day, grace),
            )
            for grace in sorted({0, *tiers.mapped("grace_months")})
        ]
        return SQL(
            """
            SELECT m.id FROM res_partner m
             WHERE %(members)s AND m.id IN (
                   SELECT p.partner_id FROM vip_purchase p
                    WHERE (p.local_date > %(before)s AND p.local_date <= %(day)s)
                       OR %(left)s)
            UNION
            SELECT m.id FROM res_partner m WHERE %(members)s AND (%(lapsed)s)
            """,
            members=scope.members,
            before=before,
            day=day,
            left=SQL(" OR ").join(left),
            lapsed=SQL(" OR ").join(lapsed),
        )

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
            within[f"tier_{months}"] = SQL("p.local_date >= %s", window_start(day, months))
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
        companies = self.env["res.company"].search([])
        if companies.currency_id <= company.currency_id:
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
        counted = ["orders", "days", "amount", "units", "in_season_units", "margin_12m"]
        months = set(company._vip_tiers().mapped("window_months"))
        for name in ["12m", "recent", "past", *(f"tier_{m}" for m in sorted(months))]:
            counted += [f"amount_{name}", f"orders_{name}"]
        columns = [SQL("sums.first_date"), SQL("sums.last_date")]
        columns += [
            SQL("COALESCE(sums.%s, 0) AS %s", SQL.identifier(name), SQL.identifier(name))
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
                   CASE WHEN s.units > 0
                        THEN round(100 * s.in_season_units::numeric
                                   / s.units::numeric, 1) ELSE 0
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

    def _query_rank(self, company, ids=None):
        """Give members their value class by rank among last year's buyers.

        The mean of the percent ranks orders members exactly as the sum of their ranks
        does, and whole numbers have no rounding. Who is equal to the last one of a
        class shares it. With `ids` only these members are written, ranked among all.
        """
        only = SQL("TRUE") if ids is None else SQL("m.id = ANY(%s)", list(ids))
        return SQL(
            """
            WITH ranks AS (
                SELECT id, amount_rank + order_rank AS score FROM (%(ranks)s) r
            ), places AS (
                SELECT id, rank() OVER (ORDER BY score) - 1 AS better,
                       count(*) OVER () AS total
                  FROM ranks
            ), classes AS (
                SELECT m.id, m.vip_value_class AS old,
                       CASE WHEN places.id IS NULL THEN NULL
                            WHEN 100 * better < total * %(a_share)s::numeric THEN 'A'
                            WHEN 100 * better < total * %(b_share)s::numeric THEN 'B'
                            ELSE 'C' END AS new
                  FROM res_partner m
                  LEFT JOIN places ON places.id = m.id
                 WHERE m.is_vip_member AND m.vip_company_id = %(company)s AND %(only)s
            ), written AS (
                UPDATE res_partner m SET vip_value_class = c.new
                  FROM classes c
                 WHERE c.id = m.id AND c.old IS DISTINCT FROM c.new
            )
            INSERT INTO vip_standing_change (partner_id, kind, date, old, new, reason)
            SELECT id, 'value_class', now() AT TIME ZONE 'UTC', old, new, 'rank'
              FROM classes WHERE old IS DISTINCT FROM new
            """,
            ranks=self._query_ranks(company),
            company=company.id,
            a_share=company.vip_class_a_share,
            b_share=company.vip_class_a_share + company.vip_class_b_share,
            only=only,
        )

    def _query_ranks(self, company):
        """Rank last year's buyers of `company` by amount and by tickets."""
        return SQL(
            """
            SELECT id, rank() OVER (ORDER BY vip_amount_12m DESC) AS amount_rank,
                   rank() OVER (ORDER BY vip_order_count_12m DESC) AS order_rank
              FROM res_partner WHERE %s
            """,
            self._sql_population(company),
        )

    def _sql_population(self, company):
        """Whom a member is ranked among: last year's buyers of the company."""
        return SQL(
            """is_vip_member AND active AND vip_order_count_12m > 0
               AND vip_company_id = %s""",
            company.id,
        )
