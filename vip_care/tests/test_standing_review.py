import random
from contextlib import suppress
from datetime import date, timedelta
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..models.res_partner_standing import METRICS
from .common import VipCareCommon

FIGURES = [*METRICS, "vip_value_class"]


@tagged("post_install", "-at_install")
class TestStandingReview(VipCareCommon):
    """The service: what it reviews, when, and what a break in the middle does."""

    def _figures(self, members):
        self.env.invalidate_all()
        return {
            member.id: tuple(member[name] for name in FIGURES) for member in members
        }

    def test_nightly_review_equals_a_review_of_everybody(self):
        """Day by day only those whom the day may change; the result is the same."""
        members = self._fill()
        day = date(2026, 6, 15)
        for _step in range(12):
            day += timedelta(days=random.Random(str(day)).randint(1, 23))
            with freeze_time(f"{day} 04:00:00"):
                self._buy(members[day.day], day - timedelta(days=1), 700)
                self.env["vip.standing.review"].run()
            nightly = self._figures(members)
            self._review(day)
            self.assertEqual(nightly, self._figures(members), f"on {day}")

    def test_nightly_review_touches_only_whom_the_day_changes(self):
        members = self._fill()
        with freeze_time("2026-06-20 04:00:00"):
            self.env["vip.standing.review"].run()
        with freeze_time("2026-06-21 04:00:00"):
            run = (
                self.env["vip.standing.review"]
                .run()
                .filtered(lambda run: run.company_id == self.company)
            )
        self.assertLess(run.done, len(members) / 2)
        with freeze_time("2026-06-21 09:00:00"):
            run = (
                self.env["vip.standing.review"]
                .run()
                .filtered(lambda run: run.company_id == self.company)
            )
        self.assertEqual(run.done, 0)

    def test_new_rules_review_everybody(self):
        member = self._create_member()
        self._buy(member, "2026-06-01", 600)
        with freeze_time("2026-06-20 04:00:00"):
            self.env["vip.standing.review"].run()
            self.assertEqual(member.vip_tier_id, self.silver)
            self.gold.amount_threshold = 600
            self.env["vip.standing.review"].run()
        self.assertEqual(member.vip_tier_id, self.gold)

    def test_killed_halfway_and_run_again_gives_the_same(self):
        members = self._fill()
        review = self.env.registry["vip.standing.review"]
        day = date(2026, 6, 20)
        with self.env.cr.savepoint() as whole:
            self._review(day)
            expected = self._figures(members)
            whole.rollback()
        self.env.invalidate_all()
        batches = []
        original = review._review_batch

        def killed(service, run, scope, ids):
            if len(batches) == 2:
                raise KeyboardInterrupt
            batches.append(ids)
            return original(service, run, scope, ids)

        with (
            patch("odoo.addons.vip_care.models.vip_standing_review.BATCH", 7),
            patch.object(review, "_review_batch", killed),
            suppress(KeyboardInterrupt),
        ):
            self._review(day)
        done = [member_id for batch in batches for member_id in batch]
        waiting = self.env["vip.standing.due"].search([]).partner_id
        self.assertFalse(waiting & members.browse(done))
        self._review(day)
        self.assertEqual(self._figures(members), expected)
        states = self.env["vip.job.run"].search(
            [("job", "=", "review"), ("company_id", "=", self.company.id)], limit=2
        )
        self.assertEqual(states.mapped("state"), ["done", "interrupted"])

    def test_one_bad_member_harms_only_herself(self):
        members = self._fill(9)
        bad = members[4]
        original = self.env.registry["vip.standing.review"]._query_review

        def query(service, scope, ids):
            if bad.id in ids:
                raise psycopg2.DataError("numeric field overflow")
            return original(service, scope, ids)

        with (
            patch.object(
                self.env.registry["vip.standing.review"], "_query_review", query
            ),
            self.assertLogs("odoo.addons.vip_care.models.vip_standing_review"),
        ):
            runs = self._review("2026-06-20", members)
        run = runs.filtered(lambda run: run.company_id == self.company)
        self.assertEqual(run.error_count, 1)
        self.assertIn(str(bad.id), run.error_text)
        self.assertIn("numeric field overflow", run.error_text)
        self.assertFalse(bad.vip_lifecycle)
        self.assertTrue(all((members - bad).mapped("vip_lifecycle")))

    def test_today_is_the_stores_day(self):
        pacific = self._create_store("Far", "T3", tz="America/Los_Angeles")
        here = self._create_member()
        there = self._create_member(vip_store_id=pacific.id)
        for member in (here, there):
            self._buy(member, "2026-03-10", 100)
        # 11 June in Shanghai, where three months are over, still the 10th out west.
        with freeze_time("2026-06-10 18:00:00"):
            self.env["vip.standing.review"].run()
        self.assertEqual(here.vip_lifecycle, "edge")
        self.assertEqual(there.vip_lifecycle, "active")
        with freeze_time("2026-06-11 08:00:00"):
            self.env["vip.standing.review"].run()
        self.assertEqual(there.vip_lifecycle, "edge")

    def test_purchases_in_another_currency_of_the_chain(self):
        company = self.env["res.company"].create(
            {"name": "Abroad", "currency_id": self.env.ref("base.HKD").id}
        )
        store = self._create_store("Abroad", "T4", company_id=company.id)
        currency = self.company.currency_id
        for record, rate in [(currency, 1.0), (company.currency_id, 0.5)]:
            record.rate_ids.unlink()
            self.env["res.currency.rate"].create(
                {"currency_id": record.id, "rate": rate, "name": "2026-01-01"}
            )
        member = self._create_member()
        self._buy(member, "2026-06-01", 100)
        self._buy(member, "2026-06-02", 100, store_id=store.id)
        self._review("2026-06-20", member)
        self.assertEqual(member.vip_amount_total, 300)

    def test_only_head_office_may_start_it(self):
        manager = new_test_user(
            self.env, "manager_r", groups="vip_care.group_region_manager"
        )
        with self.assertRaises(AccessError):
            self.env["vip.standing.review"].with_user(manager).run()
        head = new_test_user(self.env, "head_r", groups="vip_care.group_head_office")
        member = self._create_member()
        self.env["vip.standing.review"].with_user(head).run(partner_ids=member.ids)
        self.assertEqual(member.vip_lifecycle, "prospect")

    def test_cron(self):
        member = self._create_member()
        self._buy(member, "2026-06-01", 100)
        self.env["vip.standing.review"].with_user(
            self.env.ref("base.user_root")
        )._cron_collect_and_review()
        self.assertTrue(member.vip_lifecycle)
        self.assertFalse(self.env["vip.standing.due"].search_count([]))

    def test_query_count_does_not_grow_with_members(self):
        few, many = self._fill(3), self._fill(60)
        self._review("2026-06-20", few)
        with self.assertQueryCount(60):
            self._review("2026-06-21", few)
        with self.assertQueryCount(60):
            self._review("2026-06-21", many)
