from datetime import date, timedelta

from .care_rule_common import CareRuleMixin
from .common import VipCareCommon


class TestCareDrifting(CareRuleMixin, VipCareCommon):
    """Who becomes edge, dormant or lost, buys less, or may lose her card."""

    def _bought(self, day, reviewed, **vals):
        member = self._create_member(**vals)
        self._buy(member, day)
        self._review(reviewed, member)
        return member

    def test_edge_begins_the_day_after_three_months(self):
        member = self._bought("2026-03-15", "2026-06-16")
        rule = self._create_rule("edge", window_days=2)
        [row] = self._candidates(rule, "2026-06-16")
        self.assertEqual(row["occasion_key"], "edge:2026-03-15")
        self.assertEqual(row["event_date"], date(2026, 6, 16))
        self.assertEqual(row["until"], date(2026, 6, 17))
        self.assertEqual(row["facts"], {"bought": "2026-03-15"})
        self._assert_days(rule, member, ["2026-06-16", "2026-06-17"])

    def test_who_bought_on_the_last_days_of_a_month_is_met_once(self):
        for day in ("2026-11-28", "2026-11-29", "2026-11-30"):
            self._bought(day, "2027-03-02", name=day)
        rule = self._create_rule("edge", window_days=5)
        days = {row["event_date"] for row in self._candidates(rule, "2027-03-02")}
        # November has no 31st and February no 29th: all are three months old then.
        self.assertEqual(days, {date(2027, 3, 1)})
        self.assertEqual(len(self._candidates(rule, "2027-03-02")), 3)

    def test_dormant_and_lost_follow_the_months_of_the_company(self):
        self.company.write({"vip_edge_months": 7, "vip_dormant_months": 13})
        dormant = self._bought("2026-01-10", "2026-08-11", name="dormant")
        self._assert_days(self._create_rule("dormant"), dormant, ["2026-08-11"])
        lost = self._bought("2025-07-10", "2026-08-11", name="lost")
        self._assert_days(self._create_rule("lost"), lost, ["2026-08-11"])

    def test_a_purchase_meanwhile_ends_it(self):
        member = self._bought("2026-03-15", "2026-06-16")
        rule = self._create_rule("edge", window_days=7)
        self.assertTrue(self._met(rule, "2026-06-17"))
        self._buy(member, "2026-06-17")
        self._review("2026-06-17", member)
        self.assertFalse(self._met(rule, "2026-06-17"))

    def test_before_the_review_nobody_is_met(self):
        self._bought("2026-03-15", "2026-06-15")
        rule = self._create_rule("edge", window_days=7)
        self.assertFalse(self._met(rule, "2026-06-16"))
        self._review("2026-06-17")
        self.assertTrue(self._met(rule, "2026-06-17"))

    def test_offset_moves_all_days(self):
        member = self._bought("2026-03-15", "2026-06-18")
        rule = self._create_rule("edge", offset_days=3, window_days=1)
        self._assert_days(rule, member, ["2026-06-19"])

    def test_card_lapses_so_many_months_after_the_last_purchase(self):
        self.company.vip_card_months = 24
        member = self._bought("2024-08-31", "2026-06-15")
        never = self._create_member("never bought")
        rule = self._create_rule("card_lapse", offset_days=-30, window_days=2)
        [row] = self._candidates(rule, "2026-08-01")
        self.assertEqual(row["occasion_key"], "card_lapse:2024-08-31")
        self.assertEqual(row["event_date"], date(2026, 8, 31))
        self._assert_days(rule, member, ["2026-08-01", "2026-08-02"])
        self.assertNotIn(never.name, dict(self._met(rule, "2026-08-01")))

    def test_a_card_of_29_february_is_kept_until_the_end_of_february(self):
        self.company.vip_card_months = 12
        self._bought("2024-02-29", "2024-03-10")
        rule = self._create_rule("card_lapse", offset_days=0, window_days=1)
        self.assertEqual(
            [row["event_date"] for row in self._candidates(rule, "2025-02-28")],
            [date(2025, 2, 28)],
        )

    def test_no_months_no_lapse(self):
        self._bought("2024-08-31", "2026-06-15")
        self.company.vip_card_months = 0
        rule = self._create_rule("card_lapse", window_days=1)
        self.assertFalse(self._met(rule, "2026-08-31"))

    def _dropping(self):
        member = self._create_member("dropping")
        for month in range(1, 7):
            self._buy(member, f"2025-{month:02}-10", 500)
        self._buy(member, "2026-05-20", 100)
        self._review("2026-06-01", member)
        self.assertTrue(member.vip_is_dropping)
        return member

    def _day_of_drop(self, rule):
        for number in range(30):
            day = date(2026, 6, 1) + timedelta(days=number)
            if rows := self._candidates(rule, day):
                return day, rows
        self.fail("not met in the whole month")

    def test_who_buys_less_is_met_on_a_day_of_her_own(self):
        member = self._dropping()
        self._create_member("steady")
        rule = self._create_rule("drop")
        day, [row] = self._day_of_drop(rule)
        self.assertEqual(row["partner_id"], member.id)
        self.assertEqual(row["occasion_key"], "drop:2026-06")
        self.assertEqual(row["facts"], {"orders": 80, "amount": 96})
        self._assert_days(rule, member, [day.isoformat()])

    def test_buying_less_is_spoken_of_twice_a_year_at_most(self):
        self._dropping()
        rule = self._create_rule("drop")
        day, [row] = self._day_of_drop(rule)
        task = self._plan_task(rule, row)
        self.assertEqual(len(self._candidates(rule, day)), 1)
        july = day.replace(month=7)
        self.assertFalse(self._candidates(rule, july))
        task.write({"state": "skipped", "guard": "cap"})
        self.assertEqual(len(self._candidates(rule, july)), 1)
        task.is_holdout = True
        self.assertFalse(self._candidates(rule, july))
        self.assertEqual(len(self._candidates(rule, day.replace(month=12))), 1)

    def test_who_has_become_edge_is_not_also_met_for_buying_less(self):
        member = self._dropping()
        rule = self._create_rule("drop")
        day, _rows = self._day_of_drop(rule)
        member.sudo().vip_lifecycle = "edge"
        self.assertFalse(self._candidates(rule, day))
