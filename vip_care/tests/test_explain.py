import re
from datetime import date
from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from ..models import vip_standing_explain_class
from .common import VipCareCommon

DAY = date(2025, 6, 15)


@tagged("post_install", "-at_install")
class TestExplain(VipCareCommon):
    """Every figure is explained by the numbers the review found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"vip_ltv_margin_source": "rate"})
        cls.gold.write({"amount_threshold": 1000, "order_threshold": 12})
        cls.diamond.write({"amount_threshold": 3000, "order_threshold": 0})
        cls.user = new_test_user(cls.env, "boss", groups="vip_care.group_head_office")
        cls.member = cls._create_member()

    def _said(self, member, figure, user=None):
        """Return value and sentences of one figure, as a reader sees them."""
        html = member.with_user(user or self.user).vip_standing_explanation
        match = re.search(rf'data-figure="{figure}"(.*?)</dd>', html, re.DOTALL)
        if not match:
            return None
        text = re.sub(r"<[^>]+>", " ", match.group(1).partition(">")[2])
        return " ".join(text.split()).replace(" ", " ")

    def test_member_not_reviewed_yet(self):
        self.assertIn("Not reviewed yet", self.member.vip_standing_explanation)

    def test_nobody_else_is_explained(self):
        contact = self.env["res.partner"].create({"name": "Plain contact"})
        self.assertFalse(contact.vip_standing_explanation)

    def test_tier_says_amount_window_and_what_the_next_one_takes(self):
        self._buy(self.member, "2025-01-10", 1500)
        self._buy(self.member, "2025-05-10", 300)
        self._review(DAY)
        said = self._said(self.member, "vip_tier_id")
        self.assertIn("Gold", said)
        self.assertIn("since 06/15/2024 (months: 12): $ 1,800.00", said)
        self.assertIn("needed: $ 1,000.00", said)
        self.assertIn("Valid until 06/15/2026", said)
        self.assertIn("in grace until 07/15/2026", said)
        self.assertIn("For Diamond: $ 1,200.00 more by 01/10/2026", said)

    def test_the_day_the_next_tier_is_due_by_is_the_last_that_counts(self):
        self._buy(self.member, "2025-01-10", 2000)
        self._review("2026-01-09")
        self.assertIn("more by 01/10/2026", self._said(self.member, "vip_tier_id"))
        self._buy(self.member, "2026-01-10", 1000)
        self._review("2026-01-10")
        self.assertEqual(self.member.vip_tier_id, self.diamond)

    def test_tier_by_tickets(self):
        for day in range(1, 13):
            self._buy(self.member, f"2025-05-{day:02}", 10)
        self._review(DAY)
        self.assertIn(
            "Tickets since 06/15/2024 (months: 12): 12, needed: 12",
            self._said(self.member, "vip_tier_id"),
        )

    def test_tier_in_grace_says_when_it_is_lost(self):
        self._buy(self.member, "2024-06-15", 2000)
        self._review("2024-06-15")
        self._review("2025-06-20")
        said = self._said(self.member, "vip_tier_id")
        self.assertIn("No longer met", said)
        self.assertIn("ended on 06/15/2025; lost after 07/15/2025", said)
        self._review("2025-07-15")
        self.assertEqual(self.member.vip_tier_id, self.gold)
        self._review("2025-07-16")
        self.assertEqual(self.member.vip_tier_id, self.silver)
        self.assertIn("Every member", self._said(self.member, "vip_tier_id"))

    def test_tier_granted_by_hand_says_by_whom_and_why(self):
        self._review(DAY)
        self.member.with_user(self.user)._vip_grant_tier(
            self.diamond, date(2099, 12, 31), "Opening guest"
        )
        said = self._said(self.member, "vip_tier_id")
        self.assertIn("Granted by hand by boss", said)
        self.assertIn("until 12/31/2099: Opening guest", said)
        self.assertIn("There is no higher tier", said)

    def test_life_cycle_names_the_first_day_of_the_next_state(self):
        self._buy(self.member, "2025-03-31")
        self._review(DAY)
        said = self._said(self.member, "vip_lifecycle")
        self.assertIn("Active Last purchase on 03/31/2025", said)
        self.assertIn("Edge from 07/01/2025", said)
        self._review("2025-06-30")
        self.assertEqual(self.member.vip_lifecycle, "active")
        self._review("2025-07-01")
        self.assertEqual(self.member.vip_lifecycle, "edge")
        self.assertIn(
            "Dormant from 10/01/2025", self._said(self.member, "vip_lifecycle")
        )
        self._review("2026-05-01")
        self.assertIn("Lost since 04/01/2026", self._said(self.member, "vip_lifecycle"))

    def test_drop_says_which_months_are_compared(self):
        for day in ("2024-02-01", "2024-03-01"):
            self._buy(self.member, day, 100)
        self._buy(self.member, "2025-03-01", 50)
        self._review(DAY)
        said = self._said(self.member, "vip_is_dropping")
        self.assertIn("Yes Since 12/15/2024: $ 50.00, tickets: 1.", said)
        self.assertIn("from 12/15/2023 to 06/14/2024: $ 200.00, tickets: 2", said)
        self.assertIn("Amount lower by 75 %, tickets fewer by 50 %", said)
        self.assertEqual(self.member.vip_layer, "drifting")
        self.assertIn("Buys less", self._said(self.member, "vip_layer"))

    def test_sums_and_means(self):
        self._buy(self.member, "2025-01-01", 100, units=3, in_season_units=2)
        self._buy(self.member, "2025-01-11", 200, units=1, in_season_units=1)
        self._buy(self.member, "2025-01-12", -60, in_season_units=0)
        self._review(DAY)
        self.assertEqual(
            self._said(self.member, "vip_purchase_cycle_days"),
            "10 2 days of purchase from 01/01/2025 to 01/11/2025.",
        )
        self.assertIn(
            "$ 120.00 $ 240.00 net of refunds, tickets: 2. Pieces: 3",
            self._said(self.member, "vip_average_ticket"),
        )
        self.assertIn("100 % 3 of 3", self._said(self.member, "vip_in_season_share"))
        self.assertIn(
            "$ 360.00 Margin since 06/15/2024: $ 120.00, times the expected years: 3.",
            self._said(self.member, "vip_lifetime_value"),
        )

    def test_only_managers_read_margins(self):
        clerk = new_test_user(self.env, "clerk", groups="vip_care.group_associate")
        self.member.vip_owner_id = self._create_employee("Lin", user_id=clerk.id)
        self._review(DAY)
        self.assertTrue(self._said(self.member, "vip_tier_id", clerk))
        self.assertIsNone(self._said(self.member, "vip_lifetime_value", clerk))

    def test_purchases_after_the_review_are_announced(self):
        self._buy(self.member, "2025-05-01")
        self._review(DAY)
        self.assertNotIn("Something changed", self.member.vip_standing_explanation)
        self._buy(self.member, "2025-06-01")
        self.member.invalidate_recordset()
        self.assertIn("Something changed", self.member.vip_standing_explanation)
        self._review(DAY)
        self.assertNotIn("Something changed", self.member.vip_standing_explanation)

    def test_reader_reads_her_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self._buy(self.member, "2025-05-01", 1234.5)
        self._review(DAY)
        french = self.member.with_context(lang="fr_FR").vip_standing_explanation
        self.assertIn("01/05/2025", french)
        self.assertRegex(french, r"1.234,50")


@tagged("post_install", "-at_install")
class TestExplainClass(VipCareCommon):
    def _rank(self, amounts):
        members = self.env["res.partner"]
        for number, amount in enumerate(amounts):
            member = self._create_member(f"Member {number}")
            for part in range(number % 3 + 1):
                self._buy(member, "2025-05-01", amount / (number % 3 + 1) + part)
            members += member
        self._review(DAY)
        return members

    def test_place_and_class_agree_with_the_ranking(self):
        """Whatever the ranking wrote, the place explains it: ties and edges too."""
        self.company.write({"vip_class_a_share": 20, "vip_class_b_share": 30})
        members = self._rank([100 * (number // 2) for number in range(2, 23)])
        review = self.env["vip.standing.review"].sudo()
        self.assertEqual(set(members.mapped("vip_value_class")), {"A", "B", "C"})
        for member in members:
            place = review._find_place(self.company, member)
            self.assertEqual(
                review._class_of(self.company, place), member.vip_value_class
            )

    def test_many_members_are_said_in_percents(self):
        review = self.env["vip.standing.review"].sudo()
        said = review._say_place(
            {
                "ahead_by_amount": 172,
                "ahead_by_orders": 260,
                "ahead": 197,
                "total": 1240,
            }
        )
        self.assertEqual(
            said,
            "12-month amount in the top 14 %, tickets in the top 21 %, together in the"
            " top 16 % of 1,240 members.",
        )

    def test_too_many_to_rank_while_reading(self):
        [member] = self._rank([100])
        with patch.object(vip_standing_explain_class, "RANK_ALL_LIMIT", 0):
            place = self.env["vip.standing.review"]._find_place(self.company, member)
        self.assertIsNone(place["ahead"])
        place["total"] = 1_000_000
        said = self.env["vip.standing.review"]._say_place(place)
        self.assertIn("in the top 1 % of 1,000,000 members; the mean", said)

    def test_percent_never_contradicts_the_class(self):
        """In the top 20 % exactly if the rule says so, down to the last member."""
        review = self.env["vip.standing.review"].sudo()
        self.company.write({"vip_class_a_share": 20, "vip_class_b_share": 30})
        for total in (100, 101, 1240):
            for ahead in range(total):
                place = {"ahead": ahead, "total": total}
                top = 100 * ahead // total + 1
                expected = "A" if top <= 20 else "B" if top <= 50 else "C"
                self.assertEqual(review._class_of(self.company, place), expected)

    def test_who_did_not_buy_is_not_ranked(self):
        member = self._create_member()
        self._review(DAY)
        self.assertIn("No class", member.vip_standing_explanation)
