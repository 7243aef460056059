from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .text_common import VipTextCommon

SATURDAY = "Dear {name}, tea on Saturday at three. {store} {associate}"
FRIDAY = "Dear {name}, tea on Friday at two. {store} {associate}"
SIGNED = "North Gate Store Lin Yue"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-15 02:00:00")
class TestCareEventEdits(VipTextCommon):
    """An activity from the 15th to the 20th, planned with a member of each store."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vip.care.rule"].search([("id", "!=", cls.rule.id)]).active = False
        cls.activity = cls._message_rule("activity", "invitation", priority=99)
        cls.stores = cls.store + cls.other_store
        cls.members = cls._friend("Mei Chan") + cls._friend(
            "Ann Wong", vip_store_id=cls.other_store.id
        )
        for member in cls.members:
            member._vip_record_consents(
                ["service", "care", "marketing"], given=True, method="paper", text="Yes"
            )
        cls.event = cls.env["vip.care.event"].create(
            {
                "name": "Tea",
                "kind": "activity",
                "invitation": SATURDAY,
                "store_ids": [Command.set(cls.stores.ids)],
                "date_from": "2026-11-15",
                "date_to": "2026-11-20",
            }
        )
        cls.event.action_give_out()
        cls._plan_day()
        cls.near, cls.far = (
            cls.event.task_ids.filtered(lambda task, one=member: task.partner_id == one)
            for member in cls.members
        )

    @classmethod
    def _plan_day(cls, day="2026-11-15"):
        cls.env["vip.care.rule"].plan(day)
        cls.event.invalidate_recordset()

    def _states(self):
        return sorted(
            (task.partner_id.name, task.state, task.guard)
            for task in self.event.task_ids
        )

    def _assert_both_planned(self):
        both = [("Ann Wong", "planned", False), ("Mei Chan", "planned", False)]
        planned = [row for row in self._states() if row[1] == "planned"]
        self.assertEqual(planned, both)

    def test_another_last_day_is_that_of_the_contacts(self):
        self._assert_both_planned()
        self.near.until = date(2026, 11, 17)  # ends before a birthday
        self.event.date_to = "2026-11-18"
        self.assertEqual((self.near.until.day, self.far.until.day), (17, 18))
        self.event.date_to = "2026-11-22"
        self.assertEqual((self.near.until.day, self.far.until.day), (17, 22))
        self.event.write({"date_from": "2026-11-18", "name": "Tea, later"})
        self.assertEqual((self.far.due_date.day, self.far.event_date.day), (18, 18))
        self.assertEqual(self.far.facts["name"], "Tea, later")
        self.assertEqual(self.near.state, "cancelled", "no day is left for it")

    def test_days_in_the_past_take_all_back_until_they_are_mended(self):
        done = self.near
        done.write({"state": "done", "done_date": "2026-11-15"})
        self.event.write({"date_from": "2026-10-15", "date_to": "2026-10-20"})
        self.assertEqual((self.far.state, self.far.guard), ("cancelled", "late"))
        self.assertEqual((done.state, done.until.day), ("done", 20))
        self.event.write({"date_from": "2026-11-15", "date_to": "2026-11-20"})
        self._plan_day()
        self.assertEqual(
            self._states(),
            [
                ("Ann Wong", "cancelled", "late"),
                ("Ann Wong", "planned", False),
                ("Mei Chan", "done", False),
            ],
        )

    def test_a_store_taken_out_has_no_contacts_until_it_is_back(self):
        self.event.store_ids = self.store
        self.assertEqual((self.near.state, self.far.state), ("planned", "cancelled"))
        self._plan_day()
        self.assertEqual(len(self.event.task_ids), 2)
        cron = self.env.ref("vip_care.ir_cron_plan_care")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        self.event.with_user(self.office).store_ids = self.stores
        self.assertTrue(triggers.search_count([("cron_id", "=", cron.id)]))
        self._plan_day()
        self._assert_both_planned()
        self.assertEqual(len(self.event.task_ids), 3)

    def test_another_invitation_replaces_the_former(self):
        self.assertIn("on Saturday at three", self.near.body)
        mine = f"Dear Ann, do come to our tea. {SIGNED}"
        self.far.body = mine.replace("North Gate Store", "South Gate")
        kept = self.far.body
        self.event.with_user(self.office).invitation = FRIDAY
        self.assertEqual(
            self.near.body, f"Dear Mei Chan, tea on Friday at two. {SIGNED}"
        )
        self.assertTrue(self.near.body_digest)
        self.assertEqual(self.far.body, kept, "reworded by hand")

    def test_what_had_no_words_gets_the_new_ones_and_what_is_done_stays(self):
        self.near.write({"body": False, "guard": "words"})
        self.far.write({"state": "done", "done_date": "2026-11-15"})
        sent = self.far.body
        self.event.write({"invitation": FRIDAY, "date_to": "2026-11-18"})
        self.assertEqual((self.near.guard, self.near.until.day), (False, 18))
        self.assertIn("on Friday at two", self.near.body)
        self.assertEqual(self.far.body, sent)

    def test_another_weather_is_another_warning(self):
        cold = self.env.ref("vip_care.vip_occasion_weather_cold")
        with self.assertRaises(UserError):
            self.event.occasion_id = cold
