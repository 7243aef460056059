from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .vip_care_planner_lift import LIFTED


class VipCareRule(models.Model):
    """Who has just bought: thanks, and whether it wears well.

    Only tickets of the registers: imported history is past, and nobody thanks for
    what was brought back.
    """

    _inherit = "vip.care.rule"

    def _query_purchase(self, scope):
        """Return the largest ticket of each member and day, from the threshold on."""
        first, last = self._event_days(scope)
        tickets = SQL(
            """
            SELECT DISTINCT ON (p.partner_id, p.local_date)
                   p.id, p.partner_id, p.local_date, kept.pieces
              FROM vip_purchase p
             CROSS JOIN LATERAL (
                   SELECT sum(line.pieces) AS pieces FROM (%(lines)s) line) kept
             WHERE p.local_date BETWEEN %(first)s AND %(last)s
               AND p.order_id IS NOT NULL AND p.is_refund IS NOT TRUE
               AND p.amount >= %(threshold)s AND kept.pieces > 0
             ORDER BY p.partner_id, p.local_date, p.amount DESC, p.id
            """,
            lines=self._query_kept_lines(),
            first=first,
            last=last,
            threshold=self.threshold,
        )
        key = SQL("'purchase:' || ticket.id")
        return self._query_members_due(
            scope,
            SQL("JOIN (%s) ticket ON ticket.partner_id = m.id", tickets),
            key,
            SQL("ticket.local_date"),
            SQL("jsonb_build_object('pieces', ticket.pieces)"),
            self._sql_first_of_day(key),
        )

    def _query_high_value(self, scope):
        """Return tickets with a piece worth looking after, once per day of its plan.

        Of several such pieces, or tickets of a day, the dearest.
        """
        plan = self.env["product.category"]._vip_care_plan()
        if not plan:
            return None
        first, last = self._event_days(scope)
        due = {
            last - timedelta(days=after + number)
            for after in {after for _category, _marked, after in plan}
            for number in range((last - first).days + 1)
        }
        key = SQL("'high_value:' || piece.id || ':' || piece.after")
        return self._query_members_due(
            scope,
            SQL(
                "JOIN (%s) piece ON piece.partner_id = m.id",
                self._query_pieces(plan, sorted(due)),
            ),
            key,
            SQL("piece.local_date + piece.after"),
            SQL(
                """jsonb_build_object(
                    'product_tmpl_id', piece.product_tmpl_id, 'after', piece.after,
                    'bought', piece.local_date)"""
            ),
            self._sql_first_of_day(
                key,
                SQL("split_part(t.occasion_key, ':', 3) = piece.after::text"),
            ),
        )

    def _query_pieces(self, plan, days):
        """The dearest piece to look after, per member, day of purchase and number."""
        return SQL(
            """
            SELECT DISTINCT ON (p.partner_id, p.local_date, plan.after)
                   p.id, p.partner_id, p.local_date, plan.after, line.product_tmpl_id
              FROM vip_purchase p
             CROSS JOIN LATERAL (%(lines)s) line
              JOIN unnest(%(categories)s::int[], %(marked)s::bool[], %(after)s::int[])
                   AS plan (categ_id, marked, after)
                ON plan.categ_id = line.categ_id
               AND (line.vip_is_high_value OR NOT plan.marked)
             WHERE p.local_date = ANY(%(days)s) AND p.order_id IS NOT NULL
               AND p.is_refund IS NOT TRUE AND line.pieces > 0
             ORDER BY p.partner_id, p.local_date, plan.after,
                      line.price DESC, p.id, line.id
            """,
            lines=self._query_kept_lines(),
            categories=[category for category, _marked, _after in plan],
            marked=[marked for _category, marked, _after in plan],
            after=[after for _category, _marked, after in plan],
            days=days,
        )

    def _query_kept_lines(self):
        """Goods on the ticket of purchase `p`, with the pieces she has kept."""
        return SQL(
            """
            SELECT l.id, pt.id AS product_tmpl_id, pt.categ_id, pt.vip_is_high_value,
                   l.price_subtotal_incl AS price,
                   GREATEST(0, l.qty + COALESCE(back.qty, 0)) AS pieces
              FROM pos_order_line l
              JOIN product_product pp ON pp.id = l.product_id
              JOIN product_template pt ON pt.id = pp.product_tmpl_id
             CROSS JOIN LATERAL (
                   SELECT sum(r.qty) AS qty
                     FROM pos_order_line r
                     JOIN pos_order ro ON ro.id = r.order_id
                    WHERE r.refunded_orderline_id = l.id
                      AND ro.state IN ('paid', 'done')) back
             WHERE l.order_id = p.order_id AND l.qty > 0 AND pt.type = 'consu'
               AND l.is_reward_line IS NOT TRUE
            """
        )

    def _sql_first_of_day(self, key, same=None):
        """Her day of purchase has no contact of this rule for another ticket yet.

        A ticket that arrives late may be larger than the one she was contacted for.
        """
        return SQL(
            """
            NOT EXISTS (
                SELECT FROM vip_care_task t
                 WHERE t.partner_id = m.id AND t.rule_id = %s
                   AND t.occasion_key <> %s AND t.event_date = event.date
                   AND strpos(t.occasion_key, %s) = 0 AND %s)
            """,
            self.id,
            key,
            LIFTED,  # planned anew, or to be
            SQL("TRUE") if same is None else same,
        )
