from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .plan_common import DAY, VipPlanCommon


@tagged("post_install", "-at_install")
class TestPlan(VipPlanCommon):
    """Which contacts become tasks, and that planning again changes nothing."""

    def test_what_is_due_becomes_a_task_once(self):
        rule = self._rule(purpose="care", priority=60)
        self._want(rule, self.mei, days=5)
        self._want(rule, self.mei, due=DAY + timedelta(days=40), key="later")
        self._plan()
        self.assertRecordValues(
            self._tasks(),
            [
                {
                    "rule_id": rule.id,
                    "trigger": "monthly_call",
                    "channel": "call",
                    "owner_id": self.lin.id,
                    "store_id": self.store.id,
                    "company_id": self.company.id,
                    "priority": 60,
                    "cap_days": 7,
                    "tone": "neutral",
                    "state": "planned",
                    "due_date": DAY,
                    "until": DAY + timedelta(days=4),
                    "is_holdout": False,
                }
            ],
        )
        for day in (DAY, DAY, DAY + timedelta(days=1)):
            self._plan(day)
        self.assertEqual(len(self._tasks()), 1)
        runs = self.env["vip.job.run"].search([("job", "=", "care")])
        self.assertEqual(sum(runs.mapped("done")), 1)

    def test_what_nobody_did_expires(self):
        rule = self._rule()
        self._want(rule, self.mei, days=2)
        self._plan()
        self._plan(DAY + timedelta(days=1))
        self.assertEqual(self._fate(rule), self._planned(days=2))
        self._plan(DAY + timedelta(days=2))
        self.assertEqual(self._fate(rule)[:2], ("expired", "late"))

    def test_only_the_audience(self):
        tag = self.env["vip.profile.tag"].create({"name": "Silk"})
        away = self._create_member("Away", vip_store_id=self.other_store.id)
        gold, tagged_, named, plain = (self._create_member() for _i in range(4))
        gold.sudo().write({"vip_tier_id": self.gold.id, "vip_value_class": "A"})
        gold.sudo().vip_lifecycle = "active"
        tagged_.vip_tag_ids = tag
        named.vip_work = "Pilot"
        everybody = away | gold | tagged_ | named | plain
        cases = [
            ({}, everybody),
            ({"tier_ids": self.gold.ids}, gold),
            ({"for_a": True, "for_b": True}, gold),
            ({"for_active": True}, gold),
            ({"for_dormant": True}, everybody.browse()),
            ({"tag_ids": tag.ids}, tagged_),
            ({"store_ids": self.other_store.ids}, away),
            ({"domain": "[('vip_work', 'ilike', 'pilot')]"}, named),
            ({"domain": "[('vip_store_id.code', '=', 'T2')]"}, away),
            ({"domain": "[]", "company_id": self.company.id}, everybody),
        ]
        for vals, expected in cases:
            rule = self._rule(**vals)
            for member in everybody:
                self._want(rule, member, key=f"{rule.id}")
            with self.subTest(**vals), self.env.cr.savepoint() as attempt:
                self._plan()
                tasks = self.env["vip.care.task"].search([("rule_id", "=", rule.id)])
                self.assertEqual(tasks.partner_id, expected)
                attempt.rollback()
            rule.active = False

    def test_a_rule_that_fails_harms_only_itself(self):
        good, bad, worse = (self._rule(name) for name in ("Good", "Bad", "Worse"))
        self._set_column(bad, "domain", "[('oops', '=', 1)]")
        self._set_column(worse, "domain", "not a domain")
        for rule in (bad, good, worse):
            self._want(rule, self.mei)
        run = self._plan().filtered(lambda run: run.company_id == self.company)
        self.assertEqual(self._fate(good), self._planned())
        self.assertEqual((run.error_count, run.state), (2, "done"))
        self.assertIn("Bad", run.error_text)
        self.assertIn("Worse", run.error_text)

    def test_messages_get_their_words(self):
        message, call = self._rule("Words", channel="message"), self._rule("Call")
        other = self._create_member()
        self._want(message, self.mei)
        self._want(message, other)  # who has not agreed
        self._want(call, other)
        self._plan()
        self.assertEqual(self._tasks(other).mapped("state"), ["skipped", "planned"])
        self.assertEqual(self.given, [self._tasks().ids])

    def test_the_tone_of_the_occasion_or_of_the_trigger(self):
        solemn, quiet = (
            self.env["vip.occasion"].create(
                {"name": t, "key": f"t_{t}", "tone": t, "month": 1, "day": 1}
            )
            for t in ("solemn", "neutral")
        )
        cases = [
            ("festival", quiet, "neutral"),
            ("festival", solemn, None),
            ("birthday", None, "cheerful"),
            ("purchase", None, "neutral"),
        ]
        for trigger, occasion, expected in cases:
            rule, member = self._rule(trigger=trigger), self._create_member()
            self._want(rule, member, occasion=occasion)
            self._plan()
            with self.subTest(trigger=trigger, occasion=occasion):
                self.assertEqual(self._tasks(member).tone or None, expected)

    def test_a_share_is_held_out_always_the_same(self):
        members = self.env["res.partner"].union(
            *(self._create_member() for _i in range(60))
        )
        rule = self._rule(holdout_percent=30)
        service = self._rule(purpose="service", cap_days=0)
        self._set_column(service, "holdout_percent", 30)
        for member in members:
            self._want(rule, member)
        held = []
        for _again in range(2):
            with self.env.cr.savepoint() as attempt:
                self._plan()
                tasks = rule.env["vip.care.task"].search([("rule_id", "=", rule.id)])
                out = tasks.filtered("is_holdout")
                held.append(sorted(out.partner_id.ids))
                self.assertEqual(set(out.mapped("state")), {"skipped"})
                self.assertEqual(set(out.mapped("guard")), {"holdout"})
                self.assertEqual(len(tasks), 60)
                attempt.rollback()
            self.env.invalidate_all()
        self.assertEqual(held[0], held[1])
        self.assertTrue(8 <= len(held[0]) <= 29, len(held[0]))
        for member in members:
            self._want(service, member, due=DAY + timedelta(days=9))
        self._plan(DAY + timedelta(days=9))
        tasks = self.env["vip.care.task"].search([("rule_id", "=", service.id)])
        self.assertEqual(set(tasks.mapped("state")), {"planned"})

    def test_head_office_plans_and_nobody_else(self):
        manager = new_test_user(
            self.env, "plan_manager", "vip_care.group_region_manager"
        )
        office = new_test_user(self.env, "plan_office", "vip_care.group_head_office")
        rules = self.env["vip.care.rule"]
        with self.assertRaises(AccessError):
            rules.with_user(manager).plan()
        for junk in ("soon", "2099-01-01", 7, [1], "2020-02-30"):
            with self.subTest(junk=junk), self.assertRaises(UserError):
                rules.with_user(office).plan(junk)
        self.assertTrue(rules.with_user(office).plan())
