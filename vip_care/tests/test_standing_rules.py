from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common import VipCareCommon

DAY = date(2026, 6, 15)


@tagged("post_install", "-at_install")
class TestStandingRules(VipCareCommon):
    """Section 4 of the design, rule by rule and at every edge."""

    def _state(self, bought, on_date):
        member = self._create_member()
        self._buy(member, bought)
        self._review(on_date, member)
        return member.vip_lifecycle

    def test_life_cycle_edges_are_calendar_months(self):
        for months, state, next_state in [
            (3, "active", "edge"),
            (6, "edge", "dormant"),
            (12, "dormant", "lost"),
        ]:
            with self.subTest(months=months):
                bought = DAY - relativedelta(months=months)
                self.assertEqual(self._state(bought, DAY), state)
                day_before = bought - relativedelta(days=1)
                self.assertEqual(self._state(day_before, DAY), next_state)

    def test_life_cycle_at_the_end_of_long_months(self):
        self.assertEqual(self._state(date(2025, 11, 30), date(2026, 2, 28)), "active")
        self.assertEqual(self._state(date(2025, 11, 30), date(2026, 3, 1)), "edge")
        self.assertEqual(self._state(date(2026, 2, 28), date(2026, 5, 28)), "active")
        self.assertEqual(self._state(date(2026, 2, 28), date(2026, 5, 31)), "edge")

    def test_member_without_purchases_is_a_prospect(self):
        member = self._create_member()
        self._review(DAY, member)
        self.assertRecordValues(
            member,
            [
                {
                    "vip_lifecycle": "prospect",
                    "vip_layer": "potential",
                    "vip_value_class": False,
                    "vip_order_count": 0,
                    "vip_amount_total": 0,
                    "vip_last_purchase_date": False,
                    "vip_tier_id": self.silver.id,
                }
            ],
        )

    def test_refund_lowers_the_amount_and_is_no_visit(self):
        member = self._create_member()
        self._buy(member, "2026-01-10", 500)
        self._buy(member, "2026-06-01", -200)
        self._review(DAY, member)
        self.assertEqual(member.vip_amount_total, 300)
        self.assertEqual(member.vip_order_count, 1)
        self.assertEqual(str(member.vip_last_purchase_date), "2026-01-10")

    def test_purchases_after_the_day_do_not_count(self):
        member = self._create_member()
        self._buy(member, "2026-06-15", 100)
        self._buy(member, "2026-06-16", 900)
        self._review(DAY, member)
        self.assertEqual(member.vip_amount_total, 100)

    def test_twelve_months_include_the_same_day_last_year(self):
        member = self._create_member()
        self._buy(member, "2025-06-15", 100)
        self._buy(member, "2025-06-14", 70)
        self._review(DAY, member)
        self.assertEqual(member.vip_amount_12m, 100)
        self.assertEqual(member.vip_order_count_12m, 1)
        self.assertEqual(member.vip_amount_total, 170)

    def test_metrics(self):
        member = self._create_member()
        self._buy(member, "2026-01-01", 300, units=3, in_season_units=3)
        self._buy(member, "2026-01-01", 100, units=1, in_season_units=0)
        self._buy(member, "2026-03-02", 200, units=2, in_season_units=1)
        self._buy(member, "2026-05-01", 100, units=2, in_season_units=1)
        self._review(DAY, member)
        self.assertRecordValues(
            member,
            [
                {
                    "vip_order_count": 4,
                    "vip_amount_total": 700,
                    "vip_average_ticket": 175,
                    "vip_units_per_ticket": 2,
                    "vip_purchase_cycle_days": 60,
                    "vip_in_season_share": 62.5,
                }
            ],
        )

    def test_history_without_seasons_does_not_count_as_out_of_season(self):
        member = self._create_member()
        self._buy(member, "2026-01-01", 300, units=4, in_season_units=3)
        history = self._buy(member, "2025-01-01", 300, units=6)
        history.flush_recordset()
        self.env.cr.execute(
            "UPDATE vip_purchase SET in_season_units = NULL WHERE id = %s", history.ids
        )
        self._review(DAY, member)
        self.assertEqual(member.vip_in_season_share, 75)
        self.assertEqual(member.vip_units_per_ticket, 5)

    def test_lifetime_value_takes_known_margin_and_the_rate_for_the_rest(self):
        self.company.write({"vip_ltv_years": 2, "vip_ltv_margin_percent": 40})
        member = self._create_member()
        self._buy(member, "2026-01-01", 1000, margin=600)
        self._buy(member, "2026-02-01", 500)
        self._buy(member, "2024-02-01", 9000, margin=9000)
        self._review(DAY, member)
        self.assertEqual(member.vip_lifetime_value, 2 * (600 + 200))
        self.company.vip_ltv_margin_source = "rate"
        self._review(DAY, member)
        self.assertEqual(member.vip_lifetime_value, 2 * 0.4 * 1500)

    def test_drop_against_the_same_months_a_year_before(self):
        member = self._create_member()
        for day in ("2025-02-01", "2025-03-01", "2025-04-01", "2025-05-01"):
            self._buy(member, day, 100)
        for day in ("2026-03-01", "2026-05-01"):
            self._buy(member, day, 120)
        self._review(DAY, member)
        self.assertEqual(member.vip_order_drop, 50)
        self.assertEqual(member.vip_amount_drop, 40)
        self.assertTrue(member.vip_is_dropping)
        self.assertEqual(member.vip_layer, "drifting")
        self.company.vip_drop_percent = 51
        self._review(DAY, member)
        self.assertFalse(member.vip_is_dropping)

    def test_layers(self):
        loyal, new, gone = (self._create_member() for _index in range(3))
        for day in ("2026-01-05", "2026-03-05", "2026-05-05"):
            self._buy(loyal, day)
        self._buy(new, "2026-06-01")
        self._buy(gone, "2025-12-01")
        self._review(DAY, loyal + new + gone)
        self.assertEqual(loyal.vip_layer, "loyal")
        self.assertEqual(new.vip_layer, "potential")
        self.assertEqual(gone.vip_layer, "drifting")

    def test_every_change_is_kept(self):
        member = self._create_member()
        self._buy(member, "2026-01-15")
        self._review("2026-04-15", member)
        self._review("2026-04-16", member)
        self._review("2026-04-16", member)
        changes = member.vip_standing_change_ids.filtered(
            lambda change: change.kind == "lifecycle"
        ).sorted("id")
        self.assertEqual(
            changes.mapped(lambda c: (c.old, c.new, c.reason)),
            [(False, "active", "purchase"), ("active", "edge", "time")],
        )
