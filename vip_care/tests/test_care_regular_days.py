from datetime import date, timedelta

from .care_rule_common import CareRuleMixin
from .common import VipCareCommon


class TestCareRegularDays(CareRuleMixin, VipCareCommon):
    """New members, yearly and monthly contacts, the first of a region, scopes."""

    def _days_met(self, rule, member, first, count):
        start = date.fromisoformat(first)
        return [
            day
            for day in (start + timedelta(days=number) for number in range(count))
            if member.id in [row["partner_id"] for row in self._candidates(rule, day)]
        ]

    def test_a_new_member_is_welcomed_in_her_first_days(self):
        member = self._create_member(vip_enrolled_on="2026-06-10")
        rule = self._create_rule("enrolment", offset_days=1, window_days=2)
        self._assert_days(rule, member, ["2026-06-11", "2026-06-12"])
        self.assertEqual(self._met(rule, "2026-06-11"), [(member.name, "enrolment")])

    def test_who_was_imported_is_not_new(self):
        self._create_member(vip_enrolled_on="2026-06-10", vip_enrolment_source="import")
        rule = self._create_rule("enrolment", window_days=9)
        self.assertFalse(self._met(rule, "2026-06-10"))

    def test_other_stores_companies_and_former_members_are_left_out(self):
        company = self.env["res.company"].create({"name": "Other chain"})
        there = self._create_store("Abroad", "T9", company_id=company.id)
        enrolled = {"vip_enrolled_on": "2026-06-10"}
        self._create_member("here", **enrolled)
        self._create_member("no store", vip_store_id=False, **enrolled)
        self._create_member("far", vip_store_id=self.other_store.id, **enrolled)
        self._create_member("other chain", vip_store_id=there.id, **enrolled)
        self._create_member("archived", **enrolled).active = False
        self._create_member("former", **enrolled).is_vip_member = False
        rule = self._create_rule("enrolment")
        found = dict(self._met(rule, "2026-06-10", stores=self.store))
        self.assertEqual(set(found), {"here", "no store"})
        found = dict(self._met(rule, "2026-06-10", stores=there, company=company))
        self.assertEqual(set(found), {"other chain"})

    def test_incomplete_profiles_are_asked_for_once_a_year(self):
        member = self._create_member("poor", vip_enrolled_on="2020-01-01")
        rule = self._create_rule("data_check", threshold=60)
        days = self._days_met(rule, member, "2026-01-01", 365)
        self.assertEqual(len(days), 1)
        [row] = self._candidates(rule, days[0])
        self.assertEqual(row["occasion_key"], "data_check:2026")
        self.assertEqual(row["facts"], {"score": member.vip_profile_score})
        self.assertEqual(
            self._days_met(rule, member, "2027-01-01", 365),
            [days[0] + timedelta(days=365)],
        )
        rule.threshold = member.vip_profile_score
        self.assertFalse(self._candidates(rule, days[0]))

    def test_who_has_just_joined_is_not_asked_twice(self):
        member = self._create_member("new", vip_enrolled_on="2020-01-01")
        rule = self._create_rule("data_check", threshold=100)
        [day] = self._days_met(rule, member, "2026-01-01", 365)
        member.vip_enrolled_on = day - timedelta(days=90)
        self.assertTrue(self._candidates(rule, day))
        member.vip_enrolled_on = day - timedelta(days=89)
        self.assertFalse(self._candidates(rule, day))

    def test_monthly_calls_are_spread_over_the_month(self):
        for index in range(48):
            self._create_member(f"M{index}")
        rule = self._create_rule("monthly_call")
        keys, days = set(), set()
        for number in range(28):
            day = date(2026, 2, 1) + timedelta(days=number)
            for row in self._candidates(rule, day):
                keys.add((row["partner_id"], row["occasion_key"]))
                days.add(row["event_date"])
        self.assertEqual(len(keys), 48)
        self.assertEqual({key for _partner, key in keys}, {"monthly_call:2026-02"})
        self.assertEqual(len(days), 24)

    def test_yearly_visit_over_the_turn_of_the_year_keeps_its_key(self):
        member = self._create_member()
        rule = self._create_rule("visit_plan", window_days=30)
        keys = set()
        days = self._days_met(rule, member, "2026-01-01", 730)
        for day in days:
            keys |= {row["occasion_key"] for row in self._candidates(rule, day)}
        self.assertLessEqual(keys, {f"visit_plan:{year}" for year in range(2025, 2028)})
        self.assertGreaterEqual(keys, {"visit_plan:2026", "visit_plan:2027"})
        self.assertGreaterEqual(len(days), 59)

    def test_first_of_each_region_by_what_they_bought_in_the_year(self):
        west = self.env["vip.region"].create({"name": "West", "code": "W"})
        far = self._create_store("West Gate", "T3", region_id=west.id)
        for name, store, amount in (
            ("E1", self.store, 900),
            ("E2", self.other_store, 800),
            ("E3", self.store, 700),
            ("W1", far, 10),
            ("W2", far, -10),
        ):
            member = self._create_member(name, vip_store_id=store.id)
            self._buy(member, "2026-12-31", amount)
            self._buy(member, "2027-01-01", 5000 if name == "E3" else 1)
        rule = self._create_rule(
            "top_spender", threshold=2, offset_days=10, window_days=45
        )
        found = self._met(rule, "2027-01-10")
        key = "top_spender:2026"
        self.assertEqual(found, [("E1", key), ("E2", key), ("W1", key)])
        self.assertFalse(self._met(rule, "2027-01-09"))
        self.assertTrue(self._met(rule, "2027-02-23"))
        self.assertFalse(self._met(rule, "2027-02-24"))
        places = [row["facts"]["place"] for row in self._candidates(rule, "2027-01-10")]
        self.assertEqual(places, [1, 2, 1])
        # Of the scope's stores only, but by their place in the whole region.
        found = self._met(rule, "2027-01-10", stores=self.other_store)
        self.assertEqual(found, [("E2", key)])

    def test_brought_back_does_not_count_for_the_first_of_a_region(self):
        for name, back in (("A", -600), ("B", -100)):
            member = self._create_member(name)
            self._buy(member, "2026-03-01", 1000)
            self._buy(member, "2026-03-05", back)
        rule = self._create_rule("top_spender", threshold=1)
        self.assertEqual(dict(self._met(rule, "2026-12-31")), {"B": "top_spender:2026"})
