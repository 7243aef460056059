from odoo import api, models


class PosOrder(models.Model):
    """Booking a ticket reads its customer, whom the cashier may not see.

    Each of Odoo's entries to booking grants the tickets' own customers first. What a
    client asks for is never granted: only who is, or becomes, a ticket's customer.
    """

    _inherit = "pos.order"

    def _vip_grant_customers(self):
        self.env["ir.rule"]._vip_grant(self.sudo().partner_id)

    @api.model
    def sync_from_ui(self, orders):
        partners = self.env["res.partner"].browse(
            {order["partner_id"] for order in orders if order.get("partner_id")}
        )
        self.env["ir.rule"]._vip_grant(partners.exists())
        uuids = [order["uuid"] for order in orders if order.get("uuid")]
        known = self.sudo().search([("uuid", "in", uuids)])
        for order in orders:
            known |= self._get_refunded_orders(order).sudo()
        known._vip_grant_customers()
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
        self._vip_grant_customers()
        return super().confirm_coupon_programs(coupon_data)
