from datetime import timedelta

from odoo.tests import tagged

from .plan_common import DAY, VipPlanCommon


def after(days):
    return DAY + timedelta(days=days)


@tagged("post_install", "-at_install")
class TestPlanOrder(VipPlanCommon):
    """Several contacts with one member: the most important wins, well apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.great = cls._rule("Great", priority=90, trigger="special_day")
        cls.fair = cls._rule("Fair", priority=50, trigger="season")
        cls.small = cls._rule("Small", priority=20, trigger="purchase")

    def _done(self, rule, day):
        task = self._tasks().filtered(lambda task: task.rule_id == rule)
        task.write({"state": "done", "done_date": day})

    def test_of_two_on_one_day_the_more_important(self):
        self._want(self.small, self.mei)
        self._want(self.great, self.mei)
        self._plan()
        self.assertEqual(self._fate(self.great), self._planned())
        self.assertEqual(self._fate(self.small), ("skipped", "outranked", DAY, DAY))

    def test_of_equals_the_one_that_ends_first_then_the_older_rule(self):
        twin = self._rule("Twin", priority=50)
        other = self._create_member()
        self._want(self.fair, self.mei, days=5)
        self._want(twin, self.mei, days=3)
        self._want(self.fair, other, days=3)
        self._want(twin, other, days=3)
        self._plan()
        self.assertEqual(self._fate(twin), self._planned(3))
        self.assertIsNone(self._fate(self.fair))
        self.assertEqual(self._fate(self.fair, other), self._planned(3))
        self.assertIsNone(self._fate(twin, other))

    def test_the_lesser_waits_until_the_cap_is_over(self):
        self._want(self.great, self.mei)
        self._want(self.small, self.mei, days=10)
        self._plan()
        self._done(self.great, DAY)
        for days in range(1, 7):
            self._plan(after(days))
            self.assertIsNone(self._fate(self.small), days)
        self._plan(after(7))
        self.assertEqual(self._fate(self.small), self._planned(3, after(7)))

    def test_what_cannot_wait_long_enough_is_skipped_on_its_last_day(self):
        self._want(self.great, self.mei)
        self._want(self.small, self.mei, days=6)
        self._plan()
        self._done(self.great, DAY)
        self._plan(after(4))
        self.assertIsNone(self._fate(self.small))
        self._plan(after(5))
        self.assertEqual(self._fate(self.small), ("skipped", "cap", DAY, after(5)))

    def test_two_open_ones_stay_apart_also_when_no_rule_asks_for_her(self):
        self._want(self.small, self.mei, days=30)
        self._plan()
        self._want(self.great, self.mei, after(1), days=5)
        self._plan(after(1))
        self.assertEqual(self._fate(self.small)[2], after(8))
        self.wanted.clear()
        self._plan(after(3))
        self.assertEqual(self._fate(self.great)[2], after(1))
        self.assertEqual(self._fate(self.small)[2], after(10))

    def test_the_longer_cap_of_the_two_counts(self):
        self.small.cap_days, self.great.cap_days = 2, 20
        self._want(self.great, self.mei)
        self._want(self.small, self.mei, due=after(1), days=30)
        self._plan()
        self._done(self.great, DAY)
        self._plan(after(19))
        self.assertIsNone(self._fate(self.small))
        self._plan(after(20))
        self.assertEqual(self._fate(self.small), self._planned(11, after(20)))

    def test_contacts_without_a_cap_meet(self):
        (self.great | self.small | self.fair).cap_days = 0
        for rule in self.great | self.small | self.fair:
            self._want(rule, self.mei)
        self._plan()
        self.assertEqual(set(self._tasks().mapped("state")), {"planned"})

    def test_what_comes_soon_and_matters_more_keeps_the_lesser_back(self):
        self._want(self.great, self.mei, due=after(4))
        self._want(self.small, self.mei, days=20)
        self._plan()
        self.assertFalse(self._tasks())
        self._plan(after(4))
        self.assertEqual(self._fate(self.great), self._planned(1, after(4)))
        self._done(self.great, after(4))
        self._plan(after(11))
        self.assertEqual(self._fate(self.small), self._planned(9, after(11)))

    def test_what_comes_later_only_shortens_the_lesser(self):
        self._want(self.great, self.mei, due=after(9))
        self._want(self.small, self.mei, days=20)
        self._plan()
        self.assertEqual(self._fate(self.small), self._planned(3))

    def test_what_will_never_be_made_keeps_nothing_back(self):
        """The day in sight loses against a still better one: the least is free."""
        self._want(self.great, self.mei, due=after(10))
        self._want(self.fair, self.mei, due=after(6))
        self._want(self.small, self.mei)
        refused = self._create_member(vip_mourning_until=after(10))
        self._want(self.fair, refused, due=after(6))
        self._want(self.small, refused)
        self._plan()
        self.assertEqual(self._fate(self.small), self._planned())
        self.assertEqual(self._fate(self.small, refused), self._planned())

    def test_an_open_task_gives_way(self):
        self._want(self.small, self.mei, days=20)
        self._plan()
        self._want(self.great, self.mei, due=after(2))
        self._plan(after(2))
        self.assertEqual(self._fate(self.great), self._planned(1, after(2)))
        self.assertEqual(
            self._fate(self.small), ("planned", False, after(9), after(19))
        )

    def test_an_open_task_that_cannot_give_way_is_skipped(self):
        self._want(self.small, self.mei, days=6)
        self._plan()
        self._want(self.great, self.mei, due=after(2))
        self._plan(after(2))
        self.assertEqual(
            self._fate(self.small), ("skipped", "outranked", DAY, after(5))
        )

    def test_an_open_task_ends_before_what_is_newly_known(self):
        """Also for a member to whom nothing else is due that day."""
        self._want(self.small, self.mei, days=20)
        self._plan()
        self._want(self.great, self.mei, due=after(12))
        self._plan(after(1))
        self.assertEqual(self._fate(self.small), self._planned(6))

    def test_open_tasks_stay_well_apart_while_nobody_does_them(self):
        self._want(self.small, self.mei, days=30)
        self._plan()
        self._want(self.fair, self.mei, due=after(1), days=25)
        self._want(self.great, self.mei, due=after(2), days=20)
        for days in range(1, 10):
            self._plan(after(days))
            dues = sorted(
                max(task.due_date, after(days))
                for task in self._tasks()
                if task.state == "planned"
            )
            gaps = [(b - a).days for a, b in zip(dues, dues[1:], strict=False)]
            self.assertTrue(all(gap >= 7 for gap in gaps), dues)

    def test_planning_again_on_the_same_day_changes_nothing(self):
        for days, rule in enumerate((self.small, self.fair, self.great) * 3):
            self._want(rule, self.mei, after(days), days=9, key=str(days))
        for days in range(15):
            self._plan(after(days))
            before = self._tasks().read()
            self._plan(after(days))
            self.env.invalidate_all()
            self.assertEqual(self._tasks().read(), before, days)
