from odoo.tests import TransactionCase, tagged

from odoo.addons.vip_care.demo.organisation import ROLES, STAFF, STORES
from odoo.addons.vip_care.demo.people import MEMBERS
from odoo.addons.vip_care.models.res_partner_standing import (
    LAYERS,
    LIFECYCLES,
    VALUE_CLASSES,
)


@tagged("post_install", "-at_install")
class TestDemoChain(TransactionCase):
    """The chain is made in one transaction: a test may not commit, nor may it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vip.demo"]._create_chain()
        cls.stores = cls.env["vip.store"].union(
            *(cls.env.ref(f"vip_care.demo_store_{key}") for key in STORES)
        )
        cls.registers = cls.stores.pos_config_ids
        cls.members = cls.env["res.partner"].search(
            [("is_vip_member", "=", True), ("vip_store_id", "in", cls.stores.ids)]
        )
        cls.purchases = cls.members.vip_purchase_ids
        cls.orders = cls.env["pos.order"].search(
            [("config_id", "in", cls.registers.ids)]
        )

    def test_the_chain_is_as_large_as_announced(self):
        self.assertEqual(len(self.stores.region_id), 2)
        self.assertEqual(len(self.stores), 4)
        associates = [login for login, row in STAFF.items() if row[1] == "associate"]
        self.assertEqual(len(associates), 12)
        self.assertEqual(len(self.members), sum(MEMBERS.values()))
        for key, count in MEMBERS.items():
            store = self.env.ref(f"vip_care.demo_store_{key}")
            self.assertEqual(store.member_count, count)
            self.assertIn(len(store.pos_config_ids), (1, 2))
            self.assertEqual(len(store.manager_ids), 1)
        self.assertTrue(120 <= len(self.orders) <= 220, len(self.orders))
        days = self.purchases.mapped("local_date")
        self.assertGreater((max(days) - min(days)).days, 600)

    def test_every_standing_is_there(self):
        for name, choices in (
            ("vip_lifecycle", LIFECYCLES),
            ("vip_value_class", VALUE_CLASSES),
            ("vip_layer", LAYERS),
        ):
            for value, _label in choices:
                found = self.members.filtered_domain([(name, "=", value)])
                self.assertGreater(len(found), 10, value)
        tiers = self.members.vip_company_id._vip_tiers()
        self.assertEqual(self.members.vip_tier_id, tiers)
        self.assertTrue(all(member.vip_tier_id for member in self.members))
        self.assertEqual(len(self.members.filtered("vip_tier_is_manual")), 3)

    def test_standing_has_a_history(self):
        changes = self.members.vip_standing_change_ids
        reasons = set(changes.filtered(lambda c: c.kind == "tier").mapped("reason"))
        self.assertEqual(reasons, {"earned", "renewed", "lapsed", "manual"})
        months = {change.date.strftime("%Y-%m") for change in changes}
        self.assertGreater(len(months), 20)
        self.assertFalse(
            self.purchases.filtered(lambda purchase: not purchase.tier_id),
            "Every ticket shows the tier she had then.",
        )

    def test_reviewing_again_changes_nothing(self):
        before = self.members.read(["vip_tier_id", "vip_lifecycle", "vip_layer"])
        review = self.env["vip.standing.review"].with_context(vip_no_commit=True)
        review.run(self.members.ids)
        self.assertEqual(
            before, self.members.read(["vip_tier_id", "vip_lifecycle", "vip_layer"])
        )

    def test_every_login_opens_its_role(self):
        groups = self.env["res.groups"].union(
            *(self.env.ref(role[0]) for role in ROLES.values())
        )
        for login, (name, role, place) in STAFF.items():
            with self.subTest(login=login):
                user = self.env["res.users"].search([("login", "=", login)])
                user.with_user(user)._check_credentials(
                    {"type": "password", "login": login, "password": login},
                    {"interactive": True},
                )
                self.assertEqual(user.group_ids & groups, self.env.ref(ROLES[role][0]))
                self.assertEqual(user.employee_id.name, name)
                if place in STORES:
                    store = self.env.ref(f"vip_care.demo_store_{place}")
                    self.assertEqual(user.employee_id.vip_store_id, store)

    def test_phone_numbers_are_valid_and_nobody_elses(self):
        keys = self.members.mapped("vip_phone_key")
        self.assertEqual(len(set(keys)), len(self.members))
        for key in keys:
            self.assertRegex(key, r"^\+861[3-9]\d0000\d{4}$")

    def test_profiles_reach_from_nothing_to_everything(self):
        scores = self.members.mapped("vip_profile_score")
        self.assertLessEqual(min(scores), 45)
        self.assertEqual(max(scores), 100)
        self.assertFalse(self.members.filtered(lambda m: not m.vip_owner_id))
        for name in ("vip_referrer_id", "vip_relation_ids", "vip_special_day_ids"):
            self.assertGreater(len(self.members.filtered(name)), 20, name)

    def test_purchases_are_the_paid_orders(self):
        member_orders = self.orders.filtered("partner_id")
        collected = self.purchases.filtered("order_id")
        self.assertEqual(collected.order_id, member_orders)
        self.assertAlmostEqual(
            sum(collected.mapped("amount")),
            sum(member_orders.mapped("amount_total")),
            places=2,
        )
        self.assertTrue(collected.filtered("is_refund"))

    def test_points_are_what_the_cards_hold(self):
        program = self.env.ref("vip_care.demo_program_points")
        cards = program.coupon_ids
        for card in cards:
            moved = sum(line.issued - line.used for line in card.history_ids)
            self.assertAlmostEqual(card.points, moved, places=2)
            self.assertGreaterEqual(card.points, 0)
        self.assertEqual(len(cards), len(cards.partner_id))
        moved = sum(p.points_earned - p.points_spent for p in self.purchases)
        self.assertAlmostEqual(
            sum(self.members.mapped("vip_points_balance")), moved, places=2
        )
        self.assertTrue(
            self.purchases.filtered(lambda p: p.order_id and p.points_spent)
        )

    def test_closed_sessions_are_booked_and_the_last_are_open(self):
        for register in self.registers:
            sessions = register.session_ids
            self.assertEqual(len(sessions.filtered(lambda s: s.state == "opened")), 1)
            for session in sessions.filtered(lambda s: s.state == "closed"):
                if session.order_ids:
                    self.assertEqual(session.move_id.state, "posted")

    def test_the_chain_is_made_once(self):
        count = len(self.orders)
        self.env["vip.demo"]._create_chain()
        self.assertEqual(
            self.env["pos.order"].search_count(
                [("config_id", "in", self.registers.ids)]
            ),
            count,
        )
