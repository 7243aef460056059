from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import api
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..tools.points_reason import CONTEXT_KEY, TICKET
from .till_tour_common import TillTourCommon

# Each of our calls from the till's screens, and what loads members for it.
BROKEN = (
    "vip_till_member",
    "vip_till_answer",
    "vip_till_lookup",
    "vip_till_enrol",
    "vip_till_customers",
    "vip_till_members",
    "_vip_masked_rows",
)


@api.model
def broken(*args, **kwargs):
    raise ValueError("broken on purpose")


class TillCareCommon(TillTourCommon):
    """A store with points, a tier with prices of its own and two associates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store = cls.config.vip_store_id
        cls.store.name = "Gate North"
        cls.mei_user = new_test_user(
            cls.env, "vip_tour_mei", "base.group_user,vip_care.group_associate"
        )
        cls.owner.user_id = cls.mei_user
        cls.hong = cls.env["hr.employee"].create(
            {"name": "Hong", "vip_store_id": cls.store.id, "pin": "2580"}
        )
        cls._make_points()
        cls._make_prices()
        today = cls.store._vip_today()
        cls.wang.write(
            {
                "vip_salutation": "王姐",
                "vip_birthday": today + relativedelta(year=1992),
                "vip_size_top": "M",
                "vip_dress_taste": "Linen, no prints",
                "vip_family": "Two daughters",
            }
        )
        # So that what is asked today is her preferred channel: one tap.
        asked = cls.env["vip.profile.field"].search([("key", "=", "channel")])
        asked.weight = 99

    @classmethod
    def _make_points(cls):
        programs = cls.env["loyalty.program"]
        programs.search([]).active = False
        cls.program = programs.create(
            {
                "name": "Points",
                "program_type": "loyalty",
                "trigger": "auto",
                "applies_on": "both",
                "portal_visible": True,
                "portal_point_name": "Points",
                "pos_ok": True,
                "rule_ids": [
                    (0, 0, {"reward_point_mode": "money", "reward_point_amount": 10})
                ],
                "reward_ids": [
                    (
                        0,
                        0,
                        {
                            "reward_type": "discount",
                            "discount": 1,
                            "discount_mode": "per_order",
                            "required_points": 50,
                        },
                    )
                ],
            }
        )
        cards = cls.env["loyalty.card"].with_context(**{CONTEXT_KEY: TICKET})
        cls.card = cards.create(
            {
                "program_id": cls.program.id,
                "partner_id": cls.wang.id,
                "points": 120,
            }
        ).with_env(cls.env)

    @classmethod
    def _make_prices(cls):
        feature = cls.env.ref("product.group_product_pricelist")
        cls.env.ref("base.group_user").implied_ids += feature
        lists = cls.env["product.pricelist"]
        cls.gold_list = lists.create(
            {
                "name": "Gold prices",
                "company_id": cls.config.company_id.id,
                "currency_id": cls.config.currency_id.id,
                "item_ids": [
                    (0, 0, {"compute_price": "percentage", "percent_price": 50})
                ],
            }
        )
        cls.config.write(
            {
                "use_pricelist": True,
                "available_pricelist_ids": [(4, cls.config.pricelist_id.id)],
            }
        )
        cls.wang.vip_tier_id.pricelist_id = cls.gold_list
        # Odoo's own tests give everybody a list by default, which no shop may have.
        name = "specific_property_product_pricelist"
        cls.env["ir.default"].search([("field_id.name", "=", name)]).unlink()
        cls.env.registry.clear_cache()

    def _collect(self):
        self.env["vip.purchase"]._collect()
        self.env.invalidate_all()

    def _purchase(self, order):
        return self.env["vip.purchase"].search([("order_id", "=", order.id)])


@tagged("post_install", "-at_install", "is_tour")
class TestTillCareTours(TillCareCommon):
    """What a till knows of a member, and what the ticket carries afterwards."""

    def test_she_is_known_served_and_asked_for_again(self):
        order = self._tour("vip_care.till_knows_her")
        self.assertEqual(order.state, "paid")
        self.assertEqual(order.partner_id, self.wang)
        self.assertEqual(order.pricelist_id, self.gold_list)
        self.assertEqual(order.vip_adviser_id, self.hong)
        self.assertEqual(self.wang.vip_preferred_channel, "call")
        self.assertEqual(self.wang.vip_owner_id, self.owner)
        self._collect()
        purchase = self._purchase(order)
        self.assertEqual(purchase.receiver_id, self.hong)
        self.assertEqual(purchase.owner_id, self.owner)
        self.assertGreater(purchase.points_earned, 0)
        self.assertEqual(self.card.points, 120 + purchase.points_earned)
        messages = self.env["mail.message"].sudo()  # it is Mei's
        told = messages.search(
            [("notified_partner_ids", "in", self.mei_user.partner_id.ids)]
        )
        self.assertIn("王芳", "".join(told.mapped("body")))
        self.assertIn("Hong", "".join(told.mapped("body")))

    def test_a_newcomer_is_enrolled_and_buys(self):
        order = self._tour("vip_care.till_enrols")
        self._check_newcomer(order, self.hong)

    def _check_newcomer(self, order, owner):
        member = self.env["res.partner"].search([("name", "=", "周琳")])
        self.assertEqual(len(member), 1)
        self.assertTrue(member.is_vip_member)
        self.assertEqual(member.vip_phone_key, "+8613800138000")
        self.assertEqual(member.vip_owner_id, owner)
        self.assertEqual(member.vip_store_id, self.store)
        self.assertEqual(member.vip_referrer_id, self.wang)
        self.assertEqual(order.partner_id, member)
        self.assertEqual(order.state, "paid")
        self.assertEqual(member._vip_has_consent("care"), member)
        self.assertFalse(member._vip_has_consent("marketing"))
        self.assertEqual(len(member.vip_consent_ids), 2)  # service and care, once

    def test_offline_the_till_sells_keeps_and_sends_once(self):
        orders = self._tour("vip_care.till_goes_on_offline")
        sold, newcomers = orders
        self.assertEqual(sold.partner_id, self.wang)
        self.assertEqual(set(orders.mapped("state")), {"paid"})
        self.assertFalse(sold.lines.filtered("is_reward_line"))
        self._check_newcomer(newcomers, self.hong)
        self._collect()
        self.assertEqual(self._purchase(newcomers).partner_id.name, "周琳")

    def test_a_second_till_of_the_store_with_pins(self):
        second = self.config.copy({"name": "Second till", "module_pos_hr": True})
        self.assertEqual(second.vip_store_id, self.store)
        second.available_pricelist_ids = self.config.available_pricelist_ids
        order = self._tour("vip_care.till_second_with_pins", config=second)
        self.assertEqual(order.employee_id, self.hong)
        self.assertEqual(order.partner_id, self.wang)
        self._collect()
        self.assertEqual(self._purchase(order).receiver_id, self.hong)

    def test_whatever_breaks_the_sale_goes_on(self):
        self.config.with_user(self.till).open_ui()
        draft = self._draft(self.wang, 50)
        for name in BROKEN:
            self.startPatcher(patch.object(self.registry["res.partner"], name, broken))
        with mute_logger("odoo.http", "odoo.addons.vip_care.models.fence"):
            orders = self._tour("vip_care.till_sells_whatever_breaks")
        self.assertEqual(draft.state, "paid")
        self.assertEqual(draft.partner_id, self.wang)
        self.assertEqual(set(orders.mapped("state")), {"paid"})
        self.assertEqual(len(orders), 2)


@tagged("post_install", "-at_install", "is_tour")
class TestTillCareToursPhone(TillCareCommon):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        order = self._tour("vip_care.till_on_a_phone")
        self.assertEqual(order.state, "paid")
        self.assertEqual(order.partner_id, self.wang)
        self.assertEqual(self.wang.vip_preferred_channel, "call")
