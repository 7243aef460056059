from odoo import models
from odoo.tools import SQL

# Who has just joined is asked for what is missing by the call of welcome.
SETTLED_DAYS = 90


class VipCareRule(models.Model):
    """New members, who brought them, and whose profile is incomplete."""

    _inherit = "vip.care.rule"

    def _query_enrolment(self, scope):
        """Return members enrolled some days ago; who was imported is not new."""
        return self._query_members_due(
            scope,
            SQL(),
            SQL("'enrolment'"),
            SQL("m.vip_enrolled_on"),
            SQL("NULL::jsonb"),
            SQL("m.vip_enrolment_source IS DISTINCT FROM 'import'"),
        )

    def _query_data_check(self, scope):
        """Return whose profile is less complete than the threshold, once a year."""
        return self._query_members_due(
            scope,
            self._sql_slots(scope, "year"),
            SQL("'data_check:' || to_char(slot.day, 'YYYY')"),
            SQL("slot.day"),
            SQL("jsonb_build_object('score', m.vip_profile_score)"),
            SQL(
                """m.vip_profile_score < %s
                   AND COALESCE(m.vip_enrolled_on, '-infinity') <= slot.day - %s""",
                self.threshold,
                SETTLED_DAYS,
            ),
        )

    def _query_referral(self, scope):
        """Return whose friend has bought for the first time. She is not told who."""
        return self._query_members_due(
            scope,
            SQL(
                """
                JOIN res_partner friend
                  ON friend.vip_referrer_id = m.id AND friend.id <> m.id
                 AND friend.is_vip_member AND friend.active
                """
            ),
            SQL("'referral:' || friend.id"),
            SQL("friend.vip_first_purchase_date"),
            SQL("NULL::jsonb"),
            self._sql_bought_first(SQL("friend")),
        )

    def _query_referred(self, scope):
        """Return who came recommended and has just bought for the first time."""
        return self._query_members_due(
            scope,
            SQL(),
            SQL("'referred'"),
            SQL("m.vip_first_purchase_date"),
            SQL("NULL::jsonb"),
            SQL(
                "m.vip_referrer_id IS NOT NULL AND m.vip_referrer_id <> m.id AND %s",
                self._sql_bought_first(SQL("m")),
            ),
        )

    def _sql_bought_first(self, member):
        """On her first day she bought at a register, and kept something of it."""
        return SQL(
            """
            EXISTS (
                SELECT FROM vip_purchase p
                 CROSS JOIN LATERAL (%(lines)s) line
                 WHERE p.partner_id = %(member)s.id AND p.order_id IS NOT NULL
                   AND p.local_date = %(member)s.vip_first_purchase_date
                   AND p.is_refund IS NOT TRUE AND line.pieces > 0)
            """,
            lines=self._query_kept_lines(),
            member=member,
        )
