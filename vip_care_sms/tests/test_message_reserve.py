from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields

from odoo.addons.vip_care.tests.care_task_common import NOW

from .message_common import VipMessageCommon, reserve

NIGHT = "2026-06-15 15:00:00"  # eleven in the evening
MORNING = datetime(2026, 6, 16)  # eight o'clock of the next day


@freeze_time(NOW)
class TestMessageReserve(VipMessageCommon):
    """Between the queue and the gateway: what is true at the moment of sending."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls._greet(cls.mine, until="2026-06-20")
        cls.message = cls.messages._queue(cls.task)

    def test_the_words_of_now_leave(self):
        new = self._words("Dear, may the rain be kind to you", self.mine)
        self.task.with_user(self.lin).body = new
        self._send()
        self.assertIn(new, self.fake.sent[0].text)

    def test_the_number_of_now_is_used(self):
        self.mine.phone = "13711112222"
        self._send()
        self.assertEqual(self.fake.sent[0].number, "+8613711112222")

    def test_a_task_done_or_dropped_takes_its_message_along(self):
        for step in (
            lambda task: task.action_done("coming"),
            lambda task: task.action_skip("met"),
        ):
            task = self._greet(self.mine, f"Something {next(self.numbers)}")
            message = self._queue(task)
            step(task.with_user(self.lin))
            self.assertEqual(message.state, "cancelled")
        self.task.unlink()
        self._send()
        self.assertEqual(self.message.state, "cancelled")
        self.assertFalse(self.fake.sent)

    def test_a_refusal_cancels_at_once(self):
        self.mine._vip_record_consents(["care"], False, method="verbal", text="No")
        self._check(self.message, state="cancelled", guard="refused")
        self._send()
        self.assertFalse(self.fake.sent)

    def test_a_refused_number_gets_nothing(self):
        self.env["phone.blacklist"].create({"number": self.mine.vip_phone_key})
        self._send()
        self.assertFalse(self.fake.sent)
        self._check(self.message, state="blocked", guard="refused")
        self._check(self.task, state="cancelled", guard="refused")

    def test_a_complaint_holds_back_the_cheerful(self):
        self.env["vip.feedback"].create(
            {
                "partner_id": self.mine.id,
                "kind": "complaint",
                "subject": "quality",
                "description": "Torn",
            }
        )
        self._send()
        self.assertFalse(self.fake.sent)
        self.assertNotEqual(self.message.state, "accepted")

    def test_a_complaint_unknown_to_the_task_puts_off(self):
        with self._patched(
            "vip.care.guard",
            "_blocked",
            lambda _self, tasks, now=None: dict.fromkeys(tasks.ids, "complaint"),
        ):
            self._send()
        self._check(self.message, state="ready", guard="complaint", send_from=MORNING)
        self.assertEqual(self.task.state, "planned")

    def test_a_new_owner_signs_herself(self):
        self.mine._vip_decided("import").vip_owner_id = self.mei.employee_id
        self._send()
        self.assertFalse(self.fake.sent)
        self._check(self.message, state="ready", guard="no_text")
        self.task.with_user(self.mei).body = self._words("Dear, it is me.", self.mine)
        self._send()
        self._check(self.message, state="accepted", owner_id=self.mei.employee_id)
        self.assertIn("vip_mei", self.message.body)

    def test_at_night_it_waits_for_the_morning(self):
        with freeze_time(NIGHT):
            self._send()
            self._check(self.message, state="ready", send_from=MORNING, guard="hours")
            self.assertEqual(self.task.state, "planned")
            by_night = self._queue(self._greet(self.hers_too(), until="2026-06-20"))
            self.assertEqual(by_night.send_from, MORNING)
        with freeze_time(MORNING):
            self.assertEqual(self._send(), 2)

    def hers_too(self):
        self._agree(self.hers)
        return self.hers

    def test_a_birthday_is_not_kept_the_next_day(self):
        self.task.until = "2026-06-15"
        with freeze_time(NIGHT):
            self._send()
            self._check(self.message, state="dropped", guard="hours")
            late = self._queue(self._greet(self.hers_too()))
            self._check(late, state="dropped", guard="hours")
        with freeze_time(MORNING):
            self._send()
        self.assertFalse(self.fake.sent)

    def test_past_its_last_day_it_is_dropped(self):
        with freeze_time("2026-06-21 02:00:00"):
            self._send()
            self._check(self.message, state="dropped", guard="late")
            self._check(self.task, state="expired", guard="late")
        self.assertFalse(self.fake.sent)

    def test_what_a_night_expires_leaves_the_queue(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE vip_care_task SET state = 'expired', guard = 'late' WHERE id = %s",
            [self.task.id],
        )
        self.env.invalidate_all()
        self.messages._cron_queue()
        self._check(self.message, state="dropped", guard="late")

    def test_what_is_put_off_waits_for_its_day(self):
        self.task.with_user(self.lin).action_postpone("2026-06-17")
        self._send()
        self.assertFalse(self.fake.sent)
        with freeze_time("2026-06-17 02:00:00"):
            self._send()
        self.assertEqual(len(self.fake.sent), 1)

    def test_the_contact_counts_for_the_next_one(self):
        self._send()
        other = self._greet(
            self.mine, "More", until="2026-06-21", cap_days=5, event_date="2026-06-01"
        )
        self._queue(other)
        self._send()
        self._check(other.message_ids, state="ready", guard="cap")
        with freeze_time("2026-06-20 02:00:00"):
            self._send()
        self._check(other.message_ids, state="accepted")

    def test_two_members_of_one_number_get_one(self):
        company = self.env["res.company"].create(
            {"name": "Two", "country_id": self.china.id}
        )
        store = self._create_store("West Gate", "T3", company_id=company.id)
        twin = self._create_member(
            "Twin",
            phone=self.mine.phone,
            vip_store_id=store.id,
            company_id=company.id,
            vip_owner_id=self._create_employee("Wen", store).id,
        )
        self._agree(twin)
        second = self.gateway.copy({"company_id": company.id})
        second.state = "running"
        company.vip_sms_gateway_id = second
        task = self._greet(twin, "Plums are sweet", company_id=company.id)
        self._queue(task)
        self._send()
        self.messages._send_by(second, seconds=5)
        self.assertEqual(len(self.fake.sent), 1)
        self._check(task.message_ids, state="blocked", guard="repeat")
        self._check(task, state="skipped", reason="known")

    def test_a_number_has_its_limit_of_a_day(self):
        self.gateway.number_day_limit = 1
        second = self._greet(
            self.mine, "And more", until="2026-06-18", event_date="2026-06-01"
        )
        self._queue(second)
        self._send()
        self.assertEqual(len(self.fake.sent), 1)
        waiting = (self.message + second.message_ids).filtered(
            lambda one: one.state == "ready"
        )
        self._check(waiting, guard="cap", send_from=self._later(hours=24))
        with freeze_time(self._later(hours=24, minutes=1)):
            self._send()
        self.assertEqual(len(self.fake.sent), 2)

    def test_a_gateway_has_its_limits(self):
        _members, tasks = self._greeted(5, until="2026-06-20")
        self._queue(tasks)
        moment = fields.Datetime.now()
        for name, span in (
            ("minute_limit", timedelta(minutes=1)),
            ("hour_limit", timedelta(hours=1)),
            ("day_limit", timedelta(hours=24)),
        ):
            limits = {"minute_limit": 0, "hour_limit": 0, "day_limit": 0, name: 1}
            self.gateway.write(limits)
            moment += span + timedelta(seconds=1)
            before = len(self.fake.sent)
            with self.subTest(name=name):
                tick = timedelta(seconds=1)
                for wait, sent in ((0 * tick, 1), (span - tick, 1), (span + tick, 2)):
                    with freeze_time(moment + wait):
                        self._send()
                        self._send()
                    self.assertEqual(len(self.fake.sent), before + sent)
            moment += span + timedelta(seconds=2)

    def test_what_matters_more_leaves_first(self):
        _members, tasks = self._greeted(3)
        tasks[1].priority = 99
        self._queue(tasks)
        self._send()
        self.assertEqual(self.fake.sent[0].uuid, tasks[1].message_ids.uuid)

    def test_nothing_leaves_while_the_gateway_is_paused(self):
        self.gateway.state = "paused"
        self.assertEqual(self._send(), 0)
        self._check(self.message, state="ready")

    def test_reserving_many_costs_what_one_costs(self):
        counts = {}
        for count in (1, 100):
            _members, tasks = self._greeted(count)
            (self.message + self._queue(self.task)).write({"state": "cancelled"})
            self._queue(tasks)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = reserve(self.messages, self.gateway)
            self.env.flush_all()
            counts[count] = self.env.cr.sql_log_count - before
            self.assertEqual(len(found), count)
            found.write({"reserved_at": "2026-01-01"})
        self.assertLessEqual(counts[100], counts[1] + 5)
        self.assertLessEqual(counts[100], 60)
