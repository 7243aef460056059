from freezegun import freeze_time

from odoo.exceptions import UserError

from .care_task_common import NOW, CareTaskCommon

JUNK = (None, False, True, 0, 7, "", "x", "9999", [], ["reached"], {}, {"a": 1}, 1.5)


@freeze_time(NOW)
class TestCareSteps(CareTaskCommon):
    """What an associate does with a contact of her member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls._plan(cls.mine, until="2026-06-20")
        cls.as_lin = cls.task.with_user(cls.lin)

    def _values(self, *names):
        self.task.invalidate_recordset()
        return [self.task[name] for name in names]

    def test_done_logs_who_when_and_how(self):
        self.as_lin.action_done("reached", note="  Likes the coat ")
        self.assertEqual(
            self._values("state", "outcome", "note", "done_by_id"),
            ["done", "reached", "Likes the coat", self.lin.employee_id],
        )
        self.assertEqual(str(self.task.done_date), "2026-06-15")
        self.assertEqual(str(self.task.done_at), NOW)

    def test_the_day_is_the_stores(self):
        with freeze_time("2026-06-15 16:30:00"):
            self.as_lin.action_done("reached")
        self.assertEqual(str(self.task.done_date), "2026-06-16")

    def test_what_is_over_is_not_done_again(self):
        self.as_lin.action_done("reached")
        for step in (
            lambda: self.as_lin.action_done("not_reached"),
            lambda: self.as_lin.action_skip("met"),
            lambda: self.as_lin.action_postpone("2026-06-16"),
            lambda: self.as_lin.action_contact("call"),
        ):
            with self.assertRaisesRegex(UserError, "changed meanwhile: Done"):
                step()
        self.assertEqual(self._values("outcome"), ["reached"])

    def test_each_channel_has_its_outcomes(self):
        for channel, wrong in (("call", "sent"), ("message", "reached")):
            self.task.channel = channel
            with self.assertRaisesRegex(UserError, "how the contact went"):
                self.as_lin.action_done(wrong)
        self.as_lin.action_done("sent")
        self.assertEqual(self._values("state"), ["done"])

    def test_answers_fill_what_is_empty(self):
        self.as_lin.action_done(
            "reached", answers={"size_top": "M", "hours": "weekend|evening"}
        )
        self.assertEqual(self.mine.vip_size_top, "M")
        self.assertEqual(self.mine.vip_preferred_hours, "evening")

    def test_a_bad_answer_changes_nothing_and_says_which(self):
        self.mine.vip_work = "Teacher"
        for answers, said in (
            ({"size_top": "M", "gender": "cat"}, "Gender: Choose one"),
            ({"work": "Cook"}, "Work: known by now"),
            ({"birthday": "2027-01-01"}, "Birthday: A birthday cannot lie"),
            ({"phone": "13800138000"}, "not asked here"),
            ({"vip_owner_id": 1}, "not asked here"),
            ("size_top", "Type what she said"),
        ):
            with self.subTest(answers=answers), self.assertRaisesRegex(UserError, said):
                self.as_lin.action_done("reached", answers=answers)
        self.assertEqual(self._values("state"), ["planned"])
        self.assertFalse(self.mine.vip_size_top)
        self.assertEqual(self.mine.vip_work, "Teacher")

    def test_a_complaint_is_opened_as_hers(self):
        with self.assertRaisesRegex(UserError, "what she complains about"):
            self.as_lin.action_done("complaint")
        with self.assertRaisesRegex(UserError, "what she complains about"):
            self.as_lin.action_done("complaint", feedback={"subject": "fit"})
        later = self._plan(self.mine, "2026-06-30")
        self.as_lin.action_done(
            "complaint", feedback={"subject": "fit", "description": "Too tight"}
        )
        voice = self.env["vip.feedback"].search([("task_id", "=", self.task.id)])
        self.assertEqual(
            (voice.kind, voice.subject, voice.description, voice.source),
            ("complaint", "fit", "Too tight", "call"),
        )
        self.assertEqual(voice.partner_id, self.mine)
        self.assertEqual(voice.owner_id, self.lin.employee_id)
        self.assertTrue(voice.is_open)
        self.assertEqual((later.state, later.guard), ("cancelled", "complaint"))
        self.assertEqual(self._values("state"), ["done"])

    def test_how_content_she_is_is_kept(self):
        for score in (0, 6, "5", True, 4.5, None):
            with self.subTest(score=score), self.assertRaisesRegex(UserError, "1 to 5"):
                self.as_lin.action_done("reached", feedback={"score": score})
        self.as_lin.action_done("reached", feedback={"score": 4})
        voice = self.env["vip.feedback"].search([("task_id", "=", self.task.id)])
        self.assertEqual((voice.kind, voice.score), ("satisfaction", 4))

    def test_a_refusal_is_a_refused_consent(self):
        self._agree(self.mine)
        later = self._plan(self.mine, "2026-06-30")
        self.as_lin.action_done("refused")
        self.assertEqual((later.state, later.guard), ("cancelled", "refused"))
        self.assertFalse(self.mine._vip_has_consent("care"))
        self.assertFalse(self.mine._vip_has_consent("marketing", "sms"))
        self.assertTrue(self.mine._vip_has_consent("service"))
        self.assertEqual(self._values("state", "outcome"), ["done", "refused"])
        with self.assertRaisesRegex(UserError, "wishes no more contact"):
            self.as_lin.action_reopen()

    def test_a_wrong_number_is_marked_until_a_new_one_is_typed(self):
        self.as_lin.action_done("wrong_number")
        self.assertTrue(self.mine.vip_phone_is_wrong)
        self.mine.with_user(self.lin).write({"phone": self.mine.phone})
        self.assertTrue(self.mine.vip_phone_is_wrong)
        self.mine.with_user(self.lin).write({"phone": "13911112222"})
        self.assertFalse(self.mine.vip_phone_is_wrong)

    def test_a_gift_has_a_name_and_a_cost(self):
        self.task.channel = "gift"
        for cost in (-1, float("nan"), float("inf"), "ten", True, 10**8, [5]):
            with self.subTest(cost=cost), self.assertRaisesRegex(UserError, "cost"):
                self.as_lin.action_done("given", gift="Scarf", gift_cost=cost)
        self.as_lin.action_done("given", gift="Scarf", gift_cost=38.5)
        self.assertEqual(self._values("gift", "gift_cost"), ["Scarf", 38.5])

    def test_skipping_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "why she is not"):
            self.as_lin.action_skip("bored")
        with self.assertRaisesRegex(UserError, "in a few words"):
            self.as_lin.action_skip("other", "  ")
        self.as_lin.action_skip("other", "On holiday")
        self.assertEqual(
            self._values("state", "reason", "note"), ["skipped", "other", "On holiday"]
        )

    def test_postponing_stays_within_the_last_day(self):
        for day, said in (
            ("2026-06-15", "after today"),
            ("2026-06-01", "after today"),
            ("2026-06-21", "06/20/2026"),
            ("tomorrow", "Choose a day"),
        ):
            with self.subTest(day=day), self.assertRaisesRegex(UserError, said):
                self.as_lin.action_postpone(day)
        self.as_lin.action_postpone("2026-06-20", "She asked for Saturday")
        self.assertEqual(str(self.task.due_date), "2026-06-20")
        with self.assertRaisesRegex(UserError, "not for today"):
            self.as_lin.action_done("reached")

    def test_what_was_noted_today_is_taken_back(self):
        self.as_lin.action_done("wrong_number", note="A man answered")
        self.as_lin.action_reopen()
        self.assertEqual(
            self._values("state", "outcome", "done_by_id", "done_at", "done_date"),
            ["planned", False, self.env["hr.employee"], False, False],
        )
        self.assertFalse(self.mine.vip_phone_is_wrong)
        self.assertEqual(self.task.note, "A man answered")
        self.as_lin.action_skip("met")
        with (
            freeze_time("2026-06-16 02:00:00"),
            self.assertRaisesRegex(UserError, "same day"),
        ):
            self.as_lin.action_reopen()

    def test_what_the_planner_dropped_is_not_taken_back(self):
        self.task.write({"state": "skipped", "guard": "cap"})
        with self.assertRaisesRegex(UserError, "same day"):
            self.as_lin.action_reopen()

    def test_junk_is_answered_with_a_sentence(self):
        calls = {
            "action_contact": lambda junk: [junk],
            "action_done": lambda junk: [junk],
            "action_skip": lambda junk: [junk],
            "action_postpone": lambda junk: [junk],
        }
        for name, arguments in calls.items():
            for junk in JUNK:
                with (
                    self.subTest(step=name, junk=junk),
                    self.assertRaises(UserError),
                ):
                    getattr(self.as_lin, name)(*arguments(junk))
        for junk in (7, True, [], {}, "x" * 2001):
            if junk:
                with self.assertRaises(UserError):
                    self.as_lin.action_done("reached", note=junk)
        self.assertEqual(self._values("state"), ["planned"])

    def test_one_contact_at_a_time(self):
        both = self.as_lin + self._plan(self.mine).with_user(self.lin)
        with self.assertRaisesRegex(UserError, "one contact"):
            both.action_done("reached")
        with self.assertRaisesRegex(UserError, "one contact"):
            both.browse().action_skip("met")
