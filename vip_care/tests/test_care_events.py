from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from .care_common import VipCareRuleCommon

MANAGER = "base.group_user,vip_care.group_store_manager"
INVITATION = "{honorific}，本周六店里办茶会，期待您来坐坐。{store} {associate}"


@freeze_time("2026-11-10 02:00:00")
class TestCareEvents(VipCareRuleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.qian = new_test_user(cls.env, "qian", MANAGER)
        cls.lin = new_test_user(
            cls.env, "lin", "base.group_user,vip_care.group_associate"
        )
        cls.office = new_test_user(
            cls.env, "office", "base.group_user,vip_care.group_head_office"
        )
        cls.regional = new_test_user(
            cls.env, "regional", "base.group_user,vip_care.group_region_manager"
        )
        cls.store.manager_ids = cls.qian
        cls.region.manager_ids = cls.regional
        cls.member = cls._create_member()
        cls.cold = cls.env.ref("vip_care.vip_occasion_weather_cold")

    def _event(self, user=None, **vals):
        events = self.env["vip.care.event"].with_user(user or self.qian)
        return events.create(
            {
                "name": "Cold wave",
                "occasion_id": self.cold.id,
                "store_ids": [(6, 0, self.store.ids)],
                "date_from": "2026-11-10",
                "date_to": "2026-11-12",
            }
            | vals
        )

    def test_a_warning_is_due_while_it_lasts_at_its_stores(self):
        self._create_member(vip_store_id=self.other_store.id)
        self._create_member(vip_store_id=False)
        rule = self._create_rule("weather", offset_days=5, window_days=1)
        event = self._event()
        self.assertEqual(self._keys(rule, "2026-11-11"), [])
        event.action_give_out()
        self.assertEqual((event.state, event.user_id), ("active", self.qian))
        [row] = self._due(rule, "2026-11-11")
        self.assertEqual(
            (row["partner"], row["key"], row["occasion"], row["event"]),
            (self.member.id, f"event:{event.id}", self.cold.id, event.id),
        )
        self.assertEqual([row["due"].day, row["until"].day], [10, 12])
        self.assertEqual(self._keys(rule, "2026-11-09"), [])
        self.assertEqual(self._keys(rule, "2026-11-13"), [])
        self.assertEqual(self._keys(rule, "2026-11-11", stores=self.other_store), [])
        self.assertEqual(self._keys(self._create_rule("activity"), "2026-11-11"), [])

    def test_the_owner_finds_it_among_her_contacts(self):
        mei = self._create_employee("Mei")
        self.member.vip_owner_id = mei
        rule = self._create_rule("weather", priority=99)
        event = self._event()
        event.action_give_out()
        cron = self.env.ref("vip_care.ir_cron_plan_care")
        self.assertTrue(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        )
        self.env["vip.care.rule"].plan("2026-11-10")
        task = event.task_ids
        self.assertEqual((task.rule_id, task.owner_id), (rule, mei))
        self.assertEqual(task.why, "Cold wave at North Gate: Cold wave.")
        event.action_close()
        self.env["vip.care.rule"].plan("2026-11-11")
        self.assertEqual(event.task_ids, task)
        self.assertEqual(task.state, "cancelled")

    def test_a_rule_may_name_the_weather(self):
        heat = self.env.ref("vip_care.vip_occasion_weather_heat")
        rule = self._create_rule("weather", occasion_ids=heat.ids)
        self._event().action_give_out()
        self.assertEqual(self._keys(rule, "2026-11-11"), [])
        rule.occasion_ids += self.cold
        self.assertEqual(len(self._keys(rule, "2026-11-11")), 1)

    def test_what_was_forgotten_is_given_out_from_today_on(self):
        event = self._event(date_from="2026-11-01")
        event.action_give_out()
        self.assertEqual(event.date_from.day, 10)
        past = self._event(date_from="2026-11-01", date_to="2026-11-09")
        with self.assertRaisesRegex(UserError, "last day"):
            past.action_give_out()

    def test_managers_give_out_for_their_own_stores_only(self):
        theirs = {"store_ids": [(6, 0, (self.store + self.other_store).ids)]}
        with self.assertRaises(AccessError):
            self._event(**theirs)
        both = self._event(self.regional, **theirs)
        self.assertFalse(both.with_user(self.qian).has_access("write"))
        self.assertTrue(both.with_user(self.qian).has_access("read"))
        for step in ("action_give_out", "action_close", "unlink"):
            with self.subTest(step=step), self.assertRaises(AccessError):
                getattr(both.with_user(self.qian), step)()
        own = self._event()
        with self.assertRaises(AccessError):
            own.write(theirs)
        self._event(self.office, **theirs).action_give_out()
        both.action_give_out()

    def test_associates_read_what_is_given_out_and_no_more(self):
        event = self._event()
        self.assertEqual(event.with_user(self.lin).name, "Cold wave")
        with self.assertRaises(AccessError):
            event.with_user(self.lin).action_give_out()
        with self.assertRaises(AccessError):
            event.with_user(self.lin).name = "Mine"
        with self.assertRaises(AccessError):
            self._event(self.lin)

    def test_nobody_writes_its_state_by_hand(self):
        with self.assertRaises(AccessError):
            self._event(state="active")
        with self.assertRaises(AccessError):
            self._event().state = "active"
        with self.assertRaises(AccessError):
            self._event().with_user(self.office).user_id = self.lin

    def test_each_kind_says_what_is_missing(self):
        for kind, sentence in {
            "weather": "weather",
            "activity": "invitation",
            "arrivals": "products",
        }.items():
            event = self._event(kind=kind, occasion_id=False)
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, sentence):
                event.action_give_out()
        with self.assertRaises(ValidationError):
            self._event(store_ids=False)
        with self.assertRaises(ValidationError):
            self._event(occasion_id=self.env.ref("vip_care.vip_occasion_qixi").id)

    def test_the_guard_reads_an_invitation_on_every_path(self):
        good = self._event(kind="activity", invitation=INVITATION)
        for bad in (
            INVITATION.replace("茶会", "茶会，全场5折"),
            INVITATION.replace("{honorific}", "{phone}"),
            "本周六店里办茶会，期待您来坐坐。",
        ):
            with self.subTest(words=bad), self.assertRaises(ValidationError):
                self._event(kind="activity", invitation=bad)
            with self.subTest(words=bad), self.assertRaises(ValidationError):
                good.invitation = bad
        with self.assertRaisesRegex(ValidationError, "5折"):
            good.invitation = INVITATION.replace("茶会", "茶会，全场5折")
        good.invitation = INVITATION
        good.action_give_out()
        rule = self._create_rule("activity")
        self.assertEqual(self._keys(rule, "2026-11-11"), [f"event:{good.id}"])

    def test_closing_ends_what_is_not_done_yet(self):
        event = self._event()
        with self.assertRaises(UserError):
            event.action_close()
        event.action_give_out()
        rule = self._create_rule("weather")
        planned, done = self.env["vip.care.task"].create(
            [
                {
                    "partner_id": member.id,
                    "rule_id": rule.id,
                    "occasion_key": f"event:{event.id}",
                    "event_id": event.id,
                    "trigger": "weather",
                    "company_id": self.company.id,
                    "channel": "call",
                    "purpose": "care",
                    "due_date": "2026-11-10",
                    "until": "2026-11-12",
                    "state": state,
                }
                for member, state in (
                    (self.member, "planned"),
                    (self._create_member(), "done"),
                )
            ]
        )
        self.assertEqual((event.task_count, event.done_count), (1, 1))
        event.action_close()
        self.assertEqual((planned.state, planned.guard), ("cancelled", "late"))
        self.assertEqual((done.state, done.guard), ("done", False))
        self.assertEqual(self._keys(rule, "2026-11-11"), [])
        with self.assertRaises(UserError):
            event.action_give_out()

    def test_what_was_given_out_is_kept_as_it_is(self):
        event = self._event()
        event.action_give_out()
        with self.assertRaises(UserError):
            event.kind = "arrivals"
        with self.assertRaises(UserError):
            event.unlink()
        event.date_to = "2026-11-15"
        draft = self._event()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_a_new_one_is_for_the_stores_one_answers_for(self):
        fresh = self.env["vip.care.event"].with_user(self.qian).new({})
        self.assertEqual(fresh.store_ids._origin, self.store)
