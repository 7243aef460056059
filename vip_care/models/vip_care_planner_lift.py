from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .vip_care_guard import FORBIDS

LIFTED = ":lifted:"


class VipCarePlanner(models.AbstractModel):
    """What was cancelled is planned anew when nothing stops it any more.

    She is a member again, mourns no more, agreed again, her complaint is settled, the
    rule is on: the same candidate meets the same guards, and takes the place of the
    contact that was cancelled while its last day has not passed. That one stays in the
    log; what was done, dropped or has expired is never planned again.
    """

    _inherit = "vip.care.planner"

    def _query_may_lift(self, day):
        """Tell whether the task `t` leaves its reason to a candidate on `day`."""
        return SQL(
            "(t.state = 'cancelled' AND t.guard = ANY(%s) AND t.until >= %s)",
            list(FORBIDS),
            day,
        )

    def _query_lift(self, day):
        """Return SQL that frees the keys of what is planned anew on `day`."""
        return SQL(
            """
            UPDATE vip_care_task t
               SET occasion_key = t.occasion_key || %s || t.id
              FROM vip_care_candidate c
             WHERE c.task_id IS NULL AND c.guard IS NULL AND c.due_date <= %s
               AND t.partner_id = c.partner_id AND t.rule_id = c.rule_id
               AND t.occasion_key = c.occasion_key AND %s
            """,
            LIFTED,
            day,
            self._query_may_lift(day),
        )

    def _lifted(self, scope):
        """Return the ids of members who are stopped no more since the day was planned.

        A day's other contacts are planned in its first hours only. Who settled a
        complaint leaves her in peace until the next day.
        """
        blocked = self.env["vip.care.guard"]._query_blocked(
            self._query_cancelled(scope), self._solemn(scope)
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT t.partner_id FROM (%s) b
                     JOIN vip_care_task t ON t.id = b.id WHERE b.guard IS NULL""",
                blocked,
            )
        )
        return [row[0] for row in rows]

    def _query_cancelled(self, scope):
        """Return SQL: contacts to be made, cancelled, and not yet planned anew.

        Also of days corrected today: the day she told may be this one.
        """
        return SQL(
            """
            SELECT t.id, NULL::int AS task_id, t.partner_id, t.rule_id, t.occasion_key,
                   t.event_date, t.occasion_id, t.trigger, t.channel, t.purpose, t.tone,
                   t.priority, t.cap_days, t.until, %(day)s AS on_date,
                   FALSE AS is_wordless
              FROM vip_care_task t
              JOIN vip_care_rule r ON r.id = t.rule_id AND r.active
              JOIN res_partner m ON m.id = t.partner_id
             WHERE t.state = 'cancelled' AND t.guard = ANY(%(guards)s)
               AND t.until >= %(day)s AND t.due_date <= %(day)s AND %(members)s
               AND strpos(t.occasion_key, %(lifted)s) = 0
               AND NOT EXISTS (
                   SELECT FROM vip_feedback f
                    WHERE f.partner_id = t.partner_id AND f.kind = 'complaint'
                      AND f.closed_at >= %(since)s)
            """,
            day=scope.day,
            guards=[*FORBIDS, "changed"],
            members=scope.members,
            lifted=LIFTED,
            # Wherever the store's day begins by the server's clock.
            since=scope.day - timedelta(days=1),
        )
