from odoo import models
from odoo.tools import SQL


class VipPurchase(models.Model):
    """Points earned and spent, from Odoo's loyalty history."""

    _inherit = "vip.purchase"

    def _refresh_points(self, since):
        """Copy what loyalty history says was earned and spent; return the members.

        Spent is what the ticket's reward lines cost; history keeps the net, so earned
        is net plus spent. A ticket with a reward but no history yet is not confirmed
        and keeps zero: a later run finds it. Points move no standing.
        """
        recent = (
            SQL("h.write_date >= %s", since) if since else SQL("h.order_id IS NOT NULL")
        )
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
                       AND h.order_id IN (
                           SELECT h.order_id FROM loyalty_history h
                            WHERE h.order_model = 'pos.order' AND (%(recent)s))
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
                   SET points_earned = points.earned, points_spent = points.spent
                  FROM points
                 WHERE p.order_id = points.order_id
                   AND (p.points_earned, p.points_spent) IS DISTINCT FROM
                       (points.earned, points.spent)
             RETURNING p.partner_id
                """,
                recent=recent,
            )
        )
        return {row[0] for row in rows}
