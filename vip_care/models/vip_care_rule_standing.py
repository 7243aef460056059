from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..tools.windows import add_months, window_start

# Buying less is spoken of twice a year at most, however often it is noticed.
DROP_REST_DAYS = 180


class VipCareRule(models.Model):
    """Members who drift away: buying less, then not at all, then without a card.

    The day she becomes edge, dormant or lost follows from her last purchase, so it is
    reckoned, not looked up: it is the same whenever the review ran.
    """

    _inherit = "vip.care.rule"

    def _query_drop(self, scope):
        """Return active members who buy less than before, on their day of the month."""
        key = SQL("'drop:' || to_char(slot.day, 'YYYY-MM')")
        return self._query_members_due(
            scope,
            self._sql_slots(scope, "month", salt=12),
            key,
            SQL("slot.day"),
            SQL(
                """jsonb_build_object(
                    'orders', m.vip_order_drop, 'amount', m.vip_amount_drop)"""
            ),
            SQL(
                "m.vip_is_dropping AND m.vip_lifecycle = 'active' AND %s",
                self._sql_not_since(DROP_REST_DAYS, key),
            ),
        )

    def _query_edge(self, scope):
        return self._query_drifting(scope, "edge", scope.company.vip_active_months)

    def _query_dormant(self, scope):
        return self._query_drifting(scope, "dormant", scope.company.vip_edge_months)

    def _query_lost(self, scope):
        return self._query_drifting(scope, "lost", scope.company.vip_dormant_months)

    def _query_drifting(self, scope, lifecycle, months):
        """Return who became `lifecycle`: her last purchase left a window of months."""
        first, last = self._event_days(scope)
        days = [
            (bought, day)
            for day in _days(first, last)
            for bought in _days(
                window_start(day - timedelta(days=1), months),
                window_start(day, months) - timedelta(days=1),
            )
        ]
        where = SQL("m.vip_lifecycle = %s", lifecycle)
        if scope.is_forecast:
            where = SQL("(%s OR event.date > %s)", where, scope.day)
        return self._query_last_bought(scope, lifecycle, days, where)

    def _query_card_lapse(self, scope):
        """Return whose card becomes invalid: nothing bought for so many months."""
        months = scope.company.vip_card_months
        if not months:
            return None
        first, last = self._event_days(scope)
        earliest = add_months(first, -months) - timedelta(days=3)
        latest = add_months(last, -months) + timedelta(days=3)
        days = [
            (bought, add_months(bought, months)) for bought in _days(earliest, latest)
        ]
        return self._query_last_bought(scope, "card_lapse", days, SQL("TRUE"))

    def _query_last_bought(self, scope, key, days, where):
        """Return who last bought on one of `days`, pairs of that day and the occasion.

        Reads the index on the last purchase, so only who is due.
        """
        if not days:
            return None
        return self._query_members_due(
            scope,
            SQL(
                """
                JOIN unnest(%s::date[], %s::date[]) AS drift (bought, day)
                  ON drift.bought = m.vip_last_purchase_date
                """,
                [bought for bought, _day in days],
                [day for _bought, day in days],
            ),
            SQL("%s || m.vip_last_purchase_date", f"{key}:"),
            SQL("drift.day"),
            SQL("jsonb_build_object('bought', m.vip_last_purchase_date)"),
            where,
        )


def _days(first, last):
    """Yield the days from `first` to `last`; none if it is the other way round."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
