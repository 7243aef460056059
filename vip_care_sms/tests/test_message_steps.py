from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from odoo.addons.vip_care.tests.care_task_common import NOW
from odoo.addons.vip_care_sms.gateways.base import TEXT, UNKNOWN

from .message_common import VipMessageCommon, reserve


@freeze_time(NOW)
class TestMessageSteps(VipMessageCommon):
    """What people decide: send now, take over, try again, cancel, settle."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls._greet(cls.mine, until="2026-06-20")
        cls.as_lin = cls.task.with_user(cls.lin)

    def _triggers(self):
        cron = self.env.ref("vip_care_sms.ir_cron_send_messages")
        return self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])

    def test_an_associates_tap_sends_at_once(self):
        before = self._triggers()
        told = self.as_lin.action_send_message()
        self.assertEqual(told, {"is_now": True, "text": "It goes out now."})
        self.assertTrue(self._triggers() - before)
        self.assertEqual(self.task.message_ids.queued_by_id, self.lin)
        self.as_lin.action_send_message()
        self._send()
        self.assertEqual(len(self.fake.sent), 1)
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            self.as_lin.action_send_message()

    def test_a_tap_at_night_tells_when(self):
        with freeze_time("2026-06-15 15:00:00"):
            told = self.as_lin.action_send_message()
            self.assertFalse(told["is_now"])
            self.assertRegex(told["text"], "on .*16.* at 08:00")
        with freeze_time("2026-06-15 22:00:00"):  # six in the morning
            self.assertRegex(self.as_lin.action_send_message()["text"], "at 08:00")

    def test_a_tap_is_refused_with_the_reason(self):
        self.gateway.active = False
        with self.assertRaisesRegex(UserError, "No gateway"):
            self.as_lin.action_send_message()
        self.gateway.active = True
        refusal = self.env["phone.blacklist"].create(
            {"number": self.mine.vip_phone_key}
        )
        with self.assertRaisesRegex(UserError, "She refused"):
            self.as_lin.action_send_message()
        refusal.active = False
        self.task.body = False
        with self.assertRaisesRegex(UserError, "no words yet"):
            self.as_lin.action_send_message()
        call = self._plan(self.mine).with_user(self.lin)
        with self.assertRaisesRegex(UserError, "no contact by text message"):
            call.action_send_message()
        for user in (self.mei, self.far, self.till):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.task.with_user(user).action_send_message()
        self.assertFalse(self.task.message_ids)

    def test_taking_over_withdraws_the_message(self):
        for is_queued in (True, False):
            with self.subTest(is_queued=is_queued):
                task = self._greet(self.mine, f"Words {next(self.numbers)}")
                if is_queued:
                    self._queue(task)
                task.with_user(self.lin).action_contact("copy")
                self.messages._cron_queue()
                self._check(task.message_ids, state="cancelled")
                self.assertIn("vip_lin", task.message_ids.reason)
        self._send()
        self.assertNotIn("Words", "".join(one.text for one in self.fake.sent))
        self.assertEqual(task.with_user(self.lin).action_send_message()["is_now"], True)

    def test_what_is_being_sent_is_not_taken_over(self):
        self._queue(self.task)
        reserve(self.messages, self.gateway)
        for how in ("copy", "send", "call"):
            with self.assertRaisesRegex(UserError, "changed meanwhile"):
                self.as_lin.action_contact(how)

    def test_managers_retry_what_failed(self):
        message = self._queue(self.task)
        self.fake.says[self.mine.vip_phone_key] = TEXT
        self._send()
        for user in (self.lin, self.mei, self.till):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                message.with_user(user).action_retry()
        self.fake.says.clear()
        message.with_user(self.boss).action_retry()
        self._check(message, state="ready", reason=False, guard=False)
        self._send()
        self._check(message, state="accepted")
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            message.with_user(self.boss).action_retry()

    def test_retrying_asks_the_guards(self):
        message = self._queue(self.task)
        message.with_user(self.boss).action_cancel()
        self._check(message, state="cancelled")
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            message.with_user(self.boss).action_cancel()
        self.mine.vip_phone_is_wrong = True
        with self.assertRaisesRegex(UserError, "no mobile number"):
            message.with_user(self.boss).action_retry()
        self.as_lin.action_skip("met")
        with self.assertRaisesRegex(UserError, "contact is over"):
            message.with_user(self.boss).action_retry()

    def test_managers_step_within_their_members(self):
        self._agree(self.away)
        message = self._queue(self._greet(self.away))
        with self.assertRaises(AccessError):
            message.with_user(self.boss).action_cancel()
        message.with_user(self.gu).action_cancel()
        self._check(message, state="cancelled")

    def test_head_office_settles_the_unknown(self):
        message = self._queue(self.task)
        self.fake.says[self.mine.vip_phone_key] = UNKNOWN
        self._send()
        with self.assertRaises(AccessError):
            message.with_user(self.boss).action_settle(True, "She told me")
        as_he = message.with_user(self.he)
        for junk in (("yes", "note"), (None, "note"), (True, ""), (True, 5)):
            with self.subTest(junk=junk), self.assertRaises(UserError):
                as_he.action_settle(*junk)
        as_he.action_settle(False, "Not in the provider's list")
        self._check(message, state="failed")
        self._check(self.task, state="planned", outcome=False)
        self._send()
        self.assertEqual(len(self.fake.sent), 1)
        as_he.action_retry()
        self._send()
        as_he.action_settle(True, "She thanked")
        self._check(message, state="accepted")
        self._check(self.task, state="done", outcome="sent")

    def test_what_was_not_sent_and_is_over_expires(self):
        message = self._queue(self.task)
        self.fake.says[self.mine.vip_phone_key] = UNKNOWN
        self._send()
        with freeze_time("2026-06-21 02:00:00"):
            message.with_user(self.he).action_settle(False, "Asked them")
        self._check(self.task, state="expired", guard="late")


@freeze_time(NOW)
class TestMessageBatch(VipMessageCommon):
    """Many messages of one rule are asked for first."""

    def _fill_batch(self, count, limit):
        self.company.vip_sms_confirm_above = limit
        _members, tasks = self._greeted(count)
        self.messages._cron_queue()
        return tasks, tasks.message_ids.batch_id

    def test_a_small_batch_goes_by_itself(self):
        tasks, batch = self._fill_batch(2, 2)
        self._check(batch, state="confirmed", message_count=2)
        self._send()
        self.assertEqual(len(self.fake.sent), 2)

    def test_a_large_batch_waits_and_is_confirmed(self):
        tasks, batch = self._fill_batch(3, 2)
        self._check(batch, state="waiting", message_count=3, parts=3)
        self.assertAlmostEqual(batch.cost, 0.15)
        self._send()
        self.assertFalse(self.fake.sent)
        with self.assertRaises(AccessError):
            batch.with_user(self.boss).action_confirm()
        batch.with_user(self.he).action_confirm()
        self._check(batch, state="confirmed", confirmed_by_id=self.he)
        self._send()
        self.assertEqual(len(self.fake.sent), 3)
        with self.assertRaisesRegex(UserError, "do not wait"):
            batch.with_user(self.he).action_stop()

    def test_one_that_grows_over_the_number_waits_with_all(self):
        tasks, batch = self._fill_batch(2, 2)
        _members, more = self._greeted(1)
        self.messages._cron_queue()
        self.assertEqual(more.message_ids.batch_id, batch)
        self._check(batch, state="waiting")
        self.assertEqual(set((tasks + more).message_ids.mapped("state")), {"waiting"})

    def test_a_stopped_batch_leaves_the_contacts_to_the_associates(self):
        tasks, batch = self._fill_batch(3, 2)
        batch.with_user(self.he).action_stop()
        self.messages._cron_queue()
        self._send()
        self.assertFalse(self.fake.sent)
        self.assertEqual(set(tasks.mapped("state")), {"planned"})
        self.assertEqual(set(tasks.message_ids.mapped("state")), {"cancelled"})
        tasks[0].with_user(self.lin).action_send_message()
        self._send()
        self.assertEqual(len(self.fake.sent), 1)
        _members, more = self._greeted(1)
        self.messages._cron_queue()
        self._check(more.message_ids, state="cancelled")

    def test_it_tells_who_is_left_out_and_why(self):
        tasks, batch = self._fill_batch(3, 2)
        tasks[0].partner_id._vip_record_consents(
            ["care"], False, method="verbal", text="No"
        )
        sentence = self.env["vip.care.guard"]._sentence("refused")
        self.assertEqual(batch.with_user(self.he)._exclusions(), [(sentence, 1)])

    def test_head_office_sees_everybody_the_rule_means(self):
        tasks, batch = self._fill_batch(3, 2)
        action = batch.with_user(self.he).action_preview()
        preview = self.env["vip.care.preview"].browse(action["res_id"])
        self.assertEqual((preview.rule_id, preview.on_date), (self.rule, batch.day))
        self.assertEqual(preview.chosen_count, len(tasks))
        with self.assertRaises(AccessError):
            batch.with_user(self.boss).action_preview()

    def test_rules_that_are_sent_by_hand_wait_for_the_tap(self):
        self.rule.vip_sms_auto = False
        tasks, batch = self._fill_batch(1, 0)
        self.assertFalse(tasks.message_ids)
        tasks.with_user(self.lin).action_send_message()
        self.assertEqual(tasks.message_ids.state, "ready")
