from odoo.tests import tagged

from .points_common import VipPointsCommon


@tagged("post_install", "-at_install")
class TestPointsRewards(VipPointsCommon):
    """What rewards cost is taken, whatever the till says about it."""

    @classmethod
    def _create_program(cls, kind, rule, reward, **vals):
        return (
            cls.env["loyalty.program"]
            .sudo()
            .create(
                {
                    "name": kind,
                    "program_type": kind,
                    "applies_on": "current",
                    "trigger": "auto",
                    "rule_ids": [(0, 0, vals_) for vals_ in rule],
                    "reward_ids": [(0, 0, reward)],
                }
                | vals
            )
        )

    @classmethod
    def _create_wallet(cls, kind="ewallet", product=None, **vals):
        rule = {
            "reward_point_mode": "money",
            "reward_point_amount": 1,
            "product_ids": [(6, 0, (product or cls.product).ids)],
            "reward_point_split": kind == "gift_card",
        }
        reward = {
            "reward_type": "discount",
            "discount_mode": "per_point",
            "discount": 1,
            "discount_applicability": "order",
            "required_points": 1,
        }
        return cls._create_program(kind, [rule], reward, applies_on="future", **vals)

    def test_a_reward_takes_its_points(self):
        order = self._sell(self.member, qty=2)
        self._add_reward(order, self.card, 4)
        # Two pieces, one of them free and so without a point, less the reward's four.
        self._confirm(order, -3, line_codes=["abc"])
        self.assertEqual(self.card.points, 7)
        self.assertEqual(self.card.history_ids.used, 3)
        self.assertFalse(self._listed())

    def test_a_reward_is_not_to_be_had_for_less(self):
        for cost in (0, 1, -999):
            with self.subTest(cost=cost):
                card = self._create_card(self.member, 10)
                order = self._sell(self.member, qty=2)
                self._add_reward(order, card, cost)
                self._confirm(order, 1 - cost, card=card)
                self.assertEqual(card.points, 7)
                self.assertEqual(self._kinds()[-1], "clipped")

    def test_points_do_not_vanish_without_a_reward(self):
        order = self._sell(self.member, qty=2)
        self._confirm(order, -9)
        self.assertEqual(self.card.points, 10)
        self.assertEqual(self._listed().refused, -9)

    def test_a_reward_the_till_kept_to_itself(self):
        order = self._sell(self.member, qty=2)
        self._add_reward(order, self.card, 4)
        self._as("cashier", order).confirm_coupon_programs({})
        self.assertEqual(self.card.points, 6)
        self.assertEqual(self._kinds(), ["unreported"])
        self.assertEqual((self._listed().old, self._listed().new), (10, 6))
        self._as("cashier", order).confirm_coupon_programs({})
        self.assertEqual(self.card.points, 6)

    def test_a_card_emptied_at_another_till_is_listed(self):
        self.card.points = 1
        order = self._sell(self.member, qty=2)
        self._add_reward(order, self.card, 4)
        self._confirm(order, -3)
        self.assertEqual(self.card.points, -2)
        self.assertEqual(self._kinds(), ["system", "overdrawn"])

    def test_goods_brought_back_may_take_their_points_and_no_more(self):
        for asked, taken in ((-3, -3), (-9, -3), (0, 0), (5, 0)):
            with self.subTest(asked=asked):
                card = self._create_card(self.member, 10)
                refund = self._sell(self.member, qty=3, refund=True)
                self._confirm(refund, asked, card=card)
                self.assertEqual(card.points, 10 + taken)

    def test_a_wallet_is_filled_by_what_was_paid(self):
        wallet = self._create_wallet()
        order = self._sell(self.member, qty=2)
        self._confirm(order, 500, card=False, program_id=wallet.id)
        card = wallet.coupon_ids
        self.assertEqual((card.points, card.partner_id), (40, self.member))
        self.assertEqual(self._kinds(), ["clipped"])

    def test_one_line_fills_one_wallet(self):
        first, second = self._create_wallet(), self._create_wallet()
        order = self._sell(self.member, qty=2)
        entry = {"points": 40}
        self._as("cashier", order).confirm_coupon_programs(
            {
                "-1": entry | {"program_id": first.id},
                "-2": entry | {"program_id": second.id},
            }
        )
        cards = first.coupon_ids + second.coupon_ids
        self.assertEqual(sum(cards.mapped("points")), 40)
        other = self._sell(self.member, qty=1)
        for program in first + second:
            self._as("cashier", other).confirm_coupon_programs(
                {"-1": {"points": 20, "program_id": program.id}}
            )
        self.assertEqual(sum(cards.mapped("points")), 60)

    def test_paying_from_a_wallet_takes_what_was_paid(self):
        top_up = self.ten_dollars_no_tax.product_variant_id
        wallet = self._create_wallet(product=top_up)
        card = self._create_card(self.member, 100, wallet)
        order = self._sell(self.member, qty=2)
        self._add_reward(
            order, card, 1, wallet.reward_ids, price_unit=-30, price_subtotal_incl=-30
        )
        self._confirm(order, -1, card=card)
        self.assertEqual(card.points, 70)
        self.assertEqual(self._kinds()[-1], "clipped")

    def test_gift_cards_are_worth_what_was_paid(self):
        order = self._sell(self.member, qty=2)
        gifts = self._create_wallet("gift_card")
        entry = {"program_id": gifts.id, "coupon_id": -1, "partner_id": self.guest.id}
        self._as("cashier", order).confirm_coupon_programs(
            {
                "-1": entry | {"points": 20, "code": "G1"},
                "-2": entry | {"points": 900, "barcode": "G2"},
                "-3": entry | {"points": 20, "code": "G3"},
            }
        )
        self.assertEqual(
            {card.code: card.points for card in gifts.coupon_ids},
            {"G1": 20, "G2": 20},
        )
        self.assertEqual(gifts.coupon_ids.partner_id, self.member)
        self.assertEqual(self._kinds(), ["clipped", "clipped"])

    def test_a_gift_cards_number_opens_no_other_card(self):
        order = self._sell(self.member)
        gifts = self._create_wallet("gift_card")
        self._as("cashier", order).confirm_coupon_programs(
            {"-1": {"points": 20, "program_id": gifts.id, "code": self.card.code}}
        )
        self.assertEqual(self.card.points, 10)
        self.assertEqual(self._kinds(), ["foreign"])

    def test_a_coupon_for_the_next_order(self):
        program = self._create_program(
            "next_order_coupons",
            [{"minimum_amount": 30, "minimum_qty": 0}],
            {"discount": 10},
            applies_on="future",
        )
        for qty, count in ((1, 0), (2, 1)):
            order = self._sell(self.member, qty=qty)
            self._as("cashier", order).confirm_coupon_programs(
                {
                    str(key): {"points": 1, "program_id": program.id}
                    for key in (-1, -2, -3)
                }
            )
            self.assertEqual(len(program.coupon_ids), count)
        self.assertEqual(program.coupon_ids.points, 1)

    def test_a_coupon_is_used_once_and_earns_nothing(self):
        program = self._create_program(
            "coupons", [{"minimum_qty": 0}], {"discount": 10}, trigger="with_code"
        )
        coupon = self._create_card(self.env["res.partner"], 1, program)
        order = self._sell(self.member)
        self._add_reward(order, coupon, 1, program.reward_ids)
        self._confirm(order, 0, card=coupon, line_codes=["abc"])
        self.assertEqual(coupon.points, 0)
        self.assertEqual(self._kinds()[-1], "clipped")

    def test_programs_out_of_reach_give_nothing(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        for vals in (
            {"pos_ok": False},
            {"date_to": "2020-01-01"},
            {"date_from": "2099-01-01"},
            {"active": False},
            {"pos_config_ids": [(6, 0, self.pos_config_eur.ids)]},
        ):
            with self.subTest(vals=vals):
                program = self.program.copy({"name": "Copy"})
                program.write(vals)
                order = self._sell(self.member, qty=2)
                self._confirm(order, 2, card=False, program_id=program.id)
                self.assertFalse(any(program.coupon_ids.mapped("points")))
                self.assertEqual(self._kinds()[-1], "clipped")

    def test_a_manager_outside_the_chain_may_go_beyond_for_guests(self):
        order = self._sell(self.guest, paid=False)
        self._confirm(order, 50, card=self.guest_card, user="odoo_manager")
        self.assertEqual(self.guest_card.points, 60)
        self._confirm(self._sell(self.member), 50, user="odoo_manager")
        self.assertEqual(self.card.points, 11)
        self.assertEqual(self._kinds(), ["beyond", "clipped"])
