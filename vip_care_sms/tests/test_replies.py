from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
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

    def _reply(self, text, member=None, gateway=None, **vals):
        """Let the number of `member` write `text`; return the new row."""
        number = vals.pop("number", None) or (member or self.mine).vip_phone_key
        replies = self.env["vip.message.reply"]
        vals.setdefault("ref", f"#{len(replies.search([]))}")
        rows = replies._take(gateway or self.gateway, [Reply(number, text, **vals)])
        self.env.invalidate_all()
        return rows

    def _last_words(self, member):
        """Return {purpose: (agreed, method)} for texts."""
        words = self.env["vip.consent"]._last_words(member.ids)[member.id]
        return {
            purpose: (word.given, word.method)
            for (purpose, channel), word in words.items()
            if channel == "sms"
        }

    def _blocked(self, number):
        return self.env["phone.blacklist"]._vip_entry(number).active

    def test_a_refusal_counts_at_once(self):
        planned, call = self._plan(self.mine), self._plan(self.mine, channel="call")
        hers = self._plan(self.hers)
        reply = self._reply(" Ｒ。")
        self.assertEqual(reply.meaning, "refusal")
        self.assertTrue(self._blocked(self.mine.vip_phone_key))
        refused = (False, "reply")
        self.assertEqual(
            self._last_words(self.mine),
            dict.fromkeys(("service", "care", "marketing"), refused),
        )
        self.assertEqual((planned.state, planned.guard), ("cancelled", "refused"))
        self.assertEqual((call.state, hers.state), ("planned", "planned"))
        consent = self.mine.vip_consent_ids[0]
        self.assertEqual(
            (consent.text, consent.date), (" Ｒ。", datetime(2026, 6, 15, 2))
        )
        self.assertFalse(reply.is_failed or reply.task_id)

    def test_a_refusal_counts_for_everybody_with_the_number(self):
        company = self.env["res.company"].create({"name": "Sister"})
        sister = self._create_member(
            phone=self.mine.vip_phone_key,
            vip_store_id=False,
            company_id=company.id,
            country_id=self.china.id,
        )
        gone = self._create_member(phone="13955550000", active=False)
        gone.phone = self.mine.phone
        self._agree(sister, gone)
        task = self._plan(sister)
        self._reply("退订")
        for member in (self.mine, sister, gone):
            self.assertEqual(set(self._last_words(member).values()), {(False, "reply")})
        self.assertEqual(task.state, "cancelled")

    def test_a_refusal_of_somebody_unknown(self):
        for number, key in [
            ("+85291234567", "+85291234567"),
            ("13812340000", "+8613812340000"),
            ("8613812340001", "+8613812340001"),
            ("+8619812340002", "+8619812340002"),
            ("886912345678", "+886912345678"),
        ]:
            reply = self._reply("STOP", number=number)
            self.assertTrue(self._blocked(key), number)
            self.assertFalse(reply.is_failed, number)
            self.assertFalse(reply.partner_id, number)

    def test_a_number_the_library_does_not_know_yet(self):
        number = "+8616812345678"
        with self.assertRaises(UserError):
            self.env["phone.blacklist"].create({"number": number})
        self._reply("R", number=number)
        self.assertTrue(self._blocked(number))

    def test_whatever_country_the_user_has(self):
        self.company.country_id = self.env.ref("base.hk")
        number = self.mine.vip_phone_key
        self._reply("T", number=number)
        self.assertTrue(self._blocked(number))

    def test_what_is_no_number_is_kept_and_marked(self):
        for number in ("Aliyun", "10086", ""):
            reply = self._reply("R", number=number or " ")
            self.assertTrue(reply.is_failed and reply.meaning == "refusal", number)

    def test_the_owner_is_told_once(self):
        for _twice in range(2):
            self._reply("R")
        [message] = self._told(self.lin, "refuses text messages")
        self.assertIn(f"/odoo/vip-members/{self.mine.id}", message.body)
        self.assertNotIn("139", message.body)
        self.assertFalse(self._told(self.mei, "refuses text messages"))
        consents = self.mine.vip_consent_ids.filtered(lambda c: c.method == "reply")
        self.assertEqual(len(consents), 3, "nothing new the second time")

    def test_today_says_she_refused(self):
        self._plan(self.mine, channel="call")
        self._plan(self.mine, channel="call", cap_days=0)
        self._reply("R")
        cards = self.env["vip.care.today"].with_user(self.lin).get_data()["tasks"]
        hints = {tuple(card["hints"]) for card in cards}
        self.assertEqual(hints, {("Refused messages on 06/15/2026",)})

    def test_a_confirmation_where_the_country_wants_it(self):
        self._reply("R")
        [message] = self.env["vip.message"].search([("kind", "=", "confirmation")])
        name = self.company.name
        self.assertRecordValues(
            message,
            [
                {
                    "state": "ready",
                    "task_id": False,
                    "gateway_id": self.gateway.id,
                    "partner_id": self.mine.id,
                    "number": self.mine.vip_phone_key,
                    "body": f"[CN] You will get no more text messages from {name}.",
                    "send_from": datetime(2026, 6, 15, 2),
                    "attempt": 0,
                }
            ],
        )
        self._reply("R again")
        self._reply("STOP")
        self.law.confirms_refusal = False
        self._reply("STOP", self.hers)
        self.law.confirms_refusal = True
        found = self.env["vip.message"].search([("kind", "=", "confirmation")])
        self.assertEqual(found, message)

    def test_one_confirmation_a_day(self):
        for hours, count in ((0, 1), (5, 1), (30, 2)):
            with freeze_time(datetime(2026, 6, 15, 2) + timedelta(hours=hours)):
                self._reply("R")
                self.assertEqual(self._reply("START").meaning, "return")
            found = [("kind", "=", "confirmation")]
            self.assertEqual(self.env["vip.message"].search_count(found), count)

    def test_she_wants_messages_again(self):
        sister = self._create_member(phone="13977770000", vip_store_id=False)
        self._reply("R")
        reply = self._reply("恢复订阅")
        self.assertEqual((reply.meaning, reply.task_id.id), ("return", False))
        self.assertFalse(self._blocked(self.mine.vip_phone_key))
        self.assertTrue(self.mine.vip_can_text)
        self.assertEqual(
            self._last_words(self.mine),
            {
                "service": (True, "reply"),
                "care": (True, "reply"),
                "marketing": (False, "reply"),
            },
        )
        self.assertFalse(sister.vip_consent_ids)
        self.assertFalse(self.mine.vip_texts_refused_on)

    def test_what_people_recorded_stays_whatever_she_writes(self):
        self.mine._vip_record_consents(
            ["care"], given=False, method="verbal", text="No texts please"
        )
        self._reply("R")
        before = self._last_words(self.mine)
        self.env["phone.blacklist"].create({"number": self.hers.vip_phone_key})
        with freeze_time("2026-06-16 02:00:00"):
            self._reply("R", self.hers)
        with freeze_time("2026-06-17 02:00:00"):
            answers = self._reply("START") + self._reply("START", self.hers)
        self.assertEqual(before["care"], (False, "reply"))
        self.assertTrue(self._blocked(self.hers.vip_phone_key))
        self.assertEqual(answers[1].meaning, "other")
        self.assertTrue(answers[1].task_id)

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
        for same in ({"ref": "7"}, {"ref": "", "at": at}, {"ref": ""}):
            first = self._reply("在吗", **same)
            again = self._reply("在吗", **same)
            self.assertTrue(first and not again, same)
        self.assertTrue(self._reply("在吗", ref="8"))
        self.assertTrue(self._reply("在吗", ref="", at=at + timedelta(minutes=1)))
        self.assertTrue(self._reply("在吗", self.hers, ref="7"))
        with freeze_time("2026-06-15 02:01:00"):
            self.assertTrue(self._reply("在吗", ref=""))

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
