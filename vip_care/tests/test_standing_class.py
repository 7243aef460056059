from datetime import date

from odoo.tests import tagged

from .common import VipCareCommon

DAY = date(2026, 6, 15)


@tagged("post_install", "-at_install")
class TestStandingClass(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A company of its own, so that nobody else is ranked among ours.
        cls.company = cls.env["res.company"].create({"name": "Ranked"})
        cls.store.company_id = cls.company

    def _members(self, amounts):
        members = self.env["res.partner"]
        for amount in amounts:
            member = self._create_member()
            self._buy(member, "2026-05-01", amount)
            members += member
        self._review(DAY)
        return members

    def test_top_twenty_next_thirty_percent(self):
        members = self._members(range(1000, 0, -100))
        self.assertEqual(members.mapped("vip_value_class"), list("AABBBCCCCC"))

    def test_ties_share_the_better_class(self):
        members = self._members([900, 800, 800, 800, 500, 400, 300, 200, 100, 50])
        self.assertEqual(members.mapped("vip_value_class"), list("AAAABCCCCC"))

    def test_all_equal_are_all_best(self):
        members = self._members([100] * 5)
        self.assertEqual(set(members.mapped("vip_value_class")), {"A"})

    def test_amount_and_frequency_weigh_the_same(self):
        big, often, neither = self._members([1000, 100, 50])
        for day in range(1, 5):
            self._buy(often, f"2026-04-0{day}", 10)
        self._review(DAY)
        # big: 1st by amount, 2nd= by tickets; often: 2nd and 1st: both sum to 3.
        self.assertEqual(big.vip_value_class, often.vip_value_class)
        self.assertEqual(neither.vip_value_class, "C")

    def test_only_buyers_of_the_last_year_are_ranked(self):
        members = self._members([100, 90])
        self._review("2027-05-02")
        self.assertEqual(members.mapped("vip_value_class"), [False, False])
        changes = members.vip_standing_change_ids.filtered(
            lambda change: change.kind == "value_class"
        )
        self.assertEqual(len(changes), 4)

    def test_reviewing_one_ranks_her_among_all(self):
        members = self._members(range(1000, 0, -100))
        self._buy(members[-1], "2026-06-01", 5000)
        self._review(DAY, members[-1])
        self.assertEqual(members[-1].vip_value_class, "A")
        self.assertEqual(members[1].vip_value_class, "A", "others wait for the night")
