from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.points_reason import reason_of


class LoyaltyHistory(models.Model):
    """What moved on a card, written by Odoo when it moves and by nobody else.

    A line that names a ticket tells Odoo that the ticket has been booked.
    """

    _inherit = "loyalty.history"

    # The collector reads the movements of one ticket, and those written lately.
    _vip_order_idx = models.Index("(order_id) WHERE order_model = 'pos.order'")
    _vip_write_idx = models.Index("(write_date) WHERE order_model = 'pos.order'")

    @api.model_create_multi
    def create(self, vals_list):
        self._vip_check_ours()
        return super().create(vals_list)

    def write(self, vals):
        self._vip_check_ours()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_odoo_only(self):
        self._vip_check_ours()

    def _vip_check_ours(self):
        if not (self.env.su or reason_of(self.env)):
            raise AccessError(
                self.env._("The history of a loyalty card is written by the system.")
            )
