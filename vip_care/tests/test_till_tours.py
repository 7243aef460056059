from odoo.tests import tagged

from ..models.ir_rule import GRANTED
from .till_tour_common import TillTourCommon


@tagged("post_install", "-at_install", "is_tour")
class TestTillTours(TillTourCommon):
    """A shared till account sells to anybody's members."""

    def test_till_sells_reopens_and_refunds(self):
        self.assertFalse(self.till._vip_store_ids())
        orders = self._tour("vip_care.till_sells_to_anybodys_member")
        self.assertEqual(orders.mapped("partner_id"), self.wang + self.li)
        self.assertEqual(set(orders.mapped("state")), {"paid"})
        self.assertEqual(orders.user_id, self.till)
        self.assertFalse(any(orders.mapped("email")) or any(orders.mapped("mobile")))
        logs = self.env["vip.access.log"].sudo().search([("kind", "=", "lookup")])
        self.assertEqual(logs.user_id, self.till)
        self.assertEqual(logs.partner_id, self.wang + self.li)

        draft = self._draft(self.li, 50)
        self.env.cr.cache.pop(GRANTED, None)
        orders = self._tour("vip_care.till_reopens_tickets")
        self.assertEqual(draft.state, "paid")
        self.assertEqual(draft.partner_id, self.li)
        refund = orders.filtered("is_refund")
        self.assertEqual(refund.state, "paid")
        self.assertEqual(refund.partner_id, self.wang)
        self.assertEqual(refund.refunded_order_id, orders[0])

    def test_till_sells_on_when_lookup_is_refused(self):
        self.env.company.vip_lookup_limit = 1
        self.config.company_id.vip_lookup_limit = 1
        orders = self._tour("vip_care.till_sells_on_when_lookup_is_refused")
        self.assertEqual(orders.partner_id.name, "Acme Corporation")
        self.assertEqual(orders.state, "paid")
