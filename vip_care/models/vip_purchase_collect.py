from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# A ticket's transaction may be open for a while before it commits with the time at
# which it began: look back further than any of them lasts.
OVERLAP = timedelta(hours=1)
BATCH = 10_000


class VipPurchase(models.Model):
    """The collector: paid tickets become purchases.

    The sale itself writes nothing of ours. Every few minutes the tickets written since
    the last time are compared with the purchases; once a day all of them are, so that
    nothing is lost whatever happened in between. Doing it again changes nothing.
    """

    _inherit = "vip.purchase"

    @api.model
    def _collect(self, full=False):
        """Bring purchases up to date with the registers' tickets.

        Catches new, late, offline, refunded and re-assigned tickets, tickets of people
        who became members after buying, costs known only when the session closes and
        points confirmed after the ticket. With `full` every ticket ever paid is
        compared. Puts the members concerned in the review queue and returns them.
        Commits after each batch.
        """
        self.env.flush_all()
        today = fields.Date.today() if full else False
        run = self.env["vip.job.run"]._start("collect", on_date=today)
        since = False if full else run._last_watermark()
        if since:
            since -= OVERLAP
        touched = set()
        while True:
            new = self._collect_new(since)
            touched.update(new)
            run._progress(len(new))
            if len(new) < BATCH:
                break
        touched.update(self._refresh_tickets(since))
        touched.update(self._refresh_points(since))
        self._after_collect(touched)
        run._finish()
        return self.env["res.partner"].browse(sorted(touched))

    def _collect_new(self, since):
        """Insert up to BATCH missing tickets; return their members, one per ticket."""
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO vip_purchase (
                    order_id, import_ref, partner_id, company_id, store_id, season_id,
                    date, local_date, amount, margin, units, in_season_units,
                    is_refund, owner_id, receiver_id, tier_id,
                    points_earned, points_spent)
                SELECT t.order_id, t.receipt, t.partner_id, t.company_id, t.store_id,
                       t.season_id, t.date, t.local_date, t.amount, t.margin, t.units,
                       t.in_season_units, t.is_refund, t.owner_id, t.receiver_id,
                       t.tier_id, 0, 0
                  FROM (%s) t
                    ON CONFLICT DO NOTHING
                RETURNING partner_id
                """,
                self._query_tickets(self._query_missing_tickets(since)),
            )
        )
        partner_ids = [row[0] for row in rows]
        self.env["vip.standing.due"]._add(partner_ids)
        return partner_ids

    def _query_missing_tickets(self, since):
        """Ids of members' paid tickets that are no purchase yet, oldest first.

        Either recently written, or of a member in the review queue: there are the
        members enrolled or merged a moment ago, whose older tickets count from now on.
        """
        recent = SQL(
            """o.write_date >= %s OR o.partner_id IN (
                   SELECT partner_id FROM vip_standing_due)""",
            since,
        )
        return SQL(
            """
            SELECT o.id
              FROM pos_order o
              JOIN res_partner m ON m.id = o.partner_id AND m.is_vip_member
             WHERE o.state IN ('paid', 'done')
               AND (%s)
               AND NOT EXISTS (
                   SELECT FROM vip_purchase p WHERE p.order_id = o.id)
             ORDER BY o.id
             LIMIT %s
            """,
            recent if since else SQL("TRUE"),
            BATCH,
        )

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
                   COALESCE(o.employee_id, seller.id) AS receiver_id,
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
                     FROM LEAST(o.date_order, clock_timestamp() AT TIME ZONE 'UTC') d) day
             CROSS JOIN LATERAL (%(lines)s) line
              LEFT JOIN LATERAL (
                   SELECT id FROM vip_season
                    WHERE day.local_date BETWEEN date_from AND date_to AND active
                      AND COALESCE(company_id, o.company_id) = o.company_id
                    ORDER BY date_from DESC, id LIMIT 1) season ON TRUE
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

    def _refresh_tickets(self, since):
        """Follow re-assigned tickets and late costs; return the members concerned.

        A ticket given to somebody who is no member is no longer a purchase.
        """
        changed = SQL(
            """
            SELECT o.id FROM pos_order o JOIN vip_purchase p ON p.order_id = o.id
             WHERE %s
            """,
            SQL("o.write_date >= %s", since) if since else SQL("TRUE"),
        )
        moved = self.env.execute_query(
            SQL(
                """
                WITH old AS (
                    SELECT p.id, p.partner_id, p.margin FROM vip_purchase p
                     WHERE p.order_id IN (%(changed)s)
                )
                UPDATE vip_purchase p
                   SET partner_id = t.partner_id, margin = t.margin,
                       owner_id = CASE WHEN p.partner_id = t.partner_id
                                       THEN p.owner_id ELSE t.owner_id END,
                       tier_id = CASE WHEN p.partner_id = t.partner_id
                                      THEN p.tier_id ELSE t.tier_id END
                  FROM old, (%(tickets)s) t
                 WHERE old.id = p.id AND t.order_id = p.order_id
                   AND (p.partner_id, p.margin) IS DISTINCT FROM
                       (t.partner_id, t.margin)
                   AND t.partner_id IN (SELECT id FROM res_partner WHERE is_vip_member)
             RETURNING p.partner_id, old.partner_id
                """,
                changed=changed,
                tickets=self._query_tickets(changed),
            )
        )
        lost = self.env.execute_query(
            SQL(
                """
                DELETE FROM vip_purchase p USING pos_order o
                 WHERE o.id = p.order_id AND o.id IN (%s)
                   AND NOT EXISTS (
                       SELECT FROM res_partner m
                        WHERE m.id = o.partner_id AND m.is_vip_member)
             RETURNING p.partner_id
                """,
                changed,
            )
        )
        partner_ids = {partner_id for row in moved + lost for partner_id in row}
        self.env["vip.standing.due"]._add(partner_ids)
        return partner_ids

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

    def _after_collect(self, partner_ids):
        self.env["res.partner"]._vip_update_usual_sizes(partner_ids)
        self.invalidate_model()
