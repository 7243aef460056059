from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .plan_common import VipPlanCommon


@tagged("post_install", "-at_install")
class TestCareStops(VipPlanCommon):
    """What she says or suffers stops what was planned, in the same transaction."""

    def setUp(self):
        super().setUp()
        self.today = self.store._vip_today()
        self.rules = {
            name: self._rule(name, cap_days=0, **vals)
            for name, vals in {
                "care": {},
                "message": {"channel": "message", "text_kind": "greeting"},
                "marketing": {"purpose": "marketing"},
                "service": {"purpose": "service"},
                "festival": {"trigger": "festival"},
                "birthday": {
                    "trigger": "birthday",
                    "channel": "message",
                    "text_kind": "birthday",
                },
                "thanks": {"purpose": "service", "text_kind": "thanks"},
            }.items()
        }
        for rule in self.rules.values():
            self._want(rule, self.mei, due=self.today, days=3)
        self._plan(self.today)
        self.assertEqual(set(self._tasks().mapped("state")), {"planned"})
        self.given.clear()

    def _open(self):
        tasks = self._tasks().filtered(lambda task: task.state == "planned")
        return set(tasks.rule_id.mapped("name"))

    def _cancelled(self):
        tasks = self._tasks().filtered(lambda task: task.state == "cancelled")
        return set(tasks.mapped("guard"))

    def _task(self, name):
        return self._tasks().filtered(lambda task: task.rule_id == self.rules[name])

    def test_a_refusal(self):
        self._agree(self.mei, False, ["care"], "sms")
        every = set(self.rules)
        self.assertEqual(self._open(), every - {"message", "birthday"})
        self._agree(self.mei, False, ["marketing"])
        self.assertEqual(self._open(), every - {"message", "birthday", "marketing"})
        self._agree(self.mei, False, ["service"])
        self.assertFalse(self._open())
        self.assertEqual(self._cancelled(), {"refused"})
        self._agree(self.mei)
        self.assertFalse(self._open(), "only planning takes it up again")
        self._plan(self.today)
        self.assertEqual(self._open(), every - {"marketing"})

    def test_agreeing_or_somebody_else_stops_nothing(self):
        self._agree(self.mei)
        self._agree(self._create_member(), False)
        self.assertEqual(self._open(), set(self.rules))

    def test_a_complaint_leaves_service_with_quiet_words(self):
        self.assertEqual(self._task("thanks").tone, "cheerful")
        feedback = self.env["vip.feedback"].create(
            {
                "partner_id": self.mei.id,
                "kind": "inquiry",
                "description": "When does it come?",
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self._open(), set(self.rules))
        feedback.kind = "complaint"
        self.assertEqual(self._open(), {"service", "thanks"})
        self.assertEqual(self._cancelled(), {"complaint"})
        self.assertEqual(self._task("thanks").tone, "neutral")

    def test_mourning_leaves_the_birthday_with_quiet_words(self):
        birthday = self._task("birthday")
        self._set_column(birthday, "body", "Be merry")
        self.mei.vip_mourning_until = self.today + timedelta(days=30)
        self.assertEqual(self._open(), set(self.rules) - {"festival"})
        self.assertEqual(self._cancelled(), {"mourning"})
        self.assertEqual((birthday.tone, birthday.body), ("neutral", False))
        self.assertEqual(self.given, [birthday.ids])

    def test_no_contact_leaves_service(self):
        self.mei.vip_preferred_channel = "none"
        self.assertEqual(self._open(), {"service", "thanks"})
        self.assertEqual(self._cancelled(), {"no_contact"})

    def test_the_end_of_a_membership(self):
        for values in ({"active": False}, {"is_vip_member": False}):
            with self.subTest(**values), self.env.cr.savepoint() as attempt:
                self.mei.write(values)
                self.assertFalse(self._open())
                self.assertEqual(self._cancelled(), {"left"})
                attempt.rollback()
            self.env.invalidate_all()

    def test_who_may_not_see_the_task_stops_it_too(self):
        """Whoever hears a refusal: it counts at once."""
        associate = self.env["res.users"].create(
            {
                "name": "Su",
                "login": "su_stops",
                "group_ids": [(4, self.env.ref("vip_care.group_associate").id)],
            }
        )
        hears = self.mei.with_user(associate)
        self.assertFalse(hears.has_access("write"))
        hears.sudo()._vip_record_consents(
            ["service"], False, text="At the till.", method="till"
        )
        self.assertFalse(self._open())


@tagged("post_install", "-at_install")
class TestCareMerge(VipPlanCommon):
    """Merged contacts keep all that was done and get one care from then on."""

    def _merge(self, kept, gone):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((kept | gone).ids, kept)
        self.env.invalidate_all()

    def _give_care(self, today):
        """Both have the same call and the same message, one each besides."""
        gone = self._create_member("Mei too", vip_owner_id=False)
        # Before the other did: what was agreed to with the number that goes is void.
        self._agree(gone, date=fields.Datetime.now() - timedelta(days=1))
        rules = [
            self._rule(f"R{i}", cap_days=0, channel=channel, text_kind=kind)
            for i, (channel, kind) in enumerate(
                [("call", False), ("message", "greeting"), ("visit", False)]
            )
        ]
        for rule in rules[:2]:
            self._want(rule, self.mei, due=today, days=3, key="same")
            self._want(rule, gone, due=today, days=3, key="same")
        self._want(rules[2], gone, due=today, days=3)
        self._plan(today)
        return gone, rules

    def test_nothing_done_is_lost_and_nothing_is_done_twice(self):
        today = self.store._vip_today()
        gone, (call, message, visit) = self._give_care(today)
        before = self._tasks() | self._tasks(gone)
        self.assertEqual(len(before), 5)
        done = self._tasks(gone).filtered(lambda task: task.rule_id == call)
        done.write({"state": "done", "done_date": today})
        self.given.clear()
        self._merge(self.mei, gone)
        self.assertEqual(self._tasks(), before)
        fates = {
            rule: sorted(
                (task.state, task.guard)
                for task in self._tasks()
                if task.rule_id == rule
            )
            for rule in (call, message, visit)
        }
        self.assertEqual(
            fates,
            {
                call: [("cancelled", "repeat"), ("done", False)],
                message: [("cancelled", "repeat"), ("planned", False)],
                visit: [("planned", False)],
            },
        )
        self.assertEqual(done.occasion_key, "same")
        opened = before.filtered(lambda task: task.state == "planned")
        self.assertEqual(opened.owner_id, self.lin)
        words = opened.filtered(lambda task: task.channel == "message")
        self.assertEqual(self.given, [words.ids])
        self._plan(today)
        self.assertEqual(self._tasks(), before)

    def test_her_contacts_keep_their_distance(self):
        today = self.store._vip_today()
        gone = self._create_member("Mei too")
        great, small = self._rule("Great", priority=90), self._rule("Small")
        self._want(great, gone, due=today)
        self._want(small, self.mei, due=today, days=20)
        self._plan(today)
        self._merge(self.mei, gone)
        self.assertEqual(self._fate(great), self._planned(due=today))
        apart = today + timedelta(days=7)
        self.assertEqual(self._fate(small), self._planned(13, apart))

    def test_the_stricter_word_of_the_two_counts(self):
        today = self.store._vip_today()
        gone, rule = self._create_member("Mei too"), self._rule(purpose="marketing")
        self._want(rule, self.mei, due=today)
        self._plan(today)
        self._agree(gone, False, ["marketing"])
        self.assertEqual(self._fate(rule), self._planned(due=today))
        self._merge(self.mei, gone)
        self.assertEqual(self._fate(rule), ("cancelled", "refused", today, today))
