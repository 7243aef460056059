from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.vip_care.tests.care_task_common import NOW

from .message_common import VipMessageCommon

EARLY = "2026-06-14 22:00:00"  # six in the morning, in the stores


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMessageToday(VipMessageCommon):
    """What the outbox has is not on anybody's list of things to do."""

    def setUp(self):
        super().setUp()
        self.task = self._greet(self.mine)

    def _read(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["vip.care.today"].with_user(user or self.lin).get_data()

    def _names(self, cards):
        return [card["id"] for card in cards]

    def test_what_is_queued_is_nobodys_work(self):
        call = self._plan(self.mine)
        self.task.with_user(self.lin).action_send_message()
        data = self._read()
        self.assertEqual(self._names(data["tasks"]), call.ids)
        self.assertEqual(data["counts"], {"todo": 1, "overdue": 0, "done": 0})
        [card] = data["queued"]
        self.assertEqual((card["id"], data["queued_count"]), (self.task.id, 1))
        self.assertEqual(card["message"]["story"], "On its way.")
        self.assertTrue(card["message"]["can_withdraw"])
        self.assertFalse(card["message"]["is_by_itself"])
        boss = self.env["vip.care.today"].with_user(self.boss)
        self.assertEqual(boss.get_team()["total"]["planned"], 1)

    def test_its_hour_is_told(self):
        with freeze_time(EARLY):
            self.messages._cron_queue()
            [card] = self._read()["queued"]
            self.assertTrue(card["message"]["is_by_itself"])
            self.assertRegex(
                card["message"]["story"], r"^Goes out by itself at \d\d:\d\d\.$"
            )
        message = self.task.message_ids
        message.send_from = "2026-06-16 01:00:00"
        self.assertEqual(message.story, "Goes out by itself tomorrow at 09:00.")
        message.write({"send_from": "2026-06-18 01:00:00", "queued_by_id": self.lin.id})
        self.assertEqual(message.story, "Goes out on 06/18/2026 at 09:00.")
        message.state = "waiting"
        self.assertEqual(message.story, "Waits until head office confirms it.")

    def test_she_takes_it_back_and_sends_it_by_hand(self):
        task = self.task.with_user(self.lin)
        task.action_send_message()
        task.action_withdraw_message()
        self.assertEqual(self.task.message_ids.state, "cancelled")
        data = self._read()
        self.assertEqual(self._names(data["tasks"]), task.ids)
        self.assertEqual(data["queued"], [])
        self.assertIn("plum", task.action_contact("copy")["body"])
        with self.assertRaisesRegex(UserError, "not queued any more"):
            task.action_withdraw_message()

    def test_what_is_being_sent_is_not_taken_back(self):
        self.task.with_user(self.lin).action_send_message()
        self.task.message_ids.state = "reserved"
        [card] = self._read()["queued"]
        self.assertFalse(card["message"]["can_withdraw"])
        with self.assertRaisesRegex(UserError, "not queued any more"):
            self.task.with_user(self.lin).action_withdraw_message()

    def test_a_colleagues_message_stays_in_the_queue(self):
        self.task.with_user(self.lin).action_send_message()
        for user in (self.mei, self.far, self.till, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.task.with_user(user).action_withdraw_message()
        self.assertEqual(self.task.message_ids.state, "ready")

    def test_done_is_what_people_did(self):
        by_itself = self._greet(self._another())
        self.messages._queue(by_itself)
        self.task.with_user(self.lin).action_send_message()
        self.assertEqual(self._send(), 2)
        data = self._read()
        self.assertEqual(self._names(data["over"]), self.task.ids)
        self.assertEqual(data["counts"]["done"], 1)
        [card] = data["over"]
        self.assertFalse(card["can_reopen"])
        self.assertIn("The gateway has it", card["message"]["story"])

    def _another(self):
        member = self._create_member("M", vip_owner_id=self.lin.employee_id.id)
        self._agree(member)
        return member

    def test_without_a_running_gateway_phones_send(self):
        self.assertEqual(self._read()["words"]["send"], "gateway")
        self.assertTrue(self._read()["tasks"][0]["by_gateway"])
        self.gateway.state = "paused"
        self.assertEqual(self._read()["words"]["send"], "link")
        self.assertFalse(self._read()["tasks"][0]["by_gateway"])
        self.messages._queue(self.task)
        [card] = self._read()["queued"]
        self.assertIn("stands still", card["message"]["story"])

    def test_messages_cost_no_queries_of_their_own(self):
        self.messages._queue(self.task)
        few = self._count_queries()
        _members, tasks = self._greeted(12)
        self.messages._queue(tasks)
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        self._read()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["vip.care.today"].with_user(self.lin).get_data()
        return self.env.cr.sql_log_count - before
