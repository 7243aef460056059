from odoo import models
from odoo.tools import SQL


class VipCareRule(models.Model):
    """Points about to lapse, and points she may have forgotten."""

    _inherit = "vip.care.rule"

    def _query_points_lapse(self, scope):
        """Return whose points lapse: of each card, at least the threshold."""
        return self._query_members_due(
            scope,
            SQL(
                """
                JOIN loyalty_card card
                  ON card.partner_id = m.id AND card.active AND card.points > 0
                 AND card.points >= %s AND card.expiration_date BETWEEN %s AND %s
                JOIN loyalty_program program
                  ON program.id = card.program_id AND program.program_type = 'loyalty'
                CROSS JOIN LATERAL (%s) held
                """,
                self.threshold,
                *self._event_days(scope),
                self._query_balance(),
            ),
            SQL("'points_lapse:' || card.id || ':' || card.expiration_date"),
            SQL("card.expiration_date"),
            SQL(
                """jsonb_build_object(
                    'points', round(card.points::numeric, 2), 'balance', held.points)"""
            ),
        )

    def _query_points_reminder(self, scope):
        """Return who has points to use, from the threshold on, each half year."""
        return self._query_members_due(
            scope,
            SQL(
                "%s CROSS JOIN LATERAL (%s) held",
                self._sql_slots(scope, "half", salt=60),
                self._query_balance(),
            ),
            SQL(
                """'points_reminder:' || to_char(slot.day, 'YYYY')
                   || CASE WHEN extract(month FROM slot.day) <= 6
                           THEN 'H1' ELSE 'H2' END"""
            ),
            SQL("slot.day"),
            SQL("jsonb_build_object('balance', held.points)"),
            SQL("held.points >= %s", max(1, self.threshold)),
        )

    def _query_balance(self):
        """The points of member `m` over her loyalty cards."""
        return SQL(
            """
            SELECT round(sum(c.points)::numeric, 2) AS points
              FROM loyalty_card c
              JOIN loyalty_program g ON g.id = c.program_id
             WHERE c.partner_id = m.id AND c.active AND g.program_type = 'loyalty'
            """
        )
