from datetime import timedelta

from odoo.exceptions import ValidationError

from .care_rule_common import CareRuleMixin
from .pos_common import VipPosCommon


class TestCareBuying(CareRuleMixin, VipPosCommon):
    """Who is thanked and asked after tickets of the registers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("purchase", offset_days=7, window_days=4)
        cls.today = cls.store._vip_today()
        cls.category = cls.env["product.category"].create({"name": "Coats"})

    def _bought(self, qty=1, partner=None, **order):
        """Sell and collect; return the purchase."""
        order = self._sell(partner or self.member, qty=qty, **order)
        self._collect()
        return self.env["vip.purchase"].search([("order_id", "=", order.id)])

    def _day(self, days):
        return self.today + timedelta(days=days)

    def test_a_week_after_the_purchase_for_four_days(self):
        purchase = self._bought(qty=3)
        [row] = self._candidates(self.rule, self._day(7))
        self.assertEqual(row["occasion_key"], f"purchase:{purchase.id}")
        self.assertEqual(row["facts"], {"pieces": 3})
        self.assertEqual(row["event_date"], purchase.local_date)
        self._assert_days(
            self.rule,
            self.member,
            [self._day(number).isoformat() for number in range(7, 11)],
        )

    def test_of_several_tickets_of_a_day_the_largest(self):
        self._bought(qty=1)
        largest = self._bought(qty=5)
        self._bought(qty=2)
        key = f"purchase:{largest.id}"
        found = self._met(self.rule, self._day(7))
        self.assertEqual(found, [(self.member.name, key)])
        yesterday = self._bought(qty=1)
        yesterday.sudo().local_date = self._day(-1)
        self.assertEqual(
            {key for _name, key in self._met(self.rule, self._day(7))},
            {key, f"purchase:{yesterday.id}"},
        )

    def test_a_larger_ticket_that_comes_late_makes_no_second_contact(self):
        self._bought(qty=1)
        [row] = self._candidates(self.rule, self._day(7))
        self._plan_task(self.rule, row)
        self._bought(qty=9)
        self.assertFalse(self._candidates(self.rule, self._day(7)))
        self.env["vip.care.task"].sudo().search([]).unlink()
        self.assertEqual(len(self._candidates(self.rule, self._day(7))), 1)

    def test_running_again_finds_the_same(self):
        self._bought()
        [row] = self._candidates(self.rule, self._day(7))
        self._plan_task(self.rule, row)
        self.assertEqual(self._candidates(self.rule, self._day(7)), [row])

    def test_brought_back_is_not_thanked_for(self):
        self._bought(qty=2, refund=True)
        self.assertFalse(self._candidates(self.rule, self._day(7)))

    def test_kept_in_part_is_asked_for_what_was_kept(self):
        order = self._sell(self.member, qty=3)
        refund = order._refund()
        refund.lines.qty = -1
        self._collect()
        # Not paid yet: nothing has come back.
        [row] = self._candidates(self.rule, self._day(7))
        self.assertEqual(row["facts"], {"pieces": 3})
        refund.state = "paid"
        [row] = self._candidates(self.rule, self._day(7))
        self.assertEqual(row["facts"], {"pieces": 2})

    def test_imported_history_is_past(self):
        purchase = self._bought()
        purchase.sudo().order_id = False
        self.assertFalse(self._candidates(self.rule, self._day(7)))

    def test_services_alone_are_no_pieces(self):
        self.product.product_tmpl_id.type = "service"
        self._bought()
        self.assertFalse(self._candidates(self.rule, self._day(7)))

    def test_only_tickets_from_the_threshold_on(self):
        self._bought(qty=2)
        self.rule.threshold = 40
        self.assertTrue(self._candidates(self.rule, self._day(7)))
        self.rule.threshold = 41
        self.assertFalse(self._candidates(self.rule, self._day(7)))

    def _high_value(self, **vals):
        self.product.product_tmpl_id.write(vals | {"categ_id": self.category.id})
        return self._create_rule("high_value", window_days=2)

    def test_pieces_of_a_category_with_days_are_looked_after(self):
        self.category.vip_care_days = "30, 7"
        rule = self._high_value()
        purchase = self._bought(qty=2)
        self._assert_days(
            rule,
            self.member,
            [self._day(number).isoformat() for number in (7, 8, 30, 31)],
        )
        [row] = self._candidates(rule, self._day(30))
        self.assertEqual(row["occasion_key"], f"high_value:{purchase.id}:30")
        self.assertEqual(row["event_date"], purchase.local_date + timedelta(days=30))
        self.assertEqual(
            row["facts"],
            {
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "after": 30,
                "bought": purchase.local_date.isoformat(),
            },
        )

    def test_days_come_from_the_nearest_category_above(self):
        above = self.env["product.category"].create(
            {"name": "Clothes", "vip_care_days": "90"}
        )
        self.category.parent_id = above
        rule = self._high_value()
        self._bought()
        self._assert_days(
            rule, self.member, [self._day(90).isoformat(), self._day(91).isoformat()]
        )
        self.category.vip_care_days = "0"
        self.assertFalse(self._candidates(rule, self._day(90)))

    def test_marked_goods_without_days_have_the_usual_ones(self):
        rule = self._high_value()
        self._bought()
        self.assertFalse(self._candidates(rule, self._day(7)))
        self.product.product_tmpl_id.vip_is_high_value = True
        for number in (7, 30, 180):
            self.assertEqual(len(self._candidates(rule, self._day(number))), 1, number)
        self.assertFalse(self._candidates(rule, self._day(9)))

    def test_a_piece_brought_back_needs_no_care(self):
        rule = self._high_value(vip_is_high_value=True)
        self._bought(refund=True)
        self.assertFalse(self._candidates(rule, self._day(7)))

    def test_days_of_a_category_are_read_and_put_in_order(self):
        for written, kept in (
            ("180,7，30", "7, 30, 180"),
            (" 7 7 ", "7"),
            ("0", "0"),
            ("", ""),
            (False, False),
        ):
            self.category.vip_care_days = written
            self.assertEqual(self.category.vip_care_days, kept)
        for wrong in ("7, x", "-7", "401", "0, 7", "1,2,3,4,5,6,7", "7.5", ",", "٧"):
            with (
                self.subTest(wrong),
                self.assertRaisesRegex(ValidationError, "7, 30, 180"),
            ):
                self.category.vip_care_days = wrong

    def test_both_are_thanked_after_a_first_purchase(self):
        self.other_member.vip_referrer_id = self.member
        self._bought(partner=self.other_member)
        self.env["vip.standing.review"].run()
        thanks = self._create_rule("referral", offset_days=1, window_days=3)
        self.assertEqual(
            self._met(thanks, self._day(1)),
            [(self.member.name, f"referral:{self.other_member.id}")],
        )
        days = [self._day(number).isoformat() for number in range(1, 4)]
        self._assert_days(thanks, self.member, days)
        rule = self._create_rule("referred", offset_days=1, window_days=3)
        self.assertEqual(
            self._met(rule, self._day(1)), [(self.other_member.name, "referred")]
        )
        self._assert_days(rule, self.other_member, days)

    def test_nobody_is_thanked_for_a_friend_who_brought_it_all_back(self):
        self.other_member.vip_referrer_id = self.member
        self._bought(partner=self.other_member, refund=True)
        self.env["vip.standing.review"].run()
        self.assertEqual(self.other_member.vip_first_purchase_date, self.today)
        for trigger in ("referral", "referred"):
            self.assertFalse(self._met(self._create_rule(trigger), self._day(0)))

    def test_a_second_purchase_is_no_first_one(self):
        self.other_member.vip_referrer_id = self.member
        old = self._bought(partner=self.other_member)
        old.sudo().local_date = self._day(-40)
        self._bought(partner=self.other_member)
        self.env["vip.standing.review"].run()
        for trigger in ("referral", "referred"):
            rule = self._create_rule(trigger, window_days=9)
            self.assertFalse(self._met(rule, self._day(0)))
            self.assertTrue(self._met(rule, self._day(-40)))
