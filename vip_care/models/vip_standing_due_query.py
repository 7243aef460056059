from odoo import models
from odoo.tools import SQL

from ..tools.windows import window_start


class VipStandingReview(models.AbstractModel):
    """The review's SQL: whom a new day may change."""

    _inherit = "vip.standing.review"

    def _query_due(self, scope):
        """Members for whom the days since `scope.reviewed_on` may change a figure.

        A purchase that left a window since then, one that entered today's, or a tier
        whose validity or grace ended.
        """
        company, before, day = scope.company, scope.reviewed_on, scope.day
        tiers = company._vip_tiers()
        months = {
            12,
            12 + company.vip_drop_months,
            company.vip_drop_months,
            company.vip_active_months,
            company.vip_edge_months,
            company.vip_dormant_months,
            *tiers.mapped("window_months"),
        }
        left = [
            SQL(
                "(p.local_date >= %s AND p.local_date < %s)",
                window_start(before, count),
                window_start(day, count),
            )
            for count in sorted(months)
        ]
        lapsed = [
            SQL(
                "(m.vip_tier_valid_until >= %s AND m.vip_tier_valid_until < %s)",
                window_start(before, grace),
                window_start(day, grace),
            )
            for grace in sorted({0, *tiers.mapped("grace_months")})
        ]
        return SQL(
            """
            SELECT m.id FROM res_partner m
             WHERE %(members)s AND m.id IN (
                   SELECT p.partner_id FROM vip_purchase p
                    WHERE (p.local_date > %(before)s AND p.local_date <= %(day)s)
                       OR %(left)s)
            UNION
            SELECT m.id FROM res_partner m WHERE %(members)s AND (%(lapsed)s)
            """,
            members=scope.members,
            before=before,
            day=day,
            left=SQL(" OR ").join(left),
            lapsed=SQL(" OR ").join(lapsed),
        )
