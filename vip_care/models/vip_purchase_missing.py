import logging
from collections import defaultdict
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.tools import SQL

from ..tools import ticket_points

_logger = logging.getLogger(__name__)

# A till confirms points within seconds of the ticket; a bad line may take longer.
PATIENCE = timedelta(hours=1)
LOOK_BACK = timedelta(days=31)
BATCH = 1000


class VipPurchase(models.Model):
    """Paid tickets that should have moved points and did not.

    The till confirms points in a second request, which may never come. Such a ticket
    is found and listed; nobody books it silently: a manager decides.
    """

    _inherit = "vip.purchase"

    points_missing = fields.Float(
        "Points not booked",
        readonly=True,
        digits=0,
        help="Points the ticket should have moved, and no card shows it. Judged an"
        " hour after the sale.",
    )

    _missing_idx = models.Index("(local_date) WHERE points_missing > 0")
    # Imported history has no ticket and is never judged.
    _unjudged_idx = models.Index(
        "(date) WHERE points_missing IS NULL AND order_id IS NOT NULL"
    )

    def _find_missing_points(self, run):
        """Judge tickets of the last month, an hour after they were last written.

        Each ticket is judged once; points that come later clear what it missed.
        Commits after each batch.
        """
        count, seconds = BATCH, 1
        while count == BATCH and seconds:
            rows = self.env.execute_query(self._query_unjudged())
            count = len(rows)
            missing = self._missing_points([order_id for _id, order_id in rows])
            self._query_set_missing(rows, missing)
            # What is left is found again; the collector keeps its own account of it.
            seconds = run._progress(0, left=run.left)

    def _query_unjudged(self):
        now = fields.Datetime.now()
        return SQL(
            """
            SELECT p.id, p.order_id
              FROM vip_purchase p
              JOIN pos_order o ON o.id = p.order_id
             WHERE p.points_missing IS NULL AND p.order_id IS NOT NULL
               AND p.date >= %s AND o.write_date <= %s
             ORDER BY p.date
             LIMIT %s
            """,
            now - LOOK_BACK,
            now - PATIENCE,
            BATCH,
        )

    def _query_set_missing(self, rows, missing):
        values = [(row_id, missing.get(order_id, 0)) for row_id, order_id in rows]
        if not values:
            return
        ids, points = zip(*values, strict=True)
        self.env.execute_query(
            SQL(
                """
                UPDATE vip_purchase p SET points_missing = v.points
                  FROM unnest(%s::int[], %s::float[]) AS v (id, points)
                 WHERE v.id = p.id AND p.points_missing IS NULL
             RETURNING p.id
                """,
                list(ids),
                list(points),
            )
        )

    def _missing_points(self, order_ids):
        """Return {ticket id: points} for tickets that earn and have no movement."""
        programs = self.env["loyalty.program"].search(
            [("program_type", "=", "loyalty"), ("pos_ok", "=", True)]
        )
        if not (programs and order_ids):
            return {}
        moved = self.env["loyalty.history"]._read_group(
            [("order_model", "=", "pos.order"), ("order_id", "in", order_ids)],
            ["order_id", "card_id"],
        )
        moved = {(order_id, card.program_id) for order_id, card in moved}
        orders = self.env["pos.order"].browse(order_ids)
        rules = orders._vip_program_rules(programs)
        missing = {}
        for order in orders:
            own = order._vip_programs(programs, rules).filtered(
                lambda program, order=order: (order.id, program) not in moved
            )
            if own and (points := self._sure_points(order, own, rules)):
                missing[order.id] = points
        return missing

    def _sure_points(self, order, programs, rules):
        """Return by how much the ticket moves these balances, codes typed in or not."""
        try:
            with self.env.cr.savepoint():
                ticket = order._vip_ticket(order._vip_line_prices())
        except OperationalError:
            raise
        except Exception:
            # One bad record harms only itself.
            _logger.exception("Points of ticket %s cannot be computed", order.id)
            return 0
        spent = defaultdict(float)
        for line in order._vip_reward_lines():
            spent[line.coupon_id.program_id.id] += line.points_cost
        return sum(
            abs(
                round(
                    ticket_points.earned(rules[program.id], ticket, codes=False)
                    - spent[program.id],
                    2,
                )
            )
            for program in programs
        )
