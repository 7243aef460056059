from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..tools.spread import SLOTS, slots_between


class VipCareRule(models.Model):
    """What the queries of occasions by buying share.

    Nothing of this is known ahead for sure (she may buy, spend her points or come by),
    so candidates are what is to be done on the scope's day; a forecast adds what comes
    by its last day if she does nothing.
    """

    _inherit = "vip.care.rule"

    def _event_days(self, scope):
        """Return the first and the last occasion that is to be done in the scope."""
        first = scope.day - timedelta(days=self.offset_days + self.window_days - 1)
        last = scope.ahead if scope.is_forecast else scope.day
        return first, last - timedelta(days=self.offset_days)

    def _query_members_due(self, scope, source, key, event_date, facts, where=None):
        """Return the candidates among members `m` and what `source` joins to them.

        `key`, `event_date` and `facts` (jsonb) are SQL over these; `where` may ask for
        `event.date` too.
        """
        return SQL(
            """
            SELECT m.id AS partner_id, (%(key)s)::varchar AS occasion_key,
                   event.date AS event_date,
                   event.date + %(offset)s AS due_date,
                   event.date + %(last)s AS until,
                   NULL::int AS occasion_id, NULL::int AS event_id, %(facts)s AS facts
              FROM res_partner m
              %(source)s
             CROSS JOIN LATERAL (SELECT (%(event_date)s)::date AS date) event
             WHERE %(members)s AND event.date BETWEEN %(from)s AND %(to)s AND %(where)s
            """,
            key=key,
            event_date=event_date,
            offset=self.offset_days,
            last=self.offset_days + self.window_days - 1,
            facts=facts,
            source=source,
            members=scope.members,
            where=SQL("TRUE") if where is None else where,
            **dict(zip(("from", "to"), self._event_days(scope), strict=True)),
        )

    def _sql_slots(self, scope, period, salt=0):
        """Join `slot` (with its `day`) to members `m`: those whose day it is."""
        slots = slots_between(*self._event_days(scope), period, salt)
        return SQL(
            """
            JOIN unnest(%s::int[], %s::date[]) AS slot (number, day)
              ON slot.number = mod(m.id, %s)
            """,
            [slot for slot, _day in slots],
            [day for _slot, day in slots],
            SLOTS,
        )

    def _sql_not_since(self, days, key):
        """No other contact by this rule within `days` before this occasion `event`.

        One that was kept back (but not held out) does not count: it may come later.
        """
        return SQL(
            """
            NOT EXISTS (
                SELECT FROM vip_care_task t
                 WHERE t.partner_id = m.id AND t.rule_id = %s
                   AND (t.state IN ('planned', 'done') OR t.is_holdout)
                   AND t.occasion_key <> %s
                   AND t.event_date > event.date - %s)
            """,
            self.id,
            key,
            days,
        )
