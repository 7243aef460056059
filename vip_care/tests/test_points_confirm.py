from unittest.mock import patch

from odoo.tests import tagged

from .points_common import VipPointsCommon

LOGGER = "odoo.addons.vip_care.models.pos_order_confirm"


@tagged("post_install", "-at_install")
class TestPointsConfirm(VipPointsCommon):
    """The program gives one point a piece; the reward costs four."""

    def test_what_the_ticket_earns_is_booked(self):
        order = self._sell(self.member, qty=3)
        result = self._confirm(order, 3)
        self.assertEqual(self.card.points, 13)
        self.assertEqual(result["coupon_updates"][0]["points"], 13)
        history = self.card.history_ids
        self.assertEqual((history.issued, history.order_id), (3, order.id))
        self.assertFalse(self._listed())

    def test_what_the_till_asks_beyond_is_clipped_and_listed(self):
        order = self._sell(self.member, qty=3)
        result = self._confirm(order, 999999)
        self.assertEqual(self.card.points, 13)
        self.assertEqual(result["coupon_updates"][0]["points"], 13)
        self.assertRecordValues(
            self._listed(),
            [
                {
                    "kind": "clipped",
                    "partner_id": self.member.id,
                    "card_id": self.card.id,
                    "order_id": order.id,
                    "user_id": self.users["cashier"].id,
                    "old": 10,
                    "new": 13,
                    "refused": 999996,
                }
            ],
        )

    def test_the_same_ticket_twice_changes_nothing(self):
        order = self._sell(self.member, qty=3)
        for points in (3, 3, 999):
            self._confirm(order, points)
        self.assertEqual(self.card.points, 13)
        self.assertEqual(len(self.card.history_ids), 1)
        self.assertFalse(self._listed())

    def test_a_till_that_knows_no_card_books_on_hers(self):
        order = self._sell(self.member, qty=3)
        self._confirm(order, 3, card=False)
        self.assertEqual(self.card.points, 13)
        new = self._sell(self.other_member, qty=2)
        self._confirm(new, 2, card=False)
        card = self.program.coupon_ids.filtered(
            lambda c: c.partner_id == self.other_member
        )
        self.assertEqual(card.points, 2)
        self.assertFalse(self._listed())

    def test_what_is_not_paid_earns_nothing(self):
        draft = self._sell(self.member, qty=3, paid=False)
        called_paid = self._sell(self.member, qty=3, paid=False)
        called_paid.state = "paid"
        cancelled = self._sell(self.member, qty=3, paid=False)
        cancelled.action_pos_order_cancel()
        for order in (draft, called_paid, cancelled):
            self._confirm(order, 3)
        self.assertEqual(self.card.points, 10)
        self.assertFalse(self.card.history_ids)
        self.assertEqual(self._kinds(), ["unpaid"] * 3)

    def test_lines_worth_more_than_the_ticket_earn_nothing(self):
        order = self._sell(self.member)
        self.env.cr.execute(
            "UPDATE pos_order_line SET qty = 1000 WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        self._confirm(order, 1000)
        self.assertEqual(self.card.points, 10)
        self.assertEqual(self._kinds(), ["unpaid"])

    def test_totals_written_by_the_client_count_for_nothing(self):
        self.program.rule_ids.reward_point_mode = "money"
        order = self._sell(self.member)
        order.lines.write({"price_subtotal_incl": 5000, "price_subtotal": 5000})
        self._confirm(order, 5000)
        self.assertEqual(self.card.points, 30)
        self.assertEqual(self._kinds(), ["clipped"])

    def test_somebody_elses_card_is_not_touched(self):
        other = self._create_card(self.other_member, 5)
        order = self._sell(self.member, qty=3)
        for partner in (self.other_member, self.member):
            self._confirm(order, 3, card=other, partner_id=partner.id)
        self.assertEqual((other.points, self.card.points), (5, 10))
        nobody = self._sell(self.env["res.partner"], qty=3)
        self._confirm(nobody, 3)
        self.assertEqual(self.card.points, 10)
        self.assertEqual(set(self._kinds()), {"foreign", "system"})

    def test_a_card_is_of_its_own_program_whatever_the_till_says(self):
        rich = self.program.copy({"name": "Rich"})
        rich.rule_ids.reward_point_amount = 1000
        order = self._sell(self.member)
        self._confirm(order, 1000, program_id=rich.id)
        self.assertEqual(self.card.points, 11)
        self.assertEqual(self._kinds(), ["clipped"])

    def test_many_entries_share_what_the_ticket_earns(self):
        second = self._create_card(self.member, 0)
        order = self._sell(self.member, qty=3)
        entry = {"points": 3, "program_id": self.program.id}
        self._as("cashier", order).confirm_coupon_programs(
            {str(card.id): entry for card in self.card + second}
        )
        self.assertEqual(self.card.points + second.points, 13)

    def test_nonsense_harms_nobody(self):
        order = self._sell(self.member, qty=3)
        with self.assertLogs(LOGGER, "ERROR") as logged:
            for points in ("NaN", float("nan"), float("inf"), "x", [], {}):
                self._confirm(order, points)
            self._as("cashier", order).confirm_coupon_programs({"x": {}})
            self._as("cashier", order).confirm_coupon_programs({"5": None})
        self.assertEqual(len(logged.records), 6)
        self._confirm(order, 3, program_id=[], line_codes="x", code={"a": 1})
        self.assertEqual(self.card.points, 13)
        # "x" and None; NaN twice, infinity; an empty list or dict asks for nothing.
        self.assertEqual(self._kinds(), ["error"] * 6)

    def test_an_error_of_ours_stops_no_sale(self):
        order = self._sell(self.member, qty=3)
        broken = patch.object(
            self.env.registry["pos.order"],
            "_vip_check_coupon_data",
            side_effect=KeyError("x"),
        )
        with broken, self.assertLogs(LOGGER):
            result = self._confirm(order, 3)
        self.assertEqual(result["coupon_updates"], [])
        self.assertEqual(self.card.points, 10)
        self.assertEqual(self._kinds(), ["error"])
        unlisted = patch.object(
            self.env.registry["vip.points.change"],
            "_note",
            side_effect=ValueError("x"),
        )
        with unlisted, self.assertLogs(LOGGER):
            self._confirm(order, 999)
        self.assertEqual(self.card.points, 13)
