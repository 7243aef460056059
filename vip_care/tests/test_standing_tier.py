from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import VipCareCommon

DAY = date(2026, 6, 15)


@tagged("post_install", "-at_install")
class TestStandingTier(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gold.write({"amount_threshold": 1000, "order_threshold": 5})
        cls.diamond.write({"amount_threshold": 5000, "window_months": 24})
        cls.member = cls._create_member()

    def _tier(self, on_date):
        self._review(on_date, self.member)
        return self.member.vip_tier_id

    def _last_reason(self):
        return (
            self.member.vip_standing_change_ids.filtered(
                lambda change: change.kind == "tier"
            )
            .sorted("id")[-1]
            .reason
        )

    def test_threshold_hit_exactly(self):
        self._buy(self.member, "2026-06-01", 999.99)
        self.assertEqual(self._tier(DAY), self.silver)
        self._buy(self.member, "2026-06-02", 0.01)
        self.assertEqual(self._tier(DAY), self.gold)
        self.assertEqual(str(self.member.vip_tier_valid_until), "2027-06-15")
        self.assertEqual(self._last_reason(), "earned")

    def test_number_of_tickets_is_enough(self):
        for day in range(1, 6):
            self._buy(self.member, f"2026-06-0{day}", 1)
        self.assertEqual(self._tier(DAY), self.gold)

    def test_each_tier_has_its_own_window(self):
        self._buy(self.member, "2024-06-15", 5000)
        self.assertEqual(self._tier(DAY), self.diamond)
        other = self._create_member()
        self._buy(other, "2024-06-14", 5000)
        self._review(DAY, other)
        self.assertEqual(other.vip_tier_id, self.silver)

    def test_kept_through_validity_and_grace_then_lost(self):
        self._buy(self.member, "2025-01-10", 1000)
        self.assertEqual(self._tier("2025-01-31"), self.gold)
        self.assertEqual(self._tier("2026-01-31"), self.gold)
        # Valid until 31 January and a month of grace: exactly that is still gold.
        self.assertEqual(self._tier("2026-02-28"), self.gold)
        self.assertEqual(self._tier("2026-03-01"), self.silver)
        self.assertEqual(self._last_reason(), "lapsed")

    def test_renewed_when_met_again(self):
        self._buy(self.member, "2025-01-10", 1000)
        self._tier("2025-01-31")
        self._buy(self.member, "2026-01-20", 1000)
        self._tier("2026-01-31")
        self.assertEqual(str(self.member.vip_tier_valid_until), "2026-01-31")
        self.assertEqual(self._tier("2026-02-01"), self.gold)
        self.assertEqual(str(self.member.vip_tier_valid_until), "2027-02-01")
        self.assertEqual(self._last_reason(), "renewed")

    def test_met_again_within_grace_renews(self):
        self._buy(self.member, "2025-01-10", 1000)
        self._tier("2025-01-31")
        self._tier("2026-02-05")
        self._buy(self.member, "2026-02-06", 1000)
        self._tier("2026-02-07")
        self.assertEqual(str(self.member.vip_tier_valid_until), "2027-02-07")

    def test_manual_tier_lasts_until_its_end_date(self):
        self.member.write(
            {
                "vip_tier_id": self.diamond.id,
                "vip_tier_valid_until": "2026-06-30",
                "vip_tier_is_manual": True,
            }
        )
        self.assertEqual(self._tier("2026-06-30"), self.diamond)
        self.assertEqual(self._tier("2026-07-01"), self.silver)
        self.assertFalse(self.member.vip_tier_is_manual)
        self.assertEqual(self._last_reason(), "manual_end")

    def test_higher_tier_replaces_a_manual_one(self):
        self.member.write(
            {
                "vip_tier_id": self.gold.id,
                "vip_tier_valid_until": "2026-12-31",
                "vip_tier_is_manual": True,
            }
        )
        self._buy(self.member, "2026-06-01", 5000)
        self.assertEqual(self._tier(DAY), self.diamond)
        self.assertFalse(self.member.vip_tier_is_manual)

    def test_refund_takes_the_reason_not_the_tier(self):
        self._buy(self.member, "2026-06-01", 1000)
        self._tier(DAY)
        self._buy(self.member, "2026-06-20", -500)
        self.assertEqual(self._tier("2026-06-21"), self.gold)
        self.assertEqual(self._tier("2027-07-16"), self.silver)

    def test_no_entry_tier_means_no_tier(self):
        self.silver.active = False
        self.assertFalse(self._tier(DAY))

    def test_archived_tier_is_replaced(self):
        self._buy(self.member, "2026-06-01", 5000)
        self._tier(DAY)
        self.diamond.active = False
        self.assertEqual(self._tier(DAY), self.gold)

    def test_tier_in_use_is_not_deleted(self):
        self._tier(DAY)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.silver.unlink()

    def test_spending_points_moves_no_tier(self):
        purchase = self._buy(self.member, "2026-06-01", 1000)
        self._tier(DAY)
        purchase.points_spent = 900
        self.assertEqual(self._tier(DAY), self.gold)
