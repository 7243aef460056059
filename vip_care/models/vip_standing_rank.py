from odoo import models
from odoo.tools import SQL


class VipStandingReview(models.AbstractModel):
    """The review's SQL: value classes by rank among last year's buyers."""

    _inherit = "vip.standing.review"

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
