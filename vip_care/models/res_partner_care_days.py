from odoo import models

from ..tools.spread import SLOTS


class ResPartner(models.Model):
    """Indexes: whom the care rules meet on a day, without reading everybody."""

    _inherit = "res.partner"

    # `_query_enrolment`, `_query_referred`, `_query_referral`, `_query_last_bought`.
    _vip_enrolled_idx = models.Index("(vip_enrolled_on) WHERE is_vip_member")
    _vip_first_bought_idx = models.Index(
        "(vip_first_purchase_date) WHERE vip_referrer_id IS NOT NULL"
    )
    _vip_last_bought_idx = models.Index("(vip_last_purchase_date) WHERE is_vip_member")
    # `_sql_slots`: days of one's own; and of those who buy less, of whom there are few.
    _vip_slot_idx = models.Index(f"(mod(id, {SLOTS})) WHERE is_vip_member")
    _vip_dropping_idx = models.Index(
        f"(mod(id, {SLOTS})) WHERE is_vip_member AND vip_is_dropping"
    )
