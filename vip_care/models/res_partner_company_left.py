from odoo import models
from odoo.tools import SQL

from .vip_care_event_edits import TAKEN_BACK


class ResPartner(models.Model):
    """What only her former company meant for a member ends when she moves to another.

    Its own care rules and what its stores gave out are none of her new owner's, who
    cannot even read them; the rules of all companies, and those of her new one, care
    for her there.
    """

    _inherit = "res.partner"

    def _vip_follow_work(self, which=None):
        self.env.flush_all()
        self.env.cr.execute(self._query_end_left(which or SQL("TRUE")))
        if self.env.cr.rowcount:
            self.env["vip.care.task"].invalidate_model()
        return super()._vip_follow_work(which)

    def _query_end_left(self, which):
        """Return the statement. The key is free again: she may come back in time.

        SQL: its condition is the one of `_query_follow_work`.
        """
        return SQL(
            """
            UPDATE vip_care_task w
               SET state = 'cancelled', guard = 'moved',
                   occasion_key = w.occasion_key || %s || w.id,
                   write_date = now() AT TIME ZONE 'UTC'
              FROM res_partner m, vip_care_rule r
             WHERE m.id = w.partner_id AND r.id = w.rule_id AND w.state = 'planned'
               AND %s AND m.vip_company_id <> w.company_id
               AND (w.event_id IS NOT NULL OR r.company_id <> m.vip_company_id)
            """,
            TAKEN_BACK,
            which,
        )
