from collections import Counter
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.vip_care.tests.care_task_common import NOW
from odoo.addons.vip_care_sms.gateways.base import (
    LATER,
    NUMBER,
    STOP,
    TEXT,
    UNKNOWN,
    Result,
)

from ..models import vip_message_send
from ..models.vip_message_health import NOT_UNDERSTOOD
from .message_common import VipMessageCommon, reserve


@freeze_time(NOW)
class TestMessageSend(VipMessageCommon):
    """From a care task to the gateway, and every answer it gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls._greet(cls.mine)
        cls.message = cls.messages._queue(cls.task)

    def test_queued_twice_is_one_message(self):
        again = self._queue(self.task)
        self.messages._cron_queue()
        self.assertEqual(again, self.message)
        self.assertEqual(
            self.messages.search_count([("task_id", "=", self.task.id)]), 1
        )
        self._check(self.message, state="ready", body=False, parts=1, number=False)

    def test_what_leaves_is_what_the_log_says(self):
        self.assertEqual(self._send(), 1)
        [handed] = self.fake.sent
        self.assertEqual(handed.number, self.mine.vip_phone_key)
        self.assertEqual(handed.text, f"{self.task.body} 拒收请回复R")
        self._check(
            self.message,
            state="accepted",
            uuid=handed.uuid,
            number=handed.number,
            body=handed.text,
            number_masked=self.mine.vip_phone_masked,
            attempt=1,
            parts=1,
            sent_on=date(2026, 6, 15),
            provider_ref=f"r-{handed.uuid}",
        )
        self.assertTrue(self.message.consent_id.given)
        self._check(self.task, state="done", outcome="sent", guard=False)
        self.assertFalse(self.task.done_by_id)
        self.assertEqual(self.task.done_date, date(2026, 6, 15))

    def test_nothing_leaves_twice(self):
        self._send()
        self._send()
        self.messages._cron_queue()
        self._queue(self.task)
        self.messages._queue(self.task, by_hand=True)
        self._send()
        self.assertEqual(len(self.fake.sent), 1)
        with self.assertRaisesRegex(UserError, "has left"):
            self.task.with_user(self.lin).action_reopen()

    def test_it_is_reserved_before_the_gateway_is_called(self):
        seen = []
        self.fake.before = lambda messages: seen.append(
            (self.message.state, self.message.number, self.task.state)
        )
        self._send()
        self.assertEqual(seen, [("reserved", self.mine.vip_phone_key, "done")])

    def test_a_bad_number_ends_the_contact_and_marks_the_number(self):
        self.fake.says[self.mine.vip_phone_key] = NUMBER
        self._send()
        self._check(self.message, state="failed", guard="unreachable")
        self._check(self.task, state="skipped", guard="unreachable", outcome=False)
        self.assertFalse(self.task.done_at)
        self.assertTrue(self.mine.vip_phone_is_wrong)

    def test_a_refusal_the_gateway_knows_of_counts_here(self):
        number = self.mine.vip_phone_key
        self.fake.says[number] = Result(NUMBER, refused=True)
        self._send()
        self._check(self.message, state="failed", guard="refused")
        self.assertIn(self.task.state, ("skipped", "cancelled"))
        self.assertFalse(self.mine.vip_phone_is_wrong)
        self.assertFalse(self.mine.vip_can_text)

    def test_a_number_only_this_gateway_does_not_reach_is_no_wrong_one(self):
        self.fake.says[self.mine.vip_phone_key] = Result(NUMBER, elsewhere=True)
        self._send()
        self._check(self.message, state="failed", guard="unreachable")
        self.assertFalse(self.mine.vip_phone_is_wrong)

    def test_what_is_queued_follows_to_a_new_gateway(self):
        second = self.gateway.copy({"name": "Second"})
        second.state = "running"
        self.company.vip_sms_gateway_id = second
        self.messages._cron_queue()
        self.assertEqual(self._send(), 0)
        self.assertEqual(self.messages._send_by(second, seconds=5), 1)
        self._check(self.message, state="accepted", gateway_id=second)

    def test_words_that_are_not_taken_come_back_to_the_associate(self):
        self.fake.says[self.mine.vip_phone_key] = TEXT
        self._send()
        self._send()
        self.assertEqual(len(self.fake.sent), 1)
        self._check(self.message, state="failed", reason="As it says")
        self._check(self.task, state="planned", guard="words", outcome=False)
        self.task.body = self._words("Dear, may the rain be kind", self.mine)
        self.fake.says.clear()
        self.messages._queue(self.task, by_hand=True)
        self._send()
        self._check(self.message, state="accepted", attempt=2)
        self.assertIn("may the rain", self.message.body)

    def test_later_is_tried_again_later(self):
        self.fake.says[self.mine.vip_phone_key] = Result(LATER, wait=300)
        self._send()
        self._check(self.message, state="ready", send_from=self._later(minutes=5))
        self._check(self.task, state="planned", outcome=False)
        self.fake.says.clear()
        self._send()
        self.assertEqual(len(self.fake.sent), 1)
        with freeze_time(self._later(minutes=6)):
            self._send()
        self._check(self.message, state="accepted", attempt=2)
        self._check(self.task, state="done", outcome="sent")

    def test_who_refused_while_it_was_tried_gets_nothing_more(self):
        self.fake.says[self.mine.vip_phone_key] = LATER
        self.fake.before = lambda messages: self.mine._vip_record_consents(
            ["care"], given=False, method="verbal", text="No"
        )
        self._send()
        self._check(self.task, state="cancelled", guard="refused")
        self._check(self.message, state="cancelled", guard="refused")

    def test_no_credit_pauses_with_one_alert_and_loses_nothing(self):
        self.gateway.batch_size = 3
        self.fake.batch_size = 1
        members, tasks = self._greeted(4)
        self._queue(tasks)
        self.fake.says = dict.fromkeys(
            [*members.mapped("vip_phone_key"), self.mine.vip_phone_key],
            Result(STOP, reason="No credit"),
        )
        self._send()
        self._send()
        self.assertEqual(len(self.fake.calls), 1)
        self.assertEqual(self.alerts, ["No credit"])
        waiting = self.messages.search([("task_id", "in", (tasks + self.task).ids)])
        self.assertEqual(set(waiting.mapped("state")), {"ready"})
        self.assertEqual(set((tasks + self.task).mapped("state")), {"planned"})
        self.fake.says.clear()
        self.gateway.state = "running"
        with freeze_time(self._later(minutes=3)):
            self.assertEqual(self._send(), 5)

    def test_a_gateway_nobody_understands_is_paused_before_a_festival_is_lost(self):
        self.gateway.batch_size = 4
        members, tasks = self._greeted(30)
        self._queue(tasks)
        numbers = members.mapped("vip_phone_key")
        self.fake.says = dict.fromkeys(numbers, UNKNOWN)
        # What was understood in between begins the count anew.
        self.fake.says[numbers[5]] = NUMBER
        self._send()
        self.assertEqual(self.alerts, [NOT_UNDERSTOOD])
        self.assertEqual(self.gateway.unknown_in_a_row, 20)
        left = self.messages.search([("task_id", "in", tasks.ids)])
        states = Counter(left.mapped("state"))
        self.assertEqual(states, {"unknown": 26, "failed": 1, "ready": 3})

    def test_unknown_is_never_sent_again_by_itself(self):
        self.fake.says[self.mine.vip_phone_key] = UNKNOWN
        self._send()
        self.fake.says.clear()
        self._check(self.message, state="unknown")
        self._check(self.task, state="done", outcome="sent")
        with freeze_time(self._later(hours=2)):
            self.messages._cron_queue()
            self.messages._cron_send()
            self.messages._queue(self.task, by_hand=True)
            self._send()
            with self.assertRaisesRegex(UserError, "changed meanwhile"):
                self.message.with_user(self.he).action_retry()
            twin = self._greet(self.mine, "Another word", event_date="2026-06-15")
            self._queue(twin)
            self._send()
        self.assertEqual(len(self.fake.sent), 1)
        self._check(twin, state="skipped", reason="known")
        self._check(twin.message_ids, state="blocked")

    def test_a_gateway_that_fails_or_forgets_leaves_unknowns(self):
        _members, tasks = self._greeted(2)
        self._queue(tasks)

        def fail(messages):
            raise ValueError(messages[0].number)

        self.fake.before = fail
        with self.assertLogs("odoo.addons.vip_care_sms", "ERROR") as log:
            self._send()
        self.assertEqual(set(self.messages.search([]).mapped("state")), {"unknown"})
        self.assertNotIn(self.mine.vip_phone_key, "".join(log.output))

    def test_the_gateways_words_tell_no_number(self):
        number = self.mine.vip_phone_key
        self.fake.says[number] = Result(TEXT, reason=f"to={number[1:]}\x00 is\nbad")
        self._send()
        self.assertEqual(self.message.reason, "to=86139******** is bad")

    def test_killed_between_reservation_and_call_is_unknown_after_ten_minutes(self):
        reserve(self.messages, self.gateway)
        self._check(self.message, state="reserved")
        with freeze_time(self._later(minutes=9)):
            self.messages._recover(self.gateway)
            self.assertEqual(self.message.state, "reserved")
        with freeze_time(self._later(minutes=11)):
            self.messages._cron_send()
            self._check(self.message, state="unknown")
            self.messages._cron_send()
        self.assertFalse(self.fake.sent)
        self._check(self.task, state="done", outcome="sent")

    def test_what_an_archived_gateway_left_is_unknown_too(self):
        reserve(self.messages, self.gateway)
        self.gateway.active = False
        self.fake.can_ask = True
        with freeze_time(self._later(minutes=11)):
            self.messages._cron_send()
        self._check(self.message, state="unknown")
        self.assertFalse(self.fake.asked or self.fake.sent)

    def test_a_job_takes_one_turn_and_asks_for_another(self):
        """Repeated by Odoo within one job it would be killed in the midst of a call."""
        self.gateway.batch_size = 2
        _members, tasks = self._greeted(4)
        self._queue(tasks)
        job = self.env.ref("vip_care_sms.ir_cron_send_messages")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.patch(vip_message_send, "SECONDS", 0)
        counts = []
        for _turn in range(3):
            triggers.unlink()
            self.messages._cron_send()
            triggers = triggers.search([("cron_id", "=", job.id)])
            counts.append((len(self.fake.sent), len(triggers)))
        self.assertEqual(counts, [(2, 1), (4, 1), (5, 0)])

    def test_it_leaves_within_her_hours(self):
        self._send()
        self.assertEqual(self.fake.sent[0].latest, datetime(2026, 6, 15, 12))

    def test_unknown_ones_are_asked_for_now_and_then(self):
        self.fake.can_ask = True
        self.fake.known = ["A report"]
        told = []
        reserve(self.messages, self.gateway)
        with self._patched(
            "vip.message", "_apply_report", lambda _m, _g, report: told.append(report)
        ):
            for minutes in (11, 12, 17, 60 * 24 * 4):
                with freeze_time(self._later(minutes=minutes)):
                    self.messages._recover(self.gateway)
        self.assertEqual(len(self.fake.asked), 2)
        self.assertEqual(told, ["A report"] * 2)
        [asked] = self.fake.asked[0]
        self.assertEqual(
            (asked.uuid, asked.number), (self.message.uuid, self.mine.vip_phone_key)
        )

    def test_a_report_that_came_before_the_result_stays(self):
        self.fake.before = lambda messages: self.message.write({"state": "delivered"})
        for outcome in ("accepted", UNKNOWN, TEXT, LATER, NUMBER, STOP):
            with self.subTest(outcome=outcome):
                results = {self.message.uuid: Result(outcome, ref="r1")}
                self.message.write({"state": "delivered", "provider_ref": False})
                self.messages._apply_results(results)
                self.assertEqual(self.message.state, "delivered")
                expected = "r1" if outcome == "accepted" else False
                self.assertEqual(self.message.provider_ref, expected)
        self.assertFalse(self.alerts)

    def test_a_result_the_database_cannot_keep(self):
        odd = "7\0\ud8009"
        self.fake.says[self.mine.vip_phone_key] = Result("accepted", ref=odd, code=odd)
        self._send()
        self.messages.flush_model()
        self._check(self.message, state="accepted", code="79", provider_ref="79")

    def test_the_result_of_an_earlier_attempt_changes_nothing(self):
        reserve(self.messages, self.gateway)
        self.message.write({"attempt": 2})
        late = {self.message.uuid: Result(LATER)}
        self.messages._apply_results(late, {self.message.uuid: 1})
        self.assertEqual(self.message.state, "reserved")
        self.messages._apply_results(late, {self.message.uuid: 2})
        self.assertEqual(self.message.state, "ready")

    def test_one_that_cannot_be_composed_harms_itself_only(self):
        members, tasks = self._greeted(3)
        self._queue(tasks)
        countries = self.env.registry["vip.sms.country"]
        compose = countries._compose

        def fail(self, body, *args):
            if "number 1" in body:
                raise ZeroDivisionError
            return compose(self, body, *args)

        with (
            self._patched("vip.sms.country", "_compose", fail),
            mute_logger("odoo.addons.vip_care_sms.models.vip_message_compose"),
        ):
            self._send()
        self.assertEqual(len(self.fake.sent), 3)
        self._check(tasks[1], state="planned", guard="words")
        self._check(tasks[1].message_ids, state="failed")
        self._check(tasks[2], state="done")

    def test_the_log_stays_and_nobody_writes_it(self):
        for user in (self.lin, self.boss, self.he, self.env.ref("base.user_admin")):
            message = self.message.with_user(user)
            for step in (
                lambda message=message: message.write({"state": "failed"}),
                lambda message=message: message.unlink(),
                lambda message=message: message.copy(),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    step()
        with self.assertRaisesRegex(UserError, "are kept"):
            self.message.unlink()
