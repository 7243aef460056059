from odoo import models


class LoyaltyHistory(models.Model):
    _inherit = "loyalty.history"

    # The collector reads the movements of one ticket, and those written lately.
    _vip_order_idx = models.Index("(order_id) WHERE order_model = 'pos.order'")
    _vip_write_idx = models.Index("(write_date) WHERE order_model = 'pos.order'")
