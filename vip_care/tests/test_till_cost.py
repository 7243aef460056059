from odoo.tests import tagged

from .points_common import VipPointsCommon


def _believe(order, coupon_data, *_facts):
    """Return a till's entries unchecked."""
    entries = order._vip_entries(coupon_data)
    for entry in entries:
        entry.book(entry.asked)
    return entries


@tagged("post_install", "-at_install")
class TestTillCost(VipPointsCommon):
    """What paying asks of the database beyond Odoo; `./dev bench till` says how long."""

    def _counted(self, function):
        """Return how many queries it takes in a request of its own."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _confirmed(self):
        order = self._sell(self.member, qty=3)
        return self._counted(lambda: self._confirm(order, 3))

    def test_checking_points_takes_few_queries(self):
        self._confirmed()  # fills what is cached beyond a request
        with_check = self._confirmed()
        self.assertEqual(self.card.points, 16)
        self.patch(self.env.registry["pos.order"], "_vip_checked_entries", _believe)
        # Prices with their currency and taxes, rules and registers, and a savepoint.
        self.assertLessEqual(with_check - self._confirmed(), 8)

    def test_granting_customers_takes_one_query(self):
        rules = self.env["ir.rule"].with_user(self.users["cashier"])
        order = self._sell(self.member)
        self.env.cr.cache.clear()
        ids, orders, uuids = self.other_member.ids, order.ids, [order.uuid]
        grant = lambda: rules._vip_grant(ids, orders, uuids)  # noqa: E731
        self.assertEqual(self._counted(grant), 1)
        granted = rules._vip_granted()
        self.assertLessEqual({*ids, self.member.id}, granted.keys())
        again = self._counted(lambda: rules._vip_grant(ids))
        self.assertEqual(again, 0)

    def test_a_customer_is_granted_with_who_pays_for_her(self):
        company, other = self.env["res.partner"].create(
            [{"name": "Acme", "is_company": True}, {"name": "Other"}]
        )
        buyer, accountant = self.env["res.partner"].create(
            [{"name": name, "parent_id": company.id} for name in ("Buyer", "Books")]
        )
        rules = self.env["ir.rule"].with_user(self.users["cashier"])
        self.env.cr.cache.clear()
        rules._vip_grant_only({buyer.id: False})
        self.assertEqual(rules._vip_granted(), {buyer.id: False})
        rules._vip_grant(buyer.ids)
        granted = rules._vip_granted()
        self.assertLessEqual({buyer.id, company.id, accountant.id}, granted.keys())
        self.assertNotIn(other.id, granted)
        rules._vip_grant([0, 2**31 - 1], [], ["no ticket"])
        self.assertNotIn(0, rules._vip_granted())
