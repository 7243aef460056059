from datetime import timedelta

from odoo.tests import tagged

from .plan_common import DAY, VipPlanCommon


@tagged("post_install", "-at_install")
class TestCareRuleStop(VipPlanCommon):
    """What a rule has planned ends with it, and comes again with it."""

    def setUp(self):
        super().setUp()
        self.rule = self._rule(cap_days=0)
        self.other = self._rule("Other", cap_days=0)
        for rule in (self.rule, self.other):
            self._want(rule, self.mei, days=5)
        self._plan()

    def test_a_rule_switched_off_ends_what_it_planned(self):
        self.rule.active = False
        self.assertEqual(self._fate(self.rule)[:2], ("cancelled", "rule"))
        self.assertEqual(self._fate(self.other), self._planned(5))

    def test_what_is_done_stays(self):
        task = self._tasks().filtered(lambda task: task.rule_id == self.rule)
        task.write({"state": "done", "done_date": DAY})
        self.rule.active = False
        self.assertEqual(task.state, "done")

    def test_what_another_rule_would_plan_ends(self):
        for values in ({"channel": "visit"}, {"purpose": "marketing"}):
            with self.subTest(**values), self.env.cr.savepoint() as attempt:
                self.rule.write(values)
                self.assertEqual(self._fate(self.rule)[:2], ("cancelled", "rule"))
                self.assertEqual(self._fate(self.other), self._planned(5))
                attempt.rollback()
            self.env.invalidate_all()
        self.rule.write({"channel": "call", "priority": 7, "name": "Call her"})
        self.assertEqual(self._fate(self.rule), self._planned(5))

    def test_what_was_planned_meanwhile_is_not_made(self):
        """As where planning began before the rule was switched off."""
        task = self._tasks().filtered(lambda task: task.rule_id == self.rule)
        self._set_column(self.rule, "active", False)
        days = {task: DAY + timedelta(days=1)}
        self.assertEqual(
            self.env["vip.care.guard"]._judge(task, days), {task.id: "rule"}
        )
