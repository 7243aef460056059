from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .plan_common import DAY, VipPlanCommon

NOW = "2026-06-15 02:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareLifted(VipPlanCommon):
    """What was stopped is planned again when the stop is lifted, and only that."""

    def setUp(self):
        super().setUp()
        self.rule = self._rule("Call", trigger="festival", cap_days=0)
        self.message = self._rule("Card", channel="message", cap_days=0)
        for rule in (self.rule, self.message):
            self._want(rule, self.mei, days=3)
        self._plan()
        self.given.clear()

    def _states(self, rule=None):
        tasks = self._tasks().filtered(lambda t: t.rule_id == (rule or self.rule))
        return [task.state for task in tasks.sorted("id")]

    def _plan_again(self):
        """As the job does later in the day."""
        self.env["vip.care.rule"]._cron_plan()

    def _complaint(self):
        vals = {"partner_id": self.mei.id, "kind": "complaint", "description": "Seam"}
        return self.env["vip.feedback"].create(vals | {"company_id": self.company.id})

    def _settle(self, complaint):
        complaint.action_hear()
        complaint.action_apologise()
        complaint.resolution = "Mended"
        complaint.action_resolve()
        complaint.score = 5
        complaint.action_close()

    def test_archived_by_mistake_and_restored(self):
        self.mei.active = False
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled"])
        self.mei.active = True
        self._plan_again()
        for rule in (self.rule, self.message):
            self.assertEqual(self._states(rule), ["cancelled", "planned"])
        [new] = self._tasks().filtered(
            lambda t: t.rule_id == self.message and t.state == "planned"
        )
        self.assertEqual(self.given, [new.ids])
        self.assertEqual(new.occasion_key, f"test:{DAY}")
        self._plan_again()
        self._plan()
        self.assertEqual(self._states(), ["cancelled", "planned"])

    def test_stopped_and_lifted_twice(self):
        for _time in range(2):
            self.mei.is_vip_member = False
            self.mei.is_vip_member = True
            self._plan()
        self.assertEqual(self._states(), ["cancelled", "cancelled", "planned"])

    def test_mourning_noted_by_mistake(self):
        self.mei.vip_mourning_until = DAY + timedelta(days=30)
        self.assertEqual(self._states(), ["cancelled"])
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled"])
        self.mei.vip_mourning_until = False
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled", "planned"])

    def test_a_refusal_taken_back(self):
        self._agree(self.mei, False)
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled"])
        with freeze_time("2026-06-15 03:00:00"):
            self._agree(self.mei)
            self._plan_again()
        self.assertEqual(self._states(), ["cancelled", "planned"])

    def test_another_stop_still_holds(self):
        self._agree(self.mei, False)
        self.mei.active = False
        self.mei.active = True
        self._plan()
        self.assertEqual(self._states(), ["cancelled"])

    def test_a_complaint_settled_leaves_her_in_peace_for_the_day(self):
        complaint = self._complaint()
        self.assertEqual(self._states(), ["cancelled"])
        self._settle(complaint)
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled"])
        self._plan(DAY + timedelta(days=1))
        self.assertEqual(self._states(), ["cancelled", "planned"])

    def test_what_was_no_complaint(self):
        self._complaint().kind = "inquiry"
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled", "planned"])

    def test_what_is_over_stays_over(self):
        """Greeted before, or too late."""
        done = self._tasks().filtered(lambda task: task.rule_id == self.message)
        done.write(
            {"state": "done", "done_date": DAY, "done_at": fields.Datetime.now()}
        )
        self.mei.active = False
        self.mei.active = True
        self._plan(DAY + timedelta(days=3))
        self.assertEqual(self._states(), ["cancelled"])
        self.assertEqual(self._states(self.message), ["done"])

    def test_a_rule_switched_on_again(self):
        self.rule.active = False
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled"])
        self.rule.active = True
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled", "planned"])
        self.rule.channel = "visit"
        self._plan_again()
        self.assertEqual(self._states(), ["cancelled", "cancelled", "planned"])
        self.assertEqual(self._tasks().sorted("id")[-1].channel, "visit")

    def test_on_its_last_day_what_is_still_stopped_stays_as_it_was(self):
        self.mei.vip_preferred_channel = "none"
        self._plan(DAY + timedelta(days=2))
        self.assertEqual(self._fate(self.rule)[:2], ("cancelled", "no_contact"))
