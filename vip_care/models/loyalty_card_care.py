from odoo import models


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    # `_query_points_lapse`: whose points end on these days.
    _vip_expiration_idx = models.Index(
        "(expiration_date) WHERE expiration_date IS NOT NULL"
    )
