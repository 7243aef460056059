from odoo import models
from odoo.tools import SQL


class VipImport(models.Model):
    """Tickets: rows of one ticket belong together, and a ticket counts once."""

    _inherit = "vip.import"

    def _number_tickets(self):
        """Number purchases without a ticket number, the same way every time.

        Equal purchases of one member are counted in the order of the file, so that the
        second coffee of a day is kept and a second import is not.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_import_row r
                   SET ticket = 'I-' || r.ticket_hash || '-' || n.occurrence
                  FROM (SELECT r.id, row_number() OVER (
                                   PARTITION BY r.ticket_hash ORDER BY r.row
                               ) AS occurrence
                          FROM vip_import_row r
                         WHERE %s AND r.ticket_hash IS NOT NULL) n
                 WHERE n.id = r.id
                """,
                self._rows("purchase"),
            )
        )

    def _query_mixed_tickets(self):
        """Rows of tickets that name two members, days or stores."""
        return SQL(
            """
            SELECT r.id, r.ticket AS value, mixed.first AS detail
              FROM vip_import_row r
              JOIN (SELECT r.ticket, min(r.row) AS first FROM vip_import_row r
                     WHERE %(rows)s
                     GROUP BY r.ticket
                    HAVING min(%(buyer)s) <> max(%(buyer)s)
                        OR min(r.local_date) <> max(r.local_date)
                        OR min(%(store)s) <> max(%(store)s)) mixed
                ON mixed.ticket = r.ticket
             WHERE %(rows)s
            """,
            rows=self._rows("purchase"),
            buyer=SQL("COALESCE(r.partner_id, -r.member_row_id)"),
            store=SQL("COALESCE(r.store_id::text, lower(r.store_code), '')"),
        )

    def _query_partly_bad_tickets(self):
        """Good rows of tickets of which another row is bad: half a ticket is wrong."""
        return SQL(
            """
            SELECT r.id, r.ticket AS value, bad.first AS detail
              FROM vip_import_row r
              JOIN (SELECT b.ticket, min(b.row) AS first FROM vip_import_row b
                     WHERE %s AND b.ticket IS NOT NULL
                     GROUP BY b.ticket) bad ON bad.ticket = r.ticket
             WHERE %s
            """,
            self._rows("purchase", "bad", "b"),
            self._rows("purchase"),
        )

    def _add_up_tickets(self):
        """Make one purchase of a ticket's rows: the first gets the sums."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_import_row r
                   SET state = CASE WHEN r.row = t.first THEN 'new' ELSE 'line' END,
                       date = t.date, amount = t.amount, margin = t.margin,
                       units = t.units, points_earned = t.points_earned,
                       points_spent = t.points_spent
                  FROM (SELECT r.ticket, min(r.row) AS first, min(r.date) AS date,
                               sum(r.amount) AS amount, sum(r.units) AS units,
                               CASE WHEN count(r.margin) = count(*)
                                    THEN sum(r.margin) END AS margin,
                               sum(r.points_earned) AS points_earned,
                               sum(r.points_spent) AS points_spent
                          FROM vip_import_row r
                         WHERE %(rows)s
                         GROUP BY r.ticket HAVING count(*) > 1) t
                 WHERE t.ticket = r.ticket AND %(rows)s
                """,
                rows=self._rows("purchase"),
            )
        )

    def _skip_known_tickets(self):
        """Leave out tickets that are there; report those that are there otherwise."""
        known = SQL(
            """
            SELECT r.id, r.ticket AS value,
                   p.partner_id = r.partner_id AND p.amount = r.amount AS same
              FROM vip_import_row r
              JOIN vip_purchase p
                ON p.company_id = %s AND p.import_ref = r.ticket
             WHERE %s
            """,
            self.company_id.id,
            self._rows("purchase"),
        )
        self.env["vip.purchase"].flush_model()
        query = SQL(
            "SELECT id, value, NULL AS detail FROM (%s) k WHERE same IS NOT TRUE", known
        )
        self._flag("ticket", "ticket_differs", query)
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_import_row r SET state = 'skip'
                  FROM (%s) k WHERE k.id = r.id AND k.same
                """,
                known,
            )
        )
