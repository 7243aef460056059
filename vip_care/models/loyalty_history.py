from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.points_reason import reason_of


class LoyaltyHistory(models.Model):
    """What moved on a member's card, written when it moves and by nobody else.

    A line that names a ticket tells Odoo that the ticket has been booked.
    """

    _inherit = "loyalty.history"

    # The collector reads the movements of one ticket, and those written lately.
    _vip_order_idx = models.Index("(order_id) WHERE order_model = 'pos.order'")
    _vip_write_idx = models.Index("(write_date) WHERE order_model = 'pos.order'")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._vip_check_may_write()
        return lines

    def write(self, vals):
        self._vip_check_may_write()
        result = super().write(vals)
        self._vip_check_may_write()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_by_odoo_only(self):
        self._vip_check_may_write()

    def _vip_check_may_write(self):
        """Raise unless the system writes, or Odoo's manager about no member."""
        if self.env.su or reason_of(self.env):
            return
        lines = self.sudo()  # the question is about customers she may not read
        tickets = lines.filtered(lambda line: line.order_model == "pos.order")
        orders = self.env["pos.order"].sudo().browse(tickets.mapped("order_id"))
        customers = lines.card_id.partner_id | orders.exists().partner_id
        if not self.env["loyalty.card"]._vip_may_directly(customers):
            raise AccessError(
                self.env._("The history of a loyalty card is written by the system.")
            )
