from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .points_common import VipPointsCommon

LOGGER = "odoo.addons.vip_care.models.pos_order_confirm"


@tagged("post_install", "-at_install")
class TestPointsMissing(VipPointsCommon):
    def _age(self, order, hours=2):
        """Make the ticket one that was last written some hours ago."""
        self.env.flush_all()
        past = fields.Datetime.now() - timedelta(hours=hours)
        self.env.cr.execute(
            "UPDATE pos_order SET write_date = %s, date_order = %s WHERE id = %s",
            [past, past, order.id],
        )
        self.env.invalidate_all()
        return order

    def _missing(self, order):
        self.env.invalidate_all()
        return self._purchase(order).points_missing

    def test_a_ticket_without_movement_is_found_after_an_hour(self):
        order = self._sell(self.member, qty=3)
        self._collect()
        self.assertEqual(self._missing(order), 0)
        self._age(order)
        self._collect(full=False)
        self.assertEqual(self._missing(order), 3)
        found = self.env["vip.purchase"].search([("points_missing", ">", 0)])
        self.assertEqual(found, self._purchase(order))
        self.assertEqual(self.card.points, 10)

    def test_points_that_come_after_all_clear_it(self):
        order = self._age(self._sell(self.member, qty=3))
        self._collect()
        self.assertEqual(self._missing(order), 3)
        self._confirm(order, 3)
        self._collect(full=False)
        self.assertEqual(self._missing(order), 0)
        self.assertEqual(self._purchase(order).points_earned, 3)

    def test_tickets_that_earn_nothing_are_not_listed(self):
        few = self.program.rule_ids
        few.minimum_qty = 2
        orders = [self._sell(self.member), self._sell(self.member, qty=3, refund=True)]
        confirmed = self._sell(self.member, qty=3)
        self._confirm(confirmed, 3)
        for order in (*orders, confirmed):
            self._age(order)
        self._collect()
        for order in (*orders, confirmed):
            self.assertEqual(self._missing(order), 0)
        # Earned as much as spent: Odoo writes no history for nothing.
        few.minimum_qty = 1
        even = self._sell(self.member, qty=5)
        self._add_reward(even, self.card, 4)
        self._confirm(even, 0)
        self._collect(full=False)
        self._age(even)
        self._collect(full=False)
        self.assertEqual(self._missing(even), 0)
        self.assertEqual(self.card.points, 13)

    def test_rewards_that_were_never_taken_off(self):
        order = self._sell(self.member, qty=2)
        self._add_reward(order, self.card, 4)
        self._age(order)
        self._collect()
        self.assertEqual(self._missing(order), 3)

    def test_what_one_error_of_ours_left_is_found(self):
        order = self._age(self._sell(self.member, qty=3))
        with self.assertLogs(LOGGER, "ERROR") as logged:
            self._confirm(order, "nonsense")
        self.assertIn(f"ticket {order.id} are not booked", logged.output[0])
        self.assertEqual(self._kinds(), ["error"])
        self._collect()
        self.assertEqual(self._missing(order), 3)

    def test_points_from_before_enrolment_are_read(self):
        """Older than the collector looks back, on a ticket it never saw."""
        order = self._sell(self.guest, qty=3)
        self._confirm(order, 3, card=self.guest_card)
        self.assertEqual(self.guest_card.points, 13)
        self._collect()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_history SET write_date = write_date - interval '9 days'"
        )
        self._age(order, hours=9 * 24)
        self.guest.sudo().write(
            {
                "phone": "+8613912340055",
                "is_vip_member": True,
                "vip_store_id": self.store.id,
            }
        )
        self.env["vip.standing.due"]._add(self.guest.ids)
        self._collect(full=False)
        purchase = self._purchase(order)
        self.assertEqual(purchase.points_earned, 3)
        self.assertEqual(purchase.points_missing, 0)
