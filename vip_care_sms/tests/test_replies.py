from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..gateways.base import Reply
from .sms_common import NOW, SmsCommon

TAKE = "odoo.addons.vip_care_sms.models.vip_message_reply_take"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestReplies(SmsCommon):
    def setUp(self):
        super().setUp()
        self._agree(self.mine, self.hers, self.away)

    def test_a_yes_that_takes_nothing_back_is_an_answer(self):
        reply = self._reply("YES")
        self.assertEqual(reply.meaning, "other")
        self.assertEqual(reply.task_id.why, "She wrote back: YES")

    def test_a_person_answers_everything_else(self):
        sent = self._send(self.mine)
        reply = self._reply("R码有吗？")
        task = reply.task_id
        self.assertRecordValues(
            task,
            [
                {
                    "partner_id": self.mine.id,
                    "owner_id": self.lin.employee_id.id,
                    "store_id": self.store.id,
                    "channel": "call",
                    "purpose": "service",
                    "state": "planned",
                    "why": "She wrote back: R码有吗？",
                    "display_name": "王芳: Reply to a message",
                }
            ],
        )
        self.assertEqual(task.until - task.due_date, timedelta(days=2))
        self.assertEqual(reply.message_id, sent)
        today = self.env["vip.care.today"].with_user(self.lin)
        [card] = today.get_data()["tasks"]
        self.assertEqual((card["id"], card["why"]), (task.id, task.why))
        told = self.env["mail.message"].search([("body", "ilike", "R码有吗")])
        self.assertFalse(told)

    def test_she_is_answered_whatever_else_is_planned(self):
        self._send(self.mine)  # today: too recent for anything else
        birthday = self._plan(self.mine, channel="call", priority=100)
        task = self._reply("好的").task_id
        found = self.env["vip.care.guard"]._blocked(task + birthday)
        self.assertEqual(found, {birthday.id: "cap"})
        told = task.with_user(self.lin).action_contact("call")
        self.assertEqual(told["number"], self.mine.vip_phone_key)
        task.with_user(self.lin).action_done("reached")
        self.assertEqual((task.state, task.done_by_id), ("done", self.lin.employee_id))

    def test_an_answer_keeps_nothing_back_and_is_not_moved(self):
        task = self._reply("你好").task_id
        other = self._plan(self.mine, channel="call", priority=10, until="2026-06-18")
        day = task.due_date
        self.env["vip.care.planner"]._settle_open(self.mine, day)
        self.assertEqual((task.due_date, task.state), (day, "planned"))
        self.assertEqual((other.due_date, other.state), (day, "planned"))
        task.with_user(self.lin).action_done("reached")
        self.assertFalse(self.env["vip.care.guard"]._blocked(other))

    def test_one_contact_for_all_she_writes_meanwhile(self):
        first = self._reply("在吗")
        with freeze_time("2026-06-17 02:00:00"):
            second = self._reply("有 M 码吗")
            task = second.task_id
            self.assertEqual(task, first.task_id)
            self.assertEqual(task.why, "She wrote back: 在吗 / 有 M 码吗")
            self.assertEqual(str(task.until), "2026-06-19")
            task.with_user(self.lin).action_done("reached")
            third = self._reply("谢谢")
        self.assertNotEqual(third.task_id, task)
        self.assertEqual(third.task_id.why, "She wrote back: 谢谢")

    def test_without_an_owner_it_is_the_stores(self):
        new = self._create_store("New", "T9")
        nobodys = self._create_member(vip_store_id=new.id)
        new.manager_ids = self.boss  # else she would own her
        task = self._reply("在吗", nobodys).task_id
        self.assertEqual((task.owner_id.id, task.store_id), (False, new))
        today = self.env["vip.care.today"].with_user(self.boss)
        filters = {"owner_id": 0, "store_id": new.id}
        self.assertEqual(today.get_data(filters)["tasks"][0]["id"], task.id)

    def test_of_two_members_who_was_written_to_last(self):
        company = self.env["res.company"].create({"name": "Sister"})
        other = self._create_member(phone="13966660000", company_id=company.id)
        other.vip_store_id = self.other_store
        other.phone = self.mine.phone
        self.assertEqual(other.vip_phone_key, self.mine.vip_phone_key)
        self._send(self.mine, reserved_at="2026-06-10 02:00:00")
        self.assertEqual(self._reply("在吗").partner_id, self.mine)
        self._send(other, reserved_at="2026-06-12 02:00:00")
        self.assertEqual(self._reply("在吗？").partner_id, other)

    def test_who_has_another_number_by_now(self):
        old = self.mine.vip_phone_key
        self._send(self.mine)
        self.mine.phone = "13800000001"
        self.assertEqual(self._reply("在吗", number=old).partner_id, self.mine)

    def test_nobody_knows_her(self):
        reply = self._reply("在吗", number="+8613812340000")
        self.assertFalse(reply.partner_id or reply.task_id or reply.is_failed)
        self.assertEqual(reply.number_masked, "138****0000")
        self.assertEqual(reply.with_user(self.he).number, "+8613812340000")

    def test_the_same_reply_told_twice_is_one(self):
        at = datetime(2026, 6, 15, 1, 59)
        for same in ({"ref": "7"}, {"ref": "", "at": at}):
            first = self._reply("在吗", **same)
            again = self._reply("在吗", **same)
            self.assertTrue(first and not again, same)
        self.assertTrue(self._reply("在吗", ref="8"))
        self.assertTrue(self._reply("在吗", ref="", at=at + timedelta(minutes=1)))
        self.assertTrue(self._reply("在吗", self.hers, ref="7"))

    def test_without_reference_and_time_the_same_follows_itself(self):
        def told(text, member=self.mine, number=""):
            return bool(self._reply(text, member, ref="", number=number))

        self.assertEqual([told("在吗") for _twice in range(2)], [True, False])
        self.assertTrue(told("在吗", self.hers))
        with freeze_time("2026-06-15 02:00:59"):
            self.assertFalse(told("在吗"))
            self.assertFalse(told("在吗", number=self.mine.phone), "the same number")
        with freeze_time("2026-06-15 02:01:00"):
            self.assertTrue(told("在吗"))
            self.assertEqual([told("R"), told("在吗")], [True, True])
            self.assertEqual([told("长" * 6000) for _twice in range(2)], [True, False])

    def test_her_last_word_within_a_minute_counts(self):
        number = self.mine.vip_phone_key
        words = ("STOP", "STOP", "START", "START", "STOP")
        replies = [Reply(number, text) for text in words]
        taken = self.env["vip.message.reply"]._take(self.gateway, replies)
        meanings = ["refusal", "return", "refusal"]
        self.assertEqual(taken.mapped("meaning"), meanings)
        self.assertTrue(self._blocked(number))
        self.assertFalse(self.mine.vip_can_text)

    def test_a_reply_proves_the_number(self):
        self.mine.vip_phone_is_wrong = True
        self._reply("在吗")
        self.assertFalse(self.mine.vip_phone_is_wrong)

    def test_nothing_loses_a_reply(self):
        broken = patch.object(
            self.env.registry["vip.message.reply"],
            "_make_task",
            side_effect=ValueError("+8613900000001"),
        )
        with broken, self.assertLogs(TAKE, "ERROR") as logs:
            reply = self._reply("在吗")
        self.assertNotIn("139", "".join(logs.output))
        self.assertTrue(reply.is_failed)
        self.assertEqual((reply.text, reply.partner_id), ("在吗", self.mine))

        def _withdraw(self, number, text):
            raise KeyError(number)

        refusals = self.env.registry["vip.sms.refusal"]
        no_words = patch.object(refusals, "_withdraw", _withdraw)
        with no_words, mute_logger(TAKE):
            reply = self._reply("R")
        self.assertTrue(reply.is_failed)
        self.assertTrue(self._blocked(self.mine.vip_phone_key), "the rest is done")

    def test_odd_texts(self):
        for text in ("", "\0", "\ud800x", "a" * 9000, "<b>x</b>", None):
            reply = self._reply(text)
            self.assertTrue(reply and not reply.is_failed, repr(text)[:9])
            self.assertIn("She wrote back", reply.task_id.why)

    def test_switched_off(self):
        self.env.ref("vip_care_sms.vip_care_rule_reply").active = False
        reply = self._reply("在吗")
        self.assertFalse(reply.task_id or reply.is_failed)

    def test_who_reads_them(self):
        replies = self._reply("在吗") + self._reply("在吗", self.hers)
        unknown = self._reply("在吗", number="+8613812340000")
        for user, seen in (
            (self.lin, replies[0]),
            (self.boss, replies),
            (self.far, replies.browse()),
            (self.he, replies + unknown),
        ):
            found = replies.with_user(user).search([], order="id")
            self.assertEqual(found.ids, seen.ids, user.login)
        mine = replies[0].with_user(self.lin)
        self.assertEqual((mine.text, mine.number_masked), ("在吗", mine.number_masked))
        with self.assertRaises(AccessError):
            mine.read(["number"])
        with self.assertRaises(AccessError):
            replies[1].with_user(self.lin).read(["text"])

    def test_nobody_writes_them(self):
        reply = self._reply("在吗")
        admin = new_test_user(self.env, "adm", groups="base.group_system")
        for user in (self.lin, self.boss, self.he, admin):
            own = reply.with_user(user)
            for change in (
                lambda own=own: own.write({"text": "R"}),
                lambda own=own: own.unlink(),
                lambda own=own: own.create({"gateway_id": self.gateway.id}),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_reading_her_words_counts_as_reading_her(self):
        reply = self._reply("在吗")
        views = self.env["vip.access.view"]
        views.search([]).env.cr.execute("DELETE FROM vip_access_view")
        reply.with_user(self.lin).read(["meaning"])
        self.assertFalse(views.search([]))
        reply.with_user(self.lin).read(["text"])
        self.assertEqual(views.search([]).partner_id, self.mine)
