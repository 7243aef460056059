from odoo import api, models


class PosOrder(models.Model):
    """Booking a ticket reads its customer, whom the cashier may not see.

    Each of Odoo's entries to booking grants the tickets' own customers first. What a
    client asks for is never granted: only who is, or becomes, a ticket's customer.
    """

    _inherit = "pos.order"

    def _vip_grant_customers(self):
        # sudo: whoever books a ticket may not read its customer
        self.env["ir.rule"]._vip_grant(self.sudo().partner_id.ids)

    @api.model
    def sync_from_ui(self, orders):
        ids = {order.get("partner_id") for order in orders}
        uuids = {order.get("uuid") for order in orders}
        refunded = [self._get_refunded_orders(order).ids for order in orders]
        self.env["ir.rule"]._vip_grant(
            [id_ for id_ in ids if type(id_) is int],
            [id_ for ids in refunded for id_ in ids],
            [uuid for uuid in uuids if isinstance(uuid, str)],
        )
        return super().sync_from_ui(orders)

    def action_pos_order_paid(self):
        self._vip_grant_customers()
        return super().action_pos_order_paid()

    def action_pos_order_invoice(self):
        self._vip_grant_customers()
        return super().action_pos_order_invoice()

    def refund(self):
        self._vip_grant_customers()
        return super().refund()

    def action_send_receipt(self, *args, **kwargs):
        self._vip_grant_customers()
        return super().action_send_receipt(*args, **kwargs)

    def confirm_coupon_programs(self, coupon_data):
        """Grant the customer for her name in a message; nothing is posted for her."""
        # sudo: as above
        customer = self.sudo().partner_id
        self.env["ir.rule"]._vip_grant_only(dict.fromkeys(customer.ids, False))
        return super().confirm_coupon_programs(coupon_data)
