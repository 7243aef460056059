from odoo import models
from odoo.tools import SQL


class VipCareText(models.Model):
    """How often each text was given, without counting years of contacts each night.

    `counted` is what was counted up to the contact `counted_to`; what came since is
    counted when it is asked for, and added once a day.
    """

    _inherit = "vip.care.text"

    def _uses(self):
        """Return {id: how often it was given} of these texts."""
        self.env.flush_all()
        return dict(self.env.execute_query(self._query_uses()))

    def _query_uses(self):
        """Return SQL: id and uses. SQL: each text counts from its own contact on."""
        return SQL(
            "SELECT t.id, COALESCE(t.counted, 0) + %s FROM vip_care_text t"
            " WHERE t.id = ANY(%s)",
            self._query_news(),
            self.ids,
        )

    def _query_news(self):
        """Return SQL: the uses of `vip_care_text t` nobody has counted yet."""
        return SQL(
            """(SELECT count(*) FROM vip_care_task k
                 WHERE k.text_id = t.id AND k.id > COALESCE(t.counted_to, 0)
                   AND k.state <> 'cancelled')"""
        )

    def _query_count(self, last_id):
        """Return SQL that adds what was given up to the contact `last_id`."""
        return SQL(
            """
            UPDATE vip_care_text t
               SET counted = COALESCE(t.counted, 0) + n.uses, counted_to = %(last)s
              FROM (SELECT t.id, count(k.id) AS uses
                      FROM vip_care_text t
                      LEFT JOIN vip_care_task k
                        ON k.text_id = t.id AND k.id > COALESCE(t.counted_to, 0)
                       AND k.id <= %(last)s AND k.state <> 'cancelled'
                     GROUP BY t.id) n
             WHERE n.id = t.id AND COALESCE(t.counted_to, 0) < %(last)s
            """,
            last=last_id,
        )

    def _count_uses(self):
        """Remember how often each text was given until now."""
        self.env.flush_all()
        newest = self.env["vip.care.task"].sudo().search([], order="id desc", limit=1)
        self.env.execute_query(self._query_count(newest.id or 0))
        self.invalidate_model(["counted", "counted_to"])
