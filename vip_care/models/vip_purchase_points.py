from odoo import models
from odoo.tools import SQL


class VipPurchase(models.Model):
    """Points earned and spent, from Odoo's loyalty history."""

    _inherit = "vip.purchase"

    def _refresh_points(self, since):
        """Copy what was written to loyalty history since then; return the members.

        Without `since` all of history is copied. Points move no standing.
        """
        recent = (
            SQL("h.write_date >= %s", since) if since else SQL("h.order_id IS NOT NULL")
        )
        return self._copy_points(
            SQL(
                """
                SELECT h.order_id FROM loyalty_history h
                 WHERE h.order_model = 'pos.order' AND (%s)
                """,
                recent,
            )
        )

    def _copy_points_of(self, order_ids):
        """Copy points of tickets counted just now: history may be older than that."""
        if not order_ids:
            return set()
        return self._copy_points(SQL("SELECT unnest(%s::int[])", list(order_ids)))

    def _copy_points(self, order_ids):
        """Copy what history says of these tickets (a query); return their members.

        Spent is what the ticket's reward lines cost; history keeps the net, so earned
        is net plus spent. A ticket with a reward but no history yet is not confirmed
        and keeps zero: a later run finds it. One with history misses no points.
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH net AS (
                    SELECT h.order_id,
                           sum(COALESCE(h.issued, 0) - COALESCE(h.used, 0)) AS points
                      FROM loyalty_history h
                      JOIN loyalty_card card ON card.id = h.card_id
                      JOIN loyalty_program program ON program.id = card.program_id
                     WHERE h.order_model = 'pos.order'
                       AND program.program_type = 'loyalty'
                       AND h.order_id IN (%(order_ids)s)
                     GROUP BY h.order_id
                ), points AS (
                    SELECT net.order_id, net.points + spent.points AS earned,
                           spent.points AS spent
                      FROM net
                     CROSS JOIN LATERAL (
                           SELECT COALESCE(sum(l.points_cost), 0) AS points
                             FROM pos_order_line l
                             JOIN loyalty_card card ON card.id = l.coupon_id
                             JOIN loyalty_program program
                               ON program.id = card.program_id
                            WHERE l.order_id = net.order_id
                              AND program.program_type = 'loyalty'
                              AND l.refunded_orderline_id IS NULL) spent
                )
                UPDATE vip_purchase p
                   SET points_earned = points.earned, points_spent = points.spent,
                       points_missing = 0
                  FROM points
                 WHERE p.order_id = points.order_id
                   AND (p.points_earned, p.points_spent, p.points_missing)
                       IS DISTINCT FROM (points.earned, points.spent, 0)
             RETURNING p.partner_id
                """,
                order_ids=order_ids,
            )
        )
        return {row[0] for row in rows}
