from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .plan_common import VipPlanCommon


@tagged("post_install", "-at_install")
class TestCarePreview(VipPlanCommon):
    """Head office sees whom a rule would choose, whom not and why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = new_test_user(
            cls.env, "preview_office", "vip_care.group_head_office"
        )
        cls.today = cls.store._vip_today()

    def _preview(self, rule, day=None):
        action = rule.with_user(self.office).action_preview(day or self.today)
        return (
            self.env["vip.care.preview"].with_user(self.office).browse(action["res_id"])
        )

    def _shown(self, lines):
        return {line.partner_id: line.reason for line in lines}

    def test_it_says_what_planning_then_does(self):
        rule = self._rule(channel="message")
        better = self._rule("Better", priority=90, trigger="special_day")
        silent, busy = self._create_member(), self._create_member()
        self._agree(busy)
        for member in (self.mei, silent, busy):
            self._want(rule, member, due=self.today)
        self._want(better, busy, due=self.today + timedelta(days=2))
        before = self.env["vip.care.task"].search_count([])
        preview = self._preview(rule)
        self.assertEqual(self.env["vip.care.task"].search_count([]), before)
        sentence = self.env["vip.care.guard"]._sentence
        self.assertEqual(self._shown(preview.chosen_ids), {self.mei: False})
        expected = {silent: sentence("consent"), busy: sentence("outranked")}
        self.assertEqual(self._shown(preview.held_ids), expected)
        self.assertEqual((preview.chosen_count, preview.held_count), (1, 2))
        reasons = {line.reason: line.members for line in preview.reason_ids}
        self.assertEqual(reasons, dict.fromkeys(expected.values(), 1))
        self._plan(self.today)
        states = {
            member: self._fate(rule, member)[1] for member in (self.mei, silent, busy)
        }
        self.assertEqual(
            states, {self.mei: False, silent: "consent", busy: "outranked"}
        )
        again = self._preview(rule)
        self.assertEqual(self._shown(again.chosen_ids), {self.mei: False})
        self.assertEqual(self._shown(again.held_ids), expected)

    def test_open_tasks_stay_as_they_are(self):
        small, great = self._rule("Small"), self._rule("Great", priority=90)
        self._want(small, self.mei, due=self.today, days=9)
        self._plan(self.today)
        before = self._tasks().read()
        self._want(great, self.mei, due=self.today)
        self.assertEqual(self._preview(great).chosen_ids.partner_id, self.mei)
        self.env.invalidate_all()
        self.assertEqual(self._tasks().read(), before)

    def test_another_day_and_a_rule_that_is_switched_off(self):
        rule = self._rule(active=False)
        day = self.today + timedelta(days=10)
        self._want(rule, self.mei, due=day)
        preview = self._preview(rule)
        self.assertFalse(preview.chosen_ids)
        with Form(preview) as form:
            form.on_date = day
        preview.action_show()
        self.assertEqual(preview.chosen_ids.partner_id, self.mei)

    def test_head_office_only_and_no_junk(self):
        rule = self._rule()
        manager = new_test_user(
            self.env, "preview_manager", "vip_care.group_region_manager"
        )
        with self.assertRaises(AccessError):
            rule.with_user(manager).action_preview()
        with self.assertRaises(AccessError):
            self.env["vip.care.preview"].with_user(manager).create(
                {"rule_id": rule.id, "on_date": self.today}
            )
        for junk in ("soon", 7, [1], "9999-12-31"):
            with self.subTest(junk=junk), self.assertRaises(UserError):
                self._preview(rule, junk)
        self._set_column(rule, "domain", "[('oops', '=', 1)]")
        self._want(rule, self.mei, due=self.today)
        with self.assertRaises(UserError):
            self._preview(rule)
