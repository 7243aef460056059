from datetime import date, timedelta

from .care_rule_common import CareRuleMixin
from .common import VipCareCommon


class TestCarePoints(CareRuleMixin, VipCareCommon):
    """Points and tiers that end, points she may have forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        programs = cls.env["loyalty.program"]
        cls.program = programs.create({"name": "Points", "program_type": "loyalty"})
        cls.wallet = programs.create({"name": "Wallet", "program_type": "ewallet"})
        cls.member = cls._create_member()

    def _card(self, points, until=False, program=None, member=None, **vals):
        return self.env["loyalty.card"].create(
            {
                "program_id": (program or self.program).id,
                "partner_id": (member or self.member).id,
                "points": points,
                "expiration_date": until,
            }
            | vals
        )

    def test_points_that_lapse_are_told_a_month_before(self):
        card = self._card(400, "2026-12-31")
        self._card(850)
        self._card(70, "2026-12-31", self.wallet)
        self._card(0, "2026-12-31")
        self._card(90, "2026-12-31", active=False)
        rule = self._create_rule("points_lapse", offset_days=-30, window_days=25)
        [row] = self._candidates(rule, "2026-12-01")
        self.assertEqual(row["occasion_key"], f"points_lapse:{card.id}:2026-12-31")
        self.assertEqual(row["facts"], {"points": 400, "balance": 1250})
        self.assertFalse(self._candidates(rule, "2026-11-30"))
        self.assertEqual(self._candidates(rule, "2026-12-25"), [row])
        self.assertFalse(self._candidates(rule, "2026-12-26"))
        rule.threshold = 401
        self.assertFalse(self._candidates(rule, "2026-12-01"))

    def test_points_to_use_are_told_on_a_day_of_each_half_year(self):
        self._card(300)
        self._card(200)
        rule = self._create_rule("points_reminder", threshold=500)
        days = []
        for number in range(365):
            day = date(2026, 1, 1) + timedelta(days=number)
            days += [(day, row["occasion_key"]) for row in self._candidates(rule, day)]
        self.assertEqual(
            [key for _day, key in days],
            ["points_reminder:2026H1", "points_reminder:2026H2"],
        )
        rule.threshold = 501
        self.assertFalse(self._candidates(rule, days[0][0]))

    def _holding(self, tier, until, name="王芳"):
        member = self._create_member(name)
        member.sudo().write({"vip_tier_id": tier.id, "vip_tier_valid_until": until})
        return member

    def test_who_will_lose_her_tier_is_told_what_is_missing(self):
        self.gold.write({"amount_threshold": 5000, "order_threshold": 8})
        member = self._holding(self.gold, "2026-12-31")
        self._buy(member, "2026-01-01", 3000)
        # A day too old: on 1 January, when it is decided, this counts no more.
        self._buy(member, "2025-12-31", 9000)
        rule = self._create_rule("tier_lapse", offset_days=-30, window_days=2)
        [row] = self._candidates(rule, "2026-12-01")
        self.assertEqual(row["occasion_key"], "tier_lapse:2026-12-31")
        self.assertEqual(
            row["facts"], {"tier_id": self.gold.id, "amount": 2000, "orders": 7}
        )
        self._assert_days(rule, member, ["2026-12-01", "2026-12-02"])

    def test_the_review_agrees_on_who_loses_her_tier(self):
        self.silver.write({"amount_threshold": 0, "order_threshold": 0})
        self.gold.write({"amount_threshold": 5000, "order_threshold": 3})
        self.gold.grace_months = 0
        rule = self._create_rule("tier_lapse", window_days=1)
        lives = {
            "amount met": [5000],
            "amount missed": [4999.99],
            "tickets met": [1, 1, 1],
            "tickets missed": [1, 1, -1],
        }
        members = self.env["res.partner"]
        for name, amounts in lives.items():
            member = self._holding(self.gold, "2026-12-31", name)
            for amount in amounts:
                self._buy(member, "2026-01-01", amount)
            members += member
        told = set(dict(self._met(rule, "2026-12-31")))
        self._review("2027-01-01", members)
        lost = {member.name for member in members if member.vip_tier_id != self.gold}
        self.assertEqual(told, lost)
        self.assertEqual(lost, {"amount missed", "tickets missed"})

    def test_a_tier_everybody_has_never_lapses(self):
        self.silver.write({"amount_threshold": 0, "order_threshold": 0})
        self._holding(self.silver, "2026-12-31")
        self._holding(self.gold, False)
        rule = self._create_rule("tier_lapse", window_days=1)
        self.assertFalse(self._met(rule, "2026-12-31"))
