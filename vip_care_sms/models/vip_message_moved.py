from odoo import models
from odoo.tools import SQL

from .vip_message import QUEUED


class VipMessage(models.Model):
    """What is queued for a member who moved to another company is that one's."""

    _inherit = "vip.message"

    def _follow_tasks(self):
        """Let queued messages follow their contacts to another company first.

        There they wait for a confirmation as its own do, and leave by its gateway;
        where it has none the associate writes by hand.
        """
        self.env.flush_all()
        if totals := self.env.execute_query(self._query_moved_totals()):
            self._open_batches([total for total in totals if total[-1]])
            self.env.cr.execute(self._query_follow_company())
        return super()._follow_tasks()

    def _query_moved_totals(self):
        """Return SQL with the columns of `_query_totals`; SQL as there."""
        return SQL(
            """
            SELECT t.company_id, t.rule_id, t.due_date, count(x.batch_id)
              FROM vip_message x JOIN vip_care_task t ON t.id = x.task_id
             WHERE x.state = ANY(%s) AND x.kind = 'care' AND t.state = 'planned'
               AND x.company_id <> t.company_id
             GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """,
            list(QUEUED),
        )

    def _query_follow_company(self):
        """Return SQL; what a person sent waits for no confirmation there either."""
        return SQL(
            """
            UPDATE vip_message x
               SET company_id = t.company_id, store_id = t.store_id,
                   owner_id = t.owner_id,
                   batch_id = CASE WHEN y.batch_id IS NOT NULL THEN b.id END,
                   state = CASE WHEN g.id IS NULL THEN 'cancelled'
                                WHEN y.batch_id IS NULL OR b.state = 'confirmed'
                                THEN 'ready'
                                WHEN b.state = 'stopped' THEN 'cancelled'
                                ELSE 'waiting' END,
                   write_date = now() AT TIME ZONE 'UTC'
              FROM vip_message y
              JOIN vip_care_task t ON t.id = y.task_id
              JOIN res_company c ON c.id = t.company_id
              LEFT JOIN vip_message_batch b ON b.company_id = t.company_id
                   AND b.rule_id = t.rule_id AND b.day = t.due_date
              LEFT JOIN vip_sms_gateway g ON g.id = c.vip_sms_gateway_id AND g.active
             WHERE x.id = y.id AND y.state = ANY(%s) AND y.kind = 'care'
               AND t.state = 'planned' AND y.company_id <> t.company_id
            """,
            list(QUEUED),
        )
