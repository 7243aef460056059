from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .care_task_common import NOW, CareTaskCommon


@freeze_time(NOW)
class TestCareContact(CareTaskCommon):
    """The moment of contact: the guards speak first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls._words("Dear Ms Wang, the plum trees are in flower.", cls.mine)
        cls._agree(cls.mine)
        cls.task = cls._plan(
            cls.mine, channel="message", text_kind="greeting", body=cls.body
        )
        cls.as_lin = cls.task.with_user(cls.lin)

    def test_number_and_words_come_when_no_guard_objects(self):
        told = self.as_lin.action_contact("send")
        self.assertEqual(told["number"], self.mine.vip_phone_key)
        self.assertRegex(told["phone"], r"^\+86 ")
        self.assertEqual(told["body"], self.body)

    def test_a_guard_is_told_in_its_sentence(self):
        with freeze_time("2026-06-15 15:00:00"):
            for how in ("call", "copy", "send"):
                with (
                    self.subTest(how=how),
                    self.assertRaisesRegex(UserError, "She may be contacted from"),
                ):
                    self.as_lin.action_contact(how)

    def test_nobody_calls_a_number_that_is_known_to_be_wrong(self):
        self.as_lin.action_done("wrong_number")
        call = self._plan(self.mine).with_user(self.lin)
        with self.assertRaisesRegex(UserError, "no mobile number"):
            call.action_contact("call")
        self.mine.phone = "13911112222"
        self.assertEqual(call.action_contact("call")["number"], "+8613911112222")

    def test_copying_tells_no_number_and_reading_one_is_counted(self):
        views = self.env["vip.access.view"].sudo()
        mine = [("user_id", "=", self.lin.id), ("partner_id", "=", self.mine.id)]
        told = self.as_lin.action_contact("copy")
        self.assertFalse(told["number"] or told["phone"])
        self.assertFalse(views.search_count(mine))
        self.as_lin.action_contact("call")
        self.assertEqual(views.search_count(mine), 1)

    def test_without_words_or_number_it_says_so(self):
        self.task.body = False
        with self.assertRaisesRegex(UserError, "No words left"):
            self.as_lin.action_contact("copy")
        call = self._plan(self.mine).with_user(self.lin)
        with self.assertRaisesRegex(UserError, "no words yet"):
            call.action_contact("send")

    def _open_visit(self, **vals):
        """Plan a contact nobody rings for, and return it as its owner has it."""
        vals = {"channel": "visit", "until": "2026-06-18"} | vals
        return self._plan(self.mine, **vals).with_user(self.lin)

    def _assert_refused(self, contact, how, said):
        with self.assertRaisesRegex(UserError, said):
            contact.action_contact(how)

    def test_a_call_is_a_call_whatever_was_planned(self):
        late = "2026-06-15 15:30:00"  # half past eleven at night
        for channel in ("visit", "gift", "service"):
            with self.subTest(channel=channel):
                visit = self._open_visit(channel=channel)
                self.assertTrue(visit.action_contact("call")["number"])
                with freeze_time(late):
                    self._assert_refused(visit, "call", "may be contacted from 08:00")
                self.mine.vip_preferred_hours = "evening"
                self._assert_refused(visit, "call", "may be contacted from 17:30")
                self.mine.vip_preferred_hours = False
                self.mine.vip_phone_is_wrong = True
                self._assert_refused(visit, "call", "no mobile number")
                self.mine.vip_phone_is_wrong = False
                visit.sudo().unlink()

    def test_who_refused_calls_is_visited_and_not_called(self):
        say = self.mine._vip_record_consents
        visit = self._open_visit()
        say(["care"], given=False, method="verbal", channel="phone", text="No calls")
        self._assert_refused(visit, "call", "refused to be contacted")
        self.assertFalse(self.env["vip.care.guard"]._blocked(visit.sudo()))
        self.mine.phone = False
        self._assert_refused(visit, "call", "refused to be contacted")
        self.assertEqual(visit.state, "planned")

    def test_a_message_is_one_whatever_was_planned(self):
        visit = self._open_visit(body=self._words("Dear Ms Wang, be well.", self.mine))
        self.assertTrue(visit.action_contact("copy")["body"])
        self.mine._vip_record_consents(
            ["care"], given=False, method="verbal", channel="sms", text="No texts"
        )
        for how in ("copy", "send"):
            self._assert_refused(visit, how, "refused to be contacted")
        self.assertTrue(visit.action_contact("call")["number"])
        with freeze_time("2026-06-15 15:30:00"):
            visit.action_done("visited")  # in the evening, without a call
        self.assertEqual(visit.state, "done")

    def test_not_before_its_day(self):
        self.task.write({"due_date": "2026-06-16", "until": "2026-06-18"})
        with self.assertRaisesRegex(UserError, "not for today"):
            self.as_lin.action_contact("call")

    def test_words_are_reworded_within_the_manners(self):
        new = self._words("Dear Ms Wang, may the rain be kind to you.", self.mine)
        self.as_lin.write({"body": new})
        self.assertEqual(self.task.body, new)
        for words in ("Dear Ms Wang", self._words("Coats at 30% off!", self.mine)):
            with self.subTest(words=words), self.assertRaises(ValidationError):
                self.as_lin.write({"body": words})


@freeze_time(NOW)
class TestCareTaskGate(CareTaskCommon):
    """Nobody changes the log but by the steps, and nobody another's members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls._plan(cls.mine, text_kind="greeting", until="2026-06-20")
        cls.everybody = cls.lin + cls.boss + cls.gu + cls.he

    def test_whoever_looks_after_her_may_step(self):
        for user in self.everybody:
            with self.subTest(user=user.login):
                task = self.task.with_user(user)
                task.action_done("reached")
                task.action_reopen()
                task.action_postpone("2026-06-16")
                self.task.due_date = "2026-06-15"

    def test_a_colleague_and_a_till_may_not(self):
        for user in (self.mei, self.far, self.till, self.auditor, self.clerk):
            task = self.task.with_user(user)
            for step in (
                lambda task=task: task.action_contact("call"),
                lambda task=task: task.action_done("reached"),
                lambda task=task: task.action_skip("met"),
                lambda task=task: task.action_postpone("2026-06-16"),
                lambda task=task: task.action_reopen(),
                lambda task=task: task.write({"body": "Hello"}),
                lambda task=task: task.read(["note"]),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    step()
        self.assertEqual(self.task.state, "planned")

    def test_by_hand_only_words_and_gift_are_written(self):
        for user in self.everybody:
            task = self.task.with_user(user)
            for name, value in (
                ("state", "done"),
                ("note", "x"),
                ("outcome", "sent"),
                ("owner_id", False),
                ("due_date", "2026-06-30"),
                ("partner_id", self.hers.id),
            ):
                with (
                    self.subTest(user=user.login, name=name),
                    self.assertRaisesRegex(AccessError, "by its buttons"),
                ):
                    task.write({name: value})
            with self.assertRaises(AccessError):
                task.unlink()
            with self.assertRaises(AccessError):
                task.copy()
            task.write({"gift": "Tea", "gift_cost": 12})
        self.assertEqual(self.task.gift_cost, 12)

    def test_a_gift_by_hand_is_checked_as_in_a_step(self):
        task = self.task.with_user(self.lin)
        task.write({"gift": " Tea\u200b ", "gift_cost": 12.5})
        for name, value in (
            *(("gift_cost", junk) for junk in (-5000, 1e9, float("nan"), True, "x")),
            *(("gift", junk) for junk in ("x" * 201, 7, ["Tea"])),
        ):
            with self.subTest(name=name, junk=value), self.assertRaises(UserError):
                task.write({name: value})
        self.assertEqual((self.task.gift, self.task.gift_cost), ("Tea", 12.5))
        task.write({"gift": "", "gift_cost": False})
        self.assertEqual((self.task.gift, self.task.gift_cost), (False, 0))

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_no_gift_that_costs_less_than_nothing(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.task.gift_cost = -1
            self.task.flush_recordset()

    def test_the_words_of_what_is_over_stay(self):
        self.task.with_user(self.lin).action_done("reached")
        with self.assertRaisesRegex(UserError, "This contact is over"):
            self.task.with_user(self.lin).write({"gift": "Another"})

    def test_names_tell_no_note(self):
        self.task.with_user(self.lin).action_done("reached", note="Divorced")
        self.assertEqual(self.task.display_name, "王芳: Monthly call")
        self.assertNotIn("Divorced", self.task.partner_id.display_name)

    def test_lists_tell_no_note(self):
        view = self.env["vip.care.task"].with_user(self.lin).get_view
        for kind in ("list", "kanban", "search", "pivot", "graph"):
            with self.subTest(kind=kind):
                self.assertNotIn('name="note"', view(view_type=kind)["arch"])

    def test_associates_begin_with_today_and_managers_with_the_overview(self):
        root = self.env.ref("vip_care.vip_care_menu_root")
        for user, first in (
            (self.lin, "vip_care.vip_care_today_action"),
            (self.boss, "vip_care.vip_overview_action"),
            (self.he, "vip_care.vip_overview_action"),
        ):
            menus = self.env["ir.ui.menu"].with_user(user).load_web_menus(False)
            with self.subTest(user=user.login):
                self.assertEqual(menus[root.id]["actionID"], self.env.ref(first).id)
