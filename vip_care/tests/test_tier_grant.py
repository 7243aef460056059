from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import VipCareCommon

FUTURE = date(2099, 12, 31)


@tagged("post_install", "-at_install")
class TestTierGrant(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "manager_grant", groups="vip_care.group_store_manager"
        )
        cls.store.manager_ids += cls.manager
        cls.clerk = new_test_user(
            cls.env, "clerk_grant", groups="vip_care.group_associate"
        )
        cls.member = cls._create_member()

    def _wizard(self, members, **values):
        wizard = (
            self.env["vip.tier.grant"]
            .with_user(self.manager)
            .with_context(active_model="res.partner", active_ids=members.ids)
        )
        return wizard.create(
            {"tier_id": self.gold.id, "valid_until": FUTURE, "reason": "Guest"} | values
        )

    def test_grant_is_kept_with_reason_end_and_grantor(self):
        self._wizard(self.member).action_grant()
        self.assertRecordValues(
            self.member,
            [
                {
                    "vip_tier_id": self.gold.id,
                    "vip_tier_valid_until": FUTURE,
                    "vip_tier_is_manual": True,
                }
            ],
        )
        [change] = self.member.vip_standing_change_ids
        self.assertRecordValues(
            change,
            [
                {
                    "kind": "tier",
                    "new_tier_id": self.gold.id,
                    "reason": "manual",
                    "note": "Guest",
                    "valid_until": FUTURE,
                    "user_id": self.manager.id,
                }
            ],
        )
        self._review("2025-06-15")
        self.assertEqual(self.member.vip_tier_id, self.gold)

    def test_several_members_at_once(self):
        members = self.member | self._create_member("李娜")
        contact = self.env["res.partner"].create({"name": "Contact"})
        wizard = self._wizard(members | contact)
        self.assertEqual(wizard.partner_ids, members)
        wizard.action_grant()
        self.assertEqual(members.vip_tier_id, self.gold)
        self.assertEqual(len(members.vip_standing_change_ids), 2)

    def test_form_asks_for_reason_and_end(self):
        form = Form(
            self.env["vip.tier.grant"]
            .with_user(self.manager)
            .with_context(active_model="res.partner", active_ids=self.member.ids)
        )
        form.tier_id = self.diamond
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "Guest"
        form.save().action_grant()
        self.assertEqual(self.member.vip_tier_id, self.diamond)

    def test_associates_cannot_grant(self):
        with self.assertRaises(AccessError):
            self.env["vip.tier.grant"].with_user(self.clerk).create(
                {"tier_id": self.gold.id, "valid_until": FUTURE, "reason": "x"}
            )
        with self.assertRaises(AccessError):
            self.member.with_user(self.clerk)._vip_grant_tier(self.gold, FUTURE, "x")
        self.assertFalse(self.member.vip_tier_id)

    def test_what_is_refused(self):
        other = self.env["res.company"].create({"name": "Other chain"})
        archived = self.gold.copy({"name": "Old gold", "active": False})
        cases = {
            "no reason": {"reason": " "},
            "past": {"valid_until": date(2020, 1, 1)},
            "today": {"valid_until": self.store._vip_today()},
            "archived tier": {"tier_id": archived.id},
            "another company's tier": {"tier_id": other._vip_tiers()[0].id},
        }
        self.manager.company_ids |= other
        for name, values in cases.items():
            with self.subTest(name), self.assertRaises(UserError):
                self._wizard(self.member, **values).action_grant()
        self.assertFalse(self.member.vip_tier_id)

    def test_what_was_earned_is_not_taken_away_by_hand(self):
        self.member.write({"vip_tier_id": self.gold.id})
        with self.assertRaises(UserError):
            self._wizard(self.member, tier_id=self.silver.id).action_grant()

    def test_a_grant_can_be_corrected(self):
        self._wizard(self.member, tier_id=self.diamond.id).action_grant()
        self._wizard(self.member, tier_id=self.gold.id).action_grant()
        self.assertEqual(self.member.vip_tier_id, self.gold)
