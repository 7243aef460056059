from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .sms_common import NOW, FakeGateway, SmsCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRefusals(SmsCommon):
    def setUp(self):
        super().setUp()
        self._agree(self.mine, self.hers, self.away)
        self.law = self.env.ref("vip_care_sms.vip_sms_country_cn")
        self.law.confirms_refusal = True

    def _confirmations(self):
        return self.env["vip.message"].search([("kind", "=", "confirmation")])

    def _last_words(self, member):
        """Return {purpose: (agreed, method)} for texts."""
        words = self.env["vip.consent"]._last_words(member.ids)[member.id]
        return {
            purpose: (word.given, word.method)
            for (purpose, channel), word in words.items()
            if channel == "sms"
        }

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

    def test_what_is_queued_is_cancelled_with_it(self):
        queued = self._send(self.mine, "ready", attempt=0)
        hers = self._send(self.hers, "ready", attempt=0)
        self._reply("TD")
        self.assertEqual((queued.state, hers.state), ("cancelled", "ready"))
        self.assertEqual(queued.task_id.guard, "refused")

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
        message = self._confirmations()
        name = self.company.name
        self.assertIn(f"You will get no more text messages from {name}.", message.body)
        expected = {
            "state": "ready",
            "task_id": False,
            "gateway_id": self.gateway.id,
            "partner_id": self.mine.id,
            "number": self.mine.vip_phone_key,
            "send_from": datetime(2026, 6, 15, 2),
            "attempt": 0,
        }
        self.assertRecordValues(message, [expected])
        self._reply("R again")
        self._reply("STOP")
        self.law.confirms_refusal = False
        self._reply("STOP", self.hers)
        self.assertEqual(self._confirmations(), message)

    def test_the_confirmation_leaves_though_the_number_is_blocked(self):
        self.gateway.state = "running"
        self._reply("R")
        self.env["vip.message"]._send_by(self.gateway, seconds=5)
        [sent] = FakeGateway.sent
        self.addCleanup(FakeGateway.sent.clear)
        self.assertEqual(sent.number, self.mine.vip_phone_key)
        self.assertEqual(self._confirmations().state, "accepted")

    def test_the_confirmation_waits_for_the_morning(self):
        with freeze_time("2026-06-15 15:30:00"):  # half past eleven at night
            self._reply("R")
        self.assertEqual(self._confirmations().send_from, datetime(2026, 6, 16, 0))

    def test_one_confirmation_a_day(self):
        for hours, count in ((0, 1), (5, 1), (30, 2)):
            with freeze_time(datetime(2026, 6, 15, 2) + timedelta(hours=hours)):
                self._reply("R")
                self._confirmations().state = "accepted"
                self.assertEqual(self._reply("START").meaning, "return")
            self.assertEqual(len(self._confirmations()), count)

    def test_who_came_back_hears_nothing_of_her_refusal(self):
        self._reply("R")
        self._reply("START")
        self.assertEqual(self._confirmations().state, "cancelled")
        self._reply("R again, R")
        self._reply("STOP")
        states = self._confirmations().sorted("id").mapped("state")
        self.assertEqual(states, ["cancelled", "ready"])

    def test_a_confirmation_that_waited_leaves_by_day_and_not_weeks_later(self):
        self.gateway.state = "running"
        self.addCleanup(FakeGateway.sent.clear)
        self._reply("R")
        message = self._confirmations()
        with freeze_time("2026-06-15 15:30:00"):  # half past eleven at night
            self.env["vip.message"]._send_by(self.gateway, seconds=5)
        self.assertFalse(FakeGateway.sent)
        self.assertEqual(message.state, "ready")
        self.assertEqual(message.send_from, datetime(2026, 6, 16, 0))
        with freeze_time("2026-07-01 03:00:00"):
            self.env["vip.message"]._send_by(self.gateway, seconds=5)
        self.assertFalse(FakeGateway.sent)
        self.assertEqual((message.state, message.guard), ("dropped", "late"))
        with self.assertRaises(UserError):
            message.with_user(self.he).action_retry()

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
