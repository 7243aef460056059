from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import new_test_user

from .common import VipCareCommon

NOW = "2026-06-15 04:00:00"


@freeze_time(NOW)
class TestOverviewJobs(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.runs = cls.env["vip.job.run"]
        cls.runs.search([]).unlink()
        cls.now = fields.Datetime.to_datetime(NOW)

    def _job(self, job="collect"):
        jobs = self.env["vip.overview"].get_data({})["jobs"]
        return next(row for row in jobs if row["job"] == job)

    def _run(self, minutes_ago, state="done", job="collect", **vals):
        start = self.now - timedelta(minutes=minutes_ago)
        end = start + timedelta(seconds=9) if state != "running" else False
        return self.runs.create(
            {"job": job, "state": state, "date_start": start, "date_end": end} | vals
        )

    def setUp(self):
        super().setUp()
        manager = new_test_user(
            self.env, "manager", "base.group_user,vip_care.group_store_manager"
        )
        self.env = self.env(user=manager)

    def test_a_job_that_never_ran_is_stale(self):
        job = self._job()
        self.assertEqual(job["state"], "never")
        self.assertTrue(job["is_stale"])

    def test_the_last_run_is_shown_with_what_it_did(self):
        self._run(200, done=7)
        self._run(4, done=120, left=0)
        job = self._job()
        self.assertEqual((job["done"], job["left"], job["error_count"]), (120, 0, 0))
        self.assertEqual(job["date_start"], "2026-06-15 03:56:00")
        self.assertEqual(job["date_end"], "2026-06-15 03:56:09")
        self.assertFalse(job["is_stale"])

    def test_an_hour_without_success_is_stale(self):
        self._run(61)
        self.assertTrue(self._job()["is_stale"])

    def test_care_is_planned_hourly_and_stale_after_three(self):
        self._run(179, job="care")
        self.assertFalse(self._job("care")["is_stale"])
        self.now -= timedelta(minutes=2)
        self.runs.search([("job", "=", "care")]).unlink()
        self._run(179, job="care")
        self.assertTrue(self._job("care")["is_stale"])

    def test_a_running_job_tells_since_when(self):
        self._run(300)
        self._run(2, state="running", done=40, left=60)
        job = self._job()
        self.assertEqual(job["state"], "running")
        self.assertFalse(job["date_end"])
        self.assertFalse(job["is_stale"])

    def test_a_job_running_for_an_hour_is_stale(self):
        self._run(61, state="running")
        self.assertTrue(self._job()["is_stale"])

    def test_an_interrupted_job_counts_from_its_last_success(self):
        self._run(30)
        self._run(3, state="interrupted", left=12)
        job = self._job()
        self.assertEqual((job["state"], job["left"]), ("interrupted", 12))
        self.assertEqual(job["last_success"], "2026-06-15 03:30:09")
        self.assertFalse(job["is_stale"])

    def test_errors_come_with_their_first_line(self):
        self._run(
            5, job="review", error_count=2, error_text="Member 7: bad\nMember 9\n"
        )
        job = self._job("review")
        self.assertEqual(job["error_count"], 2)
        self.assertEqual(job["error_text"], "Member 7: bad")

    def test_another_companys_review_is_not_shown(self):
        other = self.env["res.company"].sudo().create({"name": "Other chain"})
        self._run(5, job="review", company_id=other.id)
        self.assertEqual(self._job("review")["state"], "never")

    def test_the_real_job_leaves_a_run_that_is_well(self):
        self.env["vip.standing.review"].sudo()._cron_collect_and_review()
        for job in ("collect", "review"):
            row = self._job(job)
            self.assertEqual((row["state"], row["is_stale"]), ("done", False))
