import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.tools import SQL

from ..tools.points_reason import CONTEXT_KEY, TICKET

_logger = logging.getLogger(__name__)


class PosOrder(models.Model):
    """A till's confirmation grants no more than the ticket earns.

    The till tells how many points it gave and took. They are compared with what the
    ticket earns and what its rewards cost; the difference is not booked but listed.
    Nothing here stops a sale: what cannot be checked is not booked, it is listed and
    found again as a paid ticket without points.
    """

    _inherit = "pos.order"

    def confirm_coupon_programs(self, coupon_data):
        self.ensure_one()
        self.check_access("read")
        self.env["loyalty.card"].check_access("write")
        # sudo: the data is checked; cards and their customers are not the cashier's.
        ticket = self.sudo().with_context(**{CONTEXT_KEY: TICKET})
        entries = ticket._vip_checked_entries(coupon_data, *ticket._vip_take_turn())
        data = {entry.key: entry.values() for entry in entries if entry.is_booked}
        result = super(PosOrder, ticket).confirm_coupon_programs(data)
        ticket._vip_list_entries(entries)
        return result

    def _vip_take_turn(self):
        """Let two confirmations of one ticket not run at once.

        Each would see no history yet and make a card of its own. A lock alone would
        let the second go on with what it saw before; after a change of the row
        PostgreSQL refuses it, and Odoo tries the request again.

        Return the programs in which the ticket has moved points, and what was paid.
        """
        self.env["pos.payment"].flush_model(["amount", "pos_order_id"])
        self.env["loyalty.history"].flush_model(["card_id", "order_model", "order_id"])
        self.env["loyalty.card"].flush_model(["program_id"])
        [[program_ids, paid]] = self.env.execute_query(self._query_take_turn())
        return self.env["loyalty.program"].browse(program_ids), float(paid)

    def _query_take_turn(self):
        """Return SQL that changes the row and tells what else the check needs."""
        return SQL(
            """
               UPDATE pos_order o SET write_uid = o.write_uid WHERE o.id = %s
            RETURNING ARRAY(SELECT DISTINCT c.program_id
                              FROM loyalty_history h
                              JOIN loyalty_card c ON c.id = h.card_id
                             WHERE h.order_model = 'pos.order' AND h.order_id = o.id),
                      (SELECT COALESCE(SUM(p.amount), 0)
                         FROM pos_payment p WHERE p.pos_order_id = o.id)
            """,
            self.id,
        )

    def _vip_checked_entries(self, coupon_data, moved, paid):
        """Return the till's entries as they may be booked; none if that fails."""
        try:
            with self.env.cr.savepoint():
                return self._vip_check_coupon_data(coupon_data, moved, paid)
        except OperationalError:
            raise  # two tills at once: Odoo tries the request again
        except Exception:
            _logger.exception("Points of ticket %s are not booked", self.id)
            self._vip_note_failure()
            return []

    def _vip_note_failure(self):
        try:
            with self.env.cr.savepoint():
                row = {"kind": "error", "order_id": self.id}
                row["partner_id"] = self.partner_id.id
                self.env["vip.points.change"]._note([row])
        except OperationalError:
            raise
        except Exception:
            _logger.exception("Failure on ticket %s is not listed", self.id)

    def _vip_list_entries(self, entries):
        """List what was refused, or booked though the ticket does not explain it."""
        try:
            rows = [row for entry in entries for row in entry.rows(self)]
            if rows:
                _logger.info("Ticket %s does not explain: %s", self.id, rows)
                with self.env.cr.savepoint():
                    self.env["vip.points.change"]._note(rows)
        except OperationalError:
            raise
        except Exception:
            _logger.exception("Changes by ticket %s are not listed", self.id)
