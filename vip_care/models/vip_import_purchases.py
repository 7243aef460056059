from odoo import models
from odoo.tools import SQL

PURCHASE_BATCH = 50_000


class VipImport(models.Model):
    """Purchases: staged rows become `vip.purchase`, a batch per statement."""

    _inherit = "vip.import"

    def _flag_lost_buyers(self):
        """Report purchases of members who could not be imported after all."""
        self._flag(
            "",
            "buyer_refused",
            SQL(
                """
                SELECT r.id, r.ticket AS value, m.row AS detail
                  FROM vip_import_row r
                  JOIN vip_import_row m ON m.id = r.member_row_id
                 WHERE %s AND (m.state <> 'new' OR m.partner_id IS NULL)
                """,
                self._rows("purchase"),
            ),
        )

    def _import_purchases(self):
        """Import the next batch of purchases; return how many rows it had."""
        [(rows, cursor)] = self.env.execute_query(
            SQL("SELECT count(*), max(b.row) FROM (%s) b", self._query_batch())
        )
        if rows:
            self.env.flush_all()
            [(made,)] = self.env.execute_query(self._query_insert())
            self.purchase_done += made
            self.purchase_known += rows - made
            self.purchase_cursor = cursor
        return rows

    def _query_batch(self):
        """The next staged purchases in the order of the file."""
        return SQL(
            "SELECT * FROM vip_import_row r WHERE %s AND r.row > %s"
            " ORDER BY r.row LIMIT %s",
            self._rows("purchase"),
            self.purchase_cursor,
            PURCHASE_BATCH,
        )

    def _query_insert(self):
        """Insert a batch, queue its members for review and return how many were new.

        What somebody else imported meanwhile is left alone by the unique index. The
        tier at the time of sale is not known; owner and receiver only if the file says.
        """
        return SQL(
            """
            WITH made AS (
                INSERT INTO vip_purchase (
                    import_ref, partner_id, company_id, store_id, season_id, date,
                    local_date, amount, margin, units, is_refund, owner_id,
                    receiver_id, points_earned, points_spent)
                SELECT r.ticket, COALESCE(r.partner_id, member.partner_id), %(company)s,
                       r.store_id, season.id, r.date, r.local_date, r.amount, r.margin,
                       COALESCE(r.units, 0),
                       r.amount < 0 OR (r.amount = 0 AND COALESCE(r.units, 0) < 0),
                       r.owner_id, r.receiver_id, COALESCE(r.points_earned, 0),
                       COALESCE(r.points_spent, 0)
                  FROM (%(batch)s) r
                  LEFT JOIN vip_import_row member ON member.id = r.member_row_id
                  LEFT JOIN LATERAL (%(season)s) season ON TRUE
                    ON CONFLICT DO NOTHING
             RETURNING partner_id
            ), due AS (
                INSERT INTO vip_standing_due (partner_id)
                SELECT DISTINCT partner_id FROM made
                    ON CONFLICT DO NOTHING
            )
            SELECT count(*) FROM made
            """,
            company=self.company_id.id,
            batch=self._query_batch(),
            season=self.env["vip.season"]._query_of_day(
                SQL("r.local_date"), SQL("%s", self.company_id.id)
            ),
        )
