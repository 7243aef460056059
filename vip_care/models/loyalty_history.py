from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.masking import mask_name
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
        vals_list = [self._vip_without_name(vals) for vals in vals_list]
        lines = super().create(vals_list)
        lines._vip_check_may_write()
        return lines

    @api.model
    def _vip_without_name(self, vals):
        """Mask a member in a line's text: Odoo names whom a gift card is given to."""
        if "order_model" in vals or not vals.get("description"):
            return vals
        cards = self.env["loyalty.card"].sudo()  # tills read all of the history
        customer = cards.browse(vals.get("card_id")).partner_id
        if not customer.vip_is_guarded or not customer.name:
            return vals
        text = vals["description"].replace(customer.name, mask_name(customer.name))
        return vals | {"description": text}

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
