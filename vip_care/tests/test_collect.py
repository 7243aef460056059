from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .pos_common import VipPosCommon


@tagged("post_install", "-at_install")
class TestCollect(VipPosCommon):
    def test_a_paid_ticket_is_counted_once(self):
        order = self._sell(self.member, qty=2)
        self.assertEqual(self._collect(), self.member)
        purchase = self._purchase(order)
        self.assertRecordValues(
            purchase,
            [
                {
                    "partner_id": self.member.id,
                    "store_id": self.store.id,
                    "amount": 40,
                    "margin": 24,
                    "units": 2,
                    "is_refund": False,
                    "owner_id": self.owner.id,
                    "receiver_id": self.receiver.id,
                    "import_ref": order.pos_reference,
                }
            ],
        )
        self.assertFalse(self._collect())
        self.assertEqual(self._purchase(order), purchase)

    def test_only_paid_tickets_of_members_count(self):
        guest = self.env["res.partner"].create({"name": "Guest"})
        orders = [
            self._sell(self.member, paid=False),
            self._sell(guest),
            self._sell(self.env["res.partner"]),
        ]
        cancelled = self._sell(self.member, paid=False)
        cancelled.action_pos_order_cancel()
        self._collect()
        for order in [*orders, cancelled]:
            self.assertFalse(self._purchase(order))

    def test_refund_is_negative_and_leaves_no_margin(self):
        refund = self._sell(self.member, qty=3, refund=True)
        self._collect()
        purchase = self._purchase(refund)
        self.assertEqual(purchase.amount, -60)
        self.assertEqual(purchase.units, -3)
        self.assertTrue(purchase.is_refund)
        both = self.env["vip.purchase"].search([("partner_id", "=", self.member.id)])
        self.assertEqual(sum(both.mapped("amount")), 0)
        self.assertEqual(sum(both.mapped("margin")), 0)

    def test_closing_the_session_changes_nothing(self):
        order = self._sell(self.member)
        self._collect()
        self.pos_config_usd.current_session_id.action_pos_session_closing_control()
        self.assertEqual(order.state, "done")
        self._collect()
        self.assertEqual(len(self._purchase(order)), 1)
        late = self._sell(self.member)
        self.pos_config_usd.current_session_id.action_pos_session_closing_control()
        self._collect()
        self.assertEqual(self._purchase(late).amount, 20)

    def test_late_ticket_keeps_its_time(self):
        sold = fields.Datetime.now() - timedelta(days=3)
        order = self._sell(self.member, date_order=sold)
        self._collect(full=False)
        self.assertEqual(self._purchase(order).date, sold)

    def test_clock_ahead_is_brought_back_to_now(self):
        order = self._sell(
            self.member, date_order=fields.Datetime.now() + timedelta(days=40)
        )
        self._collect()
        self.assertLessEqual(self._purchase(order).date, fields.Datetime.now())

    def test_the_day_is_the_stores(self):
        for utc, day in [
            (datetime(2026, 3, 1, 15, 59, 59), "2026-03-01"),
            (datetime(2026, 3, 1, 16, 0, 0), "2026-03-02"),
        ]:
            order = self._sell(self.member, date_order=utc)
            self._collect()
            self.assertEqual(str(self._purchase(order).local_date), day)

    def test_another_currency_counts_at_the_tickets_rate(self):
        order = self._sell(self.member, config=self.pos_config_eur)
        order.currency_rate = 0.8
        self._collect()
        self.assertEqual(
            self._purchase(order).amount, round(order.amount_total / 0.8, 2)
        )

    def test_reassigned_ticket_follows(self):
        order = self._sell(self.member)
        self._collect()
        order.partner_id = self.other_member
        self.env.flush_all()
        self.assertEqual(self._collect(full=False), self.member + self.other_member)
        self.assertEqual(self._purchase(order).partner_id, self.other_member)
        order.partner_id = self.env["res.partner"].create({"name": "Guest"})
        self.assertEqual(self._collect(full=False), self.other_member)
        self.assertFalse(self._purchase(order))

    def test_tickets_before_enrolment_count_from_then_on(self):
        guest = self.env["res.partner"].create(
            {
                "name": "Guest",
                "phone": "13912349999",
                "country_id": self.env.ref("base.cn").id,
            }
        )
        order = self._sell(guest)
        self._collect(full=False)
        member = self.env["res.partner"].vip_enrol({"phone": "139 1234 9999"})
        self.assertEqual(member, guest)
        long_after = fields.Datetime.now() + timedelta(days=30)
        with patch.object(
            self.env.registry["vip.job.run"], "_last_watermark", lambda run: long_after
        ):
            self._collect(full=False)
        self.assertEqual(self._purchase(order).partner_id, guest)

    def test_owner_and_tier_are_those_at_the_sale(self):
        tier = self.member.vip_tier_id
        sold = fields.Datetime.now() - timedelta(hours=2)
        order = self._sell(self.member, date_order=sold)
        self.env["vip.standing.change"].search([]).flush_recordset()
        self.env.cr.execute(
            "UPDATE vip_standing_change SET date = date - interval '1 day'"
        )
        self.env.cr.execute(
            "UPDATE vip_ownership_change SET date = date - interval '1 day'"
        )
        self.env.invalidate_all()
        self.member.sudo()._vip_decided("rebalance").vip_owner_id = self.receiver
        gold = self.company._vip_tiers()[1]
        self.member.sudo().vip_tier_id = gold
        self.member._vip_log_tier(tier, "manual")
        self._collect()
        self.assertEqual(self._purchase(order).owner_id, self.owner)
        self.assertEqual(self._purchase(order).tier_id, tier)
        now = self._sell(self.member)
        self._collect()
        self.assertEqual(self._purchase(now).owner_id, self.receiver)
        self.assertEqual(self._purchase(now).tier_id, gold)

    def test_points_that_arrive_after_the_ticket(self):
        order = self._sell(self.member, qty=2)
        self._collect()
        self.assertEqual(self._purchase(order).points_earned, 0)
        self._add_history(order, issued=2)
        self._collect(full=False)
        self.assertEqual(self._purchase(order).points_earned, 2)
        self.assertEqual(self._purchase(order).points_spent, 0)

    def test_points_spent_are_added_back_to_the_net(self):
        order = self._sell(self.member, qty=3)
        history = self._add_history(order, used=1)
        order.lines[0].write(
            {
                "is_reward_line": True,
                "coupon_id": history.card_id.id,
                "points_cost": 4,
            }
        )
        self._collect()
        self.assertEqual(self._purchase(order).points_earned, 3)
        self.assertEqual(self._purchase(order).points_spent, 4)
        self.assertEqual(order.vip_points_earned, 3)
        self.assertEqual(order.vip_points_spent, 4)

    def test_balance_is_the_sum_over_her_cards(self):
        program = self.four_20_dollars_one_free_program
        self.env["loyalty.card"].sudo().create(
            [
                {
                    "program_id": program.id,
                    "partner_id": self.member.id,
                    "points": points,
                }
                for points in (30, 12)
            ]
        )
        self.assertEqual(self.member.vip_points_balance, 42)
        self.assertTrue(self.member.vip_points_as_of)

    def test_season_and_usual_size(self):
        season = self.env["vip.season"].create(
            {"name": "Now", "date_from": "2026-01-01", "date_to": "2099-12-31"}
        )
        size = self.env["product.attribute"].create(
            {"name": "Size", "vip_is_size": True}
        )
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": size.id} for name in ("S", "M")]
        )
        category = self.env["product.category"].create(
            {"name": "Coats", "vip_size_kind": "top"}
        )
        coat = self.env["product.template"].create(
            {
                "name": "Coat",
                "list_price": 20,
                "available_in_pos": True,
                "taxes_id": False,
                "categ_id": category.id,
                "vip_season_id": season.id,
                "attribute_line_ids": [
                    (
                        0,
                        0,
                        {
                            "attribute_id": size.id,
                            "value_ids": [(6, 0, values.ids)],
                        },
                    )
                ],
            }
        )
        small, medium = coat.product_variant_ids
        orders = []
        for product, qty in [(small, 1), (medium, 2)]:
            with patch.object(type(self), "product", product):
                orders.append(self._sell(self.member, qty=qty))
        self._collect()
        self.assertEqual(self.member.vip_usual_size_top, "M")
        self.assertEqual(self._purchase(orders[1]).in_season_units, 2)
        self.assertEqual(self._purchase(orders[1]).season_id, season)

    def test_the_till_does_not_load_our_fields(self):
        order = self._sell(self.member)
        [data] = self.env["pos.order"]._load_pos_data_read(order, self.pos_config_usd)
        self.assertIn("amount_total", data)
        self.assertFalse([name for name in data if name.startswith("vip_")])

    def test_sale_writes_nothing_of_ours(self):
        before = self.env["vip.standing.due"].search_count([])
        self._sell(self.member)
        self.assertFalse(
            self.env["vip.purchase"].search([("partner_id", "=", self.member.id)])
        )
        self.assertEqual(self.env["vip.standing.due"].search_count([]), before)
