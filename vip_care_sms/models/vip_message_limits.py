from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .vip_message import OUT

DAY = timedelta(days=1)
WINDOWS = (
    ("minute_limit", timedelta(minutes=1)),
    ("hour_limit", timedelta(hours=1)),
    ("day_limit", DAY),
)


class VipMessage(models.Model):
    """How much a gateway takes and a number gets: what is too much waits."""

    _inherit = "vip.message"

    def _room(self, gateway, now):
        """Return how many messages may be handed over now; every attempt counts."""
        room = max(1, gateway.batch_size)
        windows = [(name, span) for name, span in WINDOWS if gateway[name] > 0]
        if not windows:
            return room
        counts = self.env.execute_query(
            self._query_handed_over(gateway, now, [span for _name, span in windows])
        )[0]
        left = [
            gateway[name] - count
            for (name, _span), count in zip(windows, counts, strict=True)
        ]
        return max(0, min(room, *left))

    def _number_limits(self, gateway, numbers, now):
        """Return {number: (how many she may still get, when it is one more)}."""
        limit = gateway.number_day_limit
        if limit <= 0:
            return {}
        self.flush_model()
        found = self.env.execute_query(self._query_recent(list(numbers), now))
        limits = dict.fromkeys(numbers, (limit, now + DAY))
        for number, moments in found:
            # There is room again once this one is a day old.
            last = moments[-limit] if len(moments) >= limit else moments[0]
            limits[number] = (limit - len(moments), last + DAY)
        return limits

    def _query_handed_over(self, gateway, now, spans):
        """Return SQL that counts what was reserved in each span of time before now.

        SQL: one statement for all limits. Moments are kept without the fraction of
        their second: the one a whole span ago still counts.
        """
        return SQL(
            "SELECT %s FROM vip_message WHERE gateway_id = %s AND reserved_at >= %s",
            SQL(", ").join(
                SQL("count(*) FILTER (WHERE reserved_at >= %s)", now - span)
                for span in spans
            ),
            gateway.id,
            now - max(spans),
        )

    def _query_recent(self, numbers, now):
        """Return SQL for when these numbers got a message within a day, by any gateway.

        SQL: of members and companies nobody here may read.
        """
        return SQL(
            """SELECT number, array_agg(reserved_at ORDER BY reserved_at)
                 FROM vip_message
                WHERE number = ANY(%s) AND reserved_at > %s AND kind = 'care'
                  AND state = ANY(%s)
                GROUP BY number""",
            numbers,
            now - DAY,
            list(OUT),
        )
