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
        watermark = run._last_watermark()
        since = watermark - OVERLAP if watermark and not full else False
        touched = self._collect_new(run, since)
        touched |= self._refresh_tickets(since)
        touched |= self._refresh_points(since)
        self._find_missing_points(run)
        self.invalidate_model()
        run._finish(left=run.left)
        return self.env["res.partner"].browse(sorted(touched))

    def _collect_new(self, run, since):
        """Insert the missing tickets, oldest first; return their members' ids."""
        touched, last_order_id = set(), 0
        count, seconds = BATCH, 1
        while count == BATCH and seconds:
            rows = self.env.execute_query(self._query_insert(since, last_order_id))
            count = len(rows)
            partner_ids = {partner_id for _order_id, partner_id in rows}
            self._copy_points_of([order_id for order_id, _partner_id in rows])
            self._tell_owners([order_id for order_id, _partner_id in rows], run)
            last_order_id = max((order_id for order_id, _ in rows), default=0)
            self.env["vip.standing.due"]._add(partner_ids)
            self.env["res.partner"]._vip_update_usual_sizes(partner_ids)
            touched |= partner_ids
            # A full batch says that more is left; a run out of time goes on later.
            seconds = run._progress(count, left=count if count == BATCH else 0)
        return touched

    def _query_insert(self, since, last_order_id):
        return SQL(
            """
            INSERT INTO vip_purchase (
                order_id, import_ref, partner_id, company_id, store_id, season_id,
                date, local_date, amount, margin, units, in_season_units,
                is_refund, owner_id, receiver_id, adviser_id, tier_id,
                points_earned, points_spent)
            SELECT t.order_id, t.receipt, t.partner_id, t.company_id, t.store_id,
                   t.season_id, t.date, t.local_date, t.amount, t.margin, t.units,
                   t.in_season_units, t.is_refund, t.owner_id, t.receiver_id,
                   t.adviser_id, t.tier_id, 0, 0
              FROM (%s) t
                ON CONFLICT DO NOTHING
            RETURNING order_id, partner_id
            """,
            self._query_tickets(self._query_missing_tickets(since, last_order_id)),
        )

    def _query_missing_tickets(self, since, last_order_id):
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
             WHERE o.state IN ('paid', 'done') AND o.id > %s
               AND (%s)
               AND NOT EXISTS (
                   SELECT FROM vip_purchase p WHERE p.order_id = o.id)
             ORDER BY o.id
             LIMIT %s
            """,
            last_order_id,
            recent if since else SQL("TRUE"),
            BATCH,
        )

    def _refresh_tickets(self, since):
        """Follow re-assigned tickets, corrected advisers and late costs.

        Return the members concerned. A ticket given to somebody who is no member is no
        longer a purchase.
        """
        changed = SQL(
            """
            SELECT o.id FROM pos_order o JOIN vip_purchase p ON p.order_id = o.id
             WHERE %s AND (p.partner_id IS DISTINCT FROM o.partner_id
                           OR p.adviser_id IS DISTINCT FROM o.vip_adviser_id
                           OR p.margin IS NULL)
            """,
            SQL("o.write_date >= %s", since) if since else SQL("TRUE"),
        )
        moved = self.env.execute_query(
            SQL(
                """
                WITH old AS (
                    SELECT p.id, p.partner_id FROM vip_purchase p
                     WHERE p.order_id IN (%(changed)s)
                )
                UPDATE vip_purchase p
                   SET partner_id = t.partner_id, margin = t.margin,
                       owner_id = CASE WHEN p.partner_id = t.partner_id
                                       THEN p.owner_id ELSE t.owner_id END,
                       tier_id = CASE WHEN p.partner_id = t.partner_id
                                      THEN p.tier_id ELSE t.tier_id END,
                       receiver_id = CASE
                           WHEN p.adviser_id IS NOT DISTINCT FROM t.adviser_id
                           THEN p.receiver_id ELSE t.receiver_id END,
                       adviser_id = t.adviser_id
                  FROM old, (%(tickets)s) t
                 WHERE old.id = p.id AND t.order_id = p.order_id
                   AND (p.partner_id, p.margin, p.adviser_id) IS DISTINCT FROM
                       (t.partner_id, t.margin, t.adviser_id)
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
