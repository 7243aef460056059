from odoo import models
from odoo.tools import SQL


class VipDormancyLine(models.Model):
    """Merged members have one line in a review: the one that says most."""

    _inherit = "vip.dormancy.line"

    def _merge_members(self, partner_ids):
        """Leave one line of these members in each review, with the steps of all.

        Before Odoo moves them: two lines of one member break its unique index.
        """
        self.env.flush_all()
        self.env.cr.execute(self._query_keep_steps(partner_ids))
        self.env.cr.execute(self._query_drop_lines(partner_ids))
        self.env.invalidate_all()

    def _query_ranked(self, partner_ids):
        """Return the query of these lines, each with the one that is kept instead."""
        return SQL(
            """
            SELECT id, first_value(id) OVER (
                       PARTITION BY review_id
                       ORDER BY result IS NULL, reason IS NULL,
                                is_checked IS NOT TRUE, note IS NULL, id) AS kept
              FROM vip_dormancy_line WHERE partner_id = ANY(%s)
            """,
            list(partner_ids),
        )

    def _query_keep_steps(self, partner_ids):
        return SQL(
            """
            UPDATE vip_dormancy_step step SET line_id = ranked.kept
              FROM (%s) ranked
             WHERE ranked.id = step.line_id AND ranked.kept <> ranked.id
            """,
            self._query_ranked(partner_ids),
        )

    def _query_drop_lines(self, partner_ids):
        return SQL(
            """
            DELETE FROM vip_dormancy_line line USING (%s) ranked
             WHERE ranked.id = line.id AND ranked.kept <> ranked.id
            """,
            self._query_ranked(partner_ids),
        )
