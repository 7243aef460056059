from odoo import models
from odoo.tools import SQL


class VipPurchase(models.Model):
    """How a ticket of a register is read."""

    _inherit = "vip.purchase"

    def _query_tickets(self, order_ids):
        """The figures of a purchase for each ticket among `order_ids` (a query).

        The net amount and the margin are in company currency at the ticket's own rate.
        A clock that runs ahead cannot make a sale later than now. Owner and tier are
        those at the sale: what the first change afterwards found.
        """
        return SQL(
            """
            SELECT o.id AS order_id, o.pos_reference AS receipt, o.partner_id,
                   o.company_id, c.vip_store_id AS store_id,
                   season.id AS season_id, day.date, day.local_date,
                   round((o.amount_total / rate.rate)::numeric, cur.decimal_places)
                       AS amount,
                   round(((o.amount_total - o.amount_tax - line.cost) / rate.rate
                         )::numeric, cur.decimal_places) AS margin,
                   line.units, line.in_season_units,
                   o.amount_total < 0 OR (o.is_refund AND o.amount_total = 0)
                       AS is_refund,
                   o.vip_adviser_id AS adviser_id,
                   COALESCE(o.vip_adviser_id, o.employee_id, seller.id)
                       AS receiver_id,
                   CASE WHEN owner.id IS NULL THEN m.vip_owner_id
                        ELSE owner.old_owner_id END AS owner_id,
                   CASE WHEN tier.id IS NULL THEN m.vip_tier_id
                        ELSE tier.old_tier_id END AS tier_id
              FROM pos_order o
              JOIN res_partner m ON m.id = o.partner_id
              JOIN pos_config c ON c.id = o.config_id
              LEFT JOIN vip_store s ON s.id = c.vip_store_id
              JOIN res_company co ON co.id = o.company_id
              JOIN res_currency cur ON cur.id = co.currency_id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(NULLIF(o.currency_rate, 0), 1) AS rate) rate
             CROSS JOIN LATERAL (
                   SELECT d AS date, (d AT TIME ZONE 'UTC' AT TIME ZONE
                                      COALESCE(s.tz, 'UTC'))::date AS local_date
                     FROM LEAST(o.date_order, date_trunc(
                         'second', clock_timestamp() AT TIME ZONE 'UTC')) d) day
             CROSS JOIN LATERAL (%(lines)s) line
              LEFT JOIN LATERAL (%(season)s) season ON TRUE
              LEFT JOIN LATERAL (
                   SELECT id FROM hr_employee
                    WHERE user_id = o.user_id AND company_id = o.company_id
                    LIMIT 1) seller ON TRUE
              LEFT JOIN LATERAL (
                   SELECT id, old_owner_id FROM vip_ownership_change
                    WHERE partner_id = o.partner_id AND date > day.date
                    ORDER BY date, id LIMIT 1) owner ON TRUE
              LEFT JOIN LATERAL (
                   SELECT id, old_tier_id FROM vip_standing_change
                    WHERE partner_id = o.partner_id AND kind = 'tier'
                      AND date > day.date
                    ORDER BY date, id LIMIT 1) tier ON TRUE
             WHERE o.id IN (%(order_ids)s)
            """,
            lines=self._query_ticket_lines(),
            season=self.env["vip.season"]._query_of_day(
                SQL("day.local_date"), SQL("o.company_id")
            ),
            order_ids=order_ids,
        )

    def _query_ticket_lines(self):
        """Units and cost of ticket `o`; cost is null until every line's is known.

        Services, discounts, combo headers and rewards are no pieces of goods.
        """
        return SQL(
            """
            SELECT COALESCE(sum(l.qty) FILTER (WHERE is_goods), 0) AS units,
                   COALESCE(sum(l.qty) FILTER (
                       WHERE is_goods AND day.local_date
                             BETWEEN season.date_from AND season.date_to), 0)
                       AS in_season_units,
                   CASE WHEN bool_and(l.is_total_cost_computed)
                        THEN sum(l.total_cost) END AS cost
              FROM pos_order_line l
              JOIN product_product pp ON pp.id = l.product_id
              JOIN product_template pt ON pt.id = pp.product_tmpl_id
              LEFT JOIN vip_season season ON season.id = pt.vip_season_id
             CROSS JOIN LATERAL (
                   SELECT pt.type = 'consu' AND l.is_reward_line IS NOT TRUE
                          AS is_goods) kind
             WHERE l.order_id = o.id
            """
        )
