from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .plan_common import DAY, VipPlanCommon


def after(days):
    return DAY + timedelta(days=days)


@tagged("post_install", "-at_install")
class TestPlanLoad(VipPlanCommon):
    """How much an associate's day bears."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.vip_care_daily_limit = 3
        cls.mine = cls.env["res.partner"].union(
            *(cls._create_member(vip_owner_id=cls.lin.id) for _i in range(6))
        )
        cls._agree(cls.mine)

    def _count(self, rule, state="planned"):
        return self.env["vip.care.task"].search_count(
            [("rule_id", "=", rule.id), ("state", "=", state)]
        )

    def _want_all(self, rule, days=5):
        for member in self.mine:
            self._want(rule, member, days=days)

    def _do(self, number, day):
        tasks = self.env["vip.care.task"].search(
            [("state", "=", "planned")], limit=number
        )
        tasks.write({"state": "done", "done_date": day})

    def test_what_is_too_much_waits_and_comes_on_its_last_day(self):
        call = self._rule()
        self._want_all(call, days=3)
        for planned in (3, 3):
            self._plan()
            self.assertEqual(self._count(call), planned)
        self._do(2, DAY)
        self._plan()
        self.assertEqual(self._count(call), 1, "two done today count for today")
        self._plan(after(1))
        self.assertEqual(self._count(call), 3)
        self._plan(after(2))
        self.assertEqual(self._count(call), 4, "the last day")

    def test_the_more_important_goes_first_and_messages_wait_for_nobody(self):
        call, message = self._rule(), self._rule(channel="message")
        visit = self._rule(channel="visit", priority=70)
        self._want_all(call)
        self.mine[:2].vip_preferred_channel = "visit"
        for member in self.mine[:2]:
            self._want(visit, member, key="visit", days=5)
        others = [self._create_member(vip_owner_id=self.lin.id) for _i in range(5)]
        self._agree(others)
        for member in others:
            self._want(message, member)
        self._plan()
        self.assertEqual(
            [self._count(rule) for rule in (visit, call, message)], [2, 1, 5]
        )

    def test_a_rule_has_a_limit_of_its_own(self):
        call, gift = self._rule(daily_limit=1), self._rule(channel="gift", priority=10)
        for member in self.mine[:3]:
            self._want(call, member, days=9)
        for member in self.mine[3:]:
            self._want(gift, member, days=9)
        self._plan()
        self.assertEqual((self._count(call), self._count(gift)), (1, 2))
        self.company.vip_care_daily_limit = 9
        self._plan()
        self.assertEqual((self._count(call), self._count(gift)), (1, 3))

    def test_what_waits_for_room_still_keeps_the_lesser_back(self):
        call, message = (
            self._rule(priority=60, daily_limit=1),
            self._rule(channel="message", priority=10),
        )
        for member in self.mine[:2]:
            self._want(call, member, days=4)
            self._want(message, member, key="m")
        self._plan()
        self.assertEqual((self._count(call), self._count(message)), (1, 0))


@tagged("post_install", "-at_install")
class TestPlanDays(VipPlanCommon):
    """Each store's own day, by a job that may be killed and started again."""

    def _cron(self, moment):
        with freeze_time(moment):
            self.env["vip.care.rule"].with_context(vip_no_commit=True)._cron_plan()

    def test_each_store_on_its_own_day(self):
        tokyo = self._create_store("Ginza", "T3", tz="Asia/Tokyo")
        rule = self._rule()
        early = self._create_member(vip_store_id=tokyo.id)
        self._want(rule, self.mei)
        self._want(rule, early)
        self._cron("2026-06-14 15:30:00")
        self.assertEqual(tokyo.vip_planned_on, DAY)
        self.assertEqual(self.store.vip_planned_on, DAY - timedelta(days=1))
        self.assertEqual(self._fate(rule, early), self._planned())
        self.assertFalse(self._tasks())
        self._cron("2026-06-14 16:00:00")
        self.assertEqual(self.store.vip_planned_on, DAY)
        self.assertEqual(self._fate(rule), self._planned())

    def test_during_the_day_only_what_has_arrived(self):
        daily, arriving = self._rule(), self._rule(trigger="weather", cap_days=0)
        self._cron("2026-06-15 01:00:00")
        other = self._create_member()
        self._want(daily, self.mei)
        self._want(arriving, other)
        self._cron("2026-06-15 02:00:00")
        self.assertEqual(self._fate(arriving, other), self._planned())
        self.assertFalse(self._tasks())
        self._cron("2026-06-15 16:00:00")
        self._want(daily, self.mei, due=DAY + timedelta(days=1))
        self._plan(DAY + timedelta(days=1))
        self.assertTrue(self._tasks())

    def test_during_the_day_the_better_still_wins(self):
        birthday = self._rule(trigger="birthday", priority=90)
        weather = self._rule(trigger="weather", priority=10)
        self._cron("2026-06-15 01:00:00")
        self._want(birthday, self.mei, due=DAY + timedelta(days=2))
        self._want(weather, self.mei)
        self._cron("2026-06-15 02:00:00")
        self.assertEqual(self._fate(weather)[:2], ("skipped", "outranked"))

    def test_killed_between_two_days_it_goes_on(self):
        """What one transaction planned stays, the rest is planned by the next run."""
        tokyo = self._create_store("Ginza", "T3", tz="Asia/Tokyo")
        early, rule = self._create_member(vip_store_id=tokyo.id), self._rule()
        self._want(rule, self.mei)
        self._want(rule, early, due=DAY + timedelta(days=1))
        planner = self.env.registry["vip.care.planner"]
        original, scopes = planner._plan, []

        def killed(model, run, scope, *args):
            scopes.append(scope.day)
            if len(scopes) == 2:
                raise KeyboardInterrupt
            return original(model, run, scope, *args)

        moment = "2026-06-15 15:30:00"  # tomorrow in Tokyo
        with patch.object(planner, "_plan", killed), suppress(KeyboardInterrupt):
            self._cron(moment)
        planned = self._tasks() | self._tasks(early)
        self.assertEqual(len(planned), 1)
        self._cron(moment)
        self.assertEqual(self._fate(rule), self._planned())
        self.assertEqual(
            self._fate(rule, early), self._planned(due=DAY + timedelta(days=1))
        )
        runs = self.env["vip.job.run"].search(
            [("job", "=", "care"), ("company_id", "=", self.company.id)], limit=2
        )
        self.assertEqual(runs.mapped("state"), ["done", "interrupted"])

    def test_the_job_runs_as_odoo_runs_it(self):
        rule = self._rule()
        self._want(rule, self.mei, due=self.store._vip_today())
        with self.enter_registry_test_mode():
            self.env.ref("vip_care.ir_cron_plan_care").method_direct_trigger()
        self.assertEqual(self._tasks().rule_id, rule)
