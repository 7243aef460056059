from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .care_common import VipCareRuleCommon

LUNAR = {"vip_lunar_month": 8, "vip_lunar_day": 20}
JUNE, AUGUST, DECEMBER = date(2026, 6, 15), date(2026, 8, 20), date(2026, 12, 18)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestCareMoved(VipCareRuleCommon):
    """A corrected day is kept on its own day, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rules = cls.env["vip.care.rule"]
        rules.search([]).active = False
        # The words have tests of their own.
        texts = cls.env.registry["vip.care.text"]
        cls.startClassPatcher(patch.object(texts, "_give", lambda self, tasks: tasks))
        cls.rule = cls._create_rule("birthday", offset_days=0, window_days=1)
        cls.lin = cls._create_employee("Lin")
        cls.mei = cls._create_member(
            "Mei", vip_owner_id=cls.lin.id, vip_birthday="1990-06-15"
        )
        cls.mei._vip_record_consents(
            ("service", "care"), True, text="Yes", method="paper"
        )

    def _plan(self, day=JUNE):
        self.env["vip.care.rule"].plan(day)

    def _fates(self, rule=None):
        tasks = self.env["vip.care.task"].search(
            [("rule_id", "=", (rule or self.rule).id)], order="id"
        )
        return [(task.event_date, task.state, task.guard or None) for task in tasks]

    def _task(self):
        return self.env["vip.care.task"].search(
            [("rule_id", "=", self.rule.id)], order="id desc", limit=1
        )

    def test_a_corrected_birthday_is_kept_on_its_own_day(self):
        self._plan()
        self.mei.vip_birthday = "1990-08-20"
        moved = (JUNE, "cancelled", "changed")
        self.assertEqual(self._fates(), [moved])
        self._plan(AUGUST)
        self.assertEqual(self._fates(), [moved, (AUGUST, "planned", None)])

    def test_a_slip_of_the_pen_on_the_day_itself(self):
        self._plan()
        self.mei.vip_birthday = "1990-06-16"
        self.env["vip.care.rule"]._cron_plan()
        self.mei.vip_birthday = "1990-06-15"
        self.env["vip.care.rule"]._cron_plan()
        self.assertEqual(self._fates()[1:], [(JUNE, "planned", None)])

    def test_what_is_right_stays(self):
        self._plan()
        self.mei.write({"vip_birthday": "1991-06-15"} | LUNAR)
        self.assertEqual(self._fates(), [(JUNE, "planned", None)])

    def test_a_birthday_wished_is_not_wished_again_that_year(self):
        """By the same calendar or the other, however far from it."""
        lunar = {"vip_birthday_calendar": "lunar", "vip_lunar_month": 11}
        for values in (
            {"vip_birthday": "1990-12-18"},
            lunar | {"vip_lunar_day": 10, "vip_birthday": False},
        ):
            with self.subTest(**values), self.env.cr.savepoint() as attempt:
                self.mei.vip_birthday = "1990-01-10"
                with freeze_time("2026-01-10 02:00:00"):
                    self._plan(date(2026, 1, 10))
                    self._task().write({"state": "done", "done_date": "2026-01-10"})
                self.mei.write(values)
                with freeze_time("2026-12-18 02:00:00"):
                    self._plan(DECEMBER)
                fates = [fate for fate in self._fates() if fate[1] != "skipped"]
                self.assertEqual(fates, [(date(2026, 1, 10), "done", None)])
                attempt.rollback()
            self.env.invalidate_all()

    def test_neither_by_another_rule(self):
        """What one rule did and another one planned is one birthday."""
        gift = self._create_rule("birthday", offset_days=0, channel="gift")
        self._plan()
        self._task().write({"state": "done", "done_date": JUNE})
        self.mei.vip_birthday = "1990-08-20"
        self._plan(AUGUST)
        for fates in (self._fates(), self._fates(gift)):
            self.assertNotIn("planned", [fate[1] for fate in fates])

    def test_what_was_skipped_as_wrong_or_missed_is_kept_on_the_right_day(self):
        wrong = {"state": "skipped", "reason": "wrong"}
        for values, count in (
            (wrong, 2),
            ({"state": "expired", "guard": "late"}, 2),
            ({"state": "skipped", "reason": "met"}, 1),
            ({"state": "skipped", "is_holdout": True}, 1),
        ):
            with self.subTest(**values), self.env.cr.savepoint() as attempt:
                self._plan()
                self._task().write(values)
                self.mei.vip_birthday = "1990-08-20"
                self._plan(AUGUST)
                self.assertEqual(len(self._fates()), count)
                attempt.rollback()
            self.env.invalidate_all()

    def test_a_birthday_by_the_other_calendar(self):
        self._plan()
        self.mei.write({"vip_birthday_calendar": "lunar"} | LUNAR)
        self.assertEqual(self._fates(), [(JUNE, "cancelled", "changed")])
        kept = date(2026, 9, 30)
        self.assertEqual(self._keys(self.rule, kept), ["birthday:L2026"])
        self._plan(kept)
        self.assertEqual(self._fates()[1], (kept, "planned", None))

    def test_who_may_correct_the_day_need_not_read_the_contact(self):
        self._plan()
        self.mei.with_user(self.env.ref("base.user_root")).vip_birthday = "1990-06-16"
        self.assertEqual(self._fates(), [(JUNE, "cancelled", "changed")])

    def _check_days_of_others(self, trigger, record, correction):
        """`record` is kept on 15 June; corrected or deleted it is not."""
        rule = self._create_rule(trigger, offset_days=0, window_days=1)
        self._plan()
        planned = [(JUNE, "planned", None)]
        self.assertEqual(self._fates(rule), planned)
        record.name = "Another name"
        self.assertEqual(self._fates(rule), planned)
        with self.env.cr.savepoint() as attempt:
            record.write(correction)
            self.assertEqual(self._fates(rule), [(JUNE, "cancelled", "changed")])
            self._plan(AUGUST)
            self.assertEqual(self._fates(rule)[1], (AUGUST, "planned", None))
            attempt.rollback()
        self.env.invalidate_all()
        record.unlink()
        self.assertEqual(self._fates(rule), [(JUNE, "cancelled", "changed")])

    def test_special_days(self):
        self.mei.vip_birthday = False
        day = self.env["vip.special.day"].create(
            {"partner_id": self.mei.id, "name": "Wedding", "month": 6, "day": 15}
        )
        self._check_days_of_others("special_day", day, {"month": 8, "day": 20})

    def test_birthdays_in_the_family(self):
        self.mei.vip_birthday = False
        child = self.env["vip.relation"].create(
            {"partner_id": self.mei.id, "name": "Bao", "kind": "child"}
            | {"birthday_month": 6, "birthday_day": 15}
        )
        self._check_days_of_others(
            "family_birthday", child, {"birthday_month": 8, "birthday_day": 20}
        )
