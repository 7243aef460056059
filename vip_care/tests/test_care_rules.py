from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user
from odoo.tools import mute_logger

from ..models.vip_care_words import TRIGGERS
from .care_rule_common import CareRuleMixin
from .common import VipCareCommon


class TestCareRules(CareRuleMixin, VipCareCommon):
    """The rules that come with the add-on, and what any rule must hold to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rules = cls.env["vip.care.rule"].with_context(active_test=False)
        cls.ready_made = rules.search([("code", "!=", False)])

    def _refused(self, text, trigger="purchase", **vals):
        with self.assertRaisesRegex(ValidationError, text):
            self._create_rule(trigger, **vals)

    def test_there_is_a_rule_for_every_occasion_and_it_explains_itself(self):
        # Add-ons bring occasions and rules of their own.
        occasions = self.env["vip.care.rule"]._fields["trigger"].get_values(self.env)
        self.assertEqual(set(self.ready_made.mapped("trigger")), set(occasions))
        self.assertLessEqual({key for key, _label in TRIGGERS}, set(occasions))
        for rule in self.ready_made:
            with self.subTest(rule.code):
                self.assertGreater(len(rule.description), 40)
                self.assertEqual(bool(rule.guide), rule.channel != "message")
                self.assertFalse(rule.holdout_percent)
                self.assertFalse(rule.company_id)

    def test_ready_made_rules_of_some_days_name_them(self):
        if not self.env["vip.occasion"].search_count([], limit=1):
            self.skipTest("no occasions are loaded")
        for code in ("main", "family", "more", "trade"):
            rule = self.ready_made.filtered(lambda r, c=code: r.code == f"festival_{c}")
            self.assertTrue(rule.occasion_ids, code)
        self.assertEqual(
            len(
                self.ready_made.filtered(lambda r: r.code == "season_main").occasion_ids
            ),
            8,
        )

    def test_messages_of_a_day_are_never_late(self):
        dated = self.ready_made.filtered(
            lambda rule: (
                rule.channel == "message"
                and rule.trigger in ("birthday", "special_day", "festival")
            )
        )
        self.assertEqual(len(dated), 6)
        for rule in dated:
            last = rule.offset_days + rule.window_days - 1
            self.assertEqual(last, -1 if rule.trigger == "festival" else 0)

    def test_no_rule_weighs_as_much_as_a_birthday(self):
        birthday = self.ready_made.filtered(lambda rule: rule.trigger == "birthday")
        others = self.ready_made - birthday
        self.assertLess(
            max(others.mapped("priority")), min(birthday.mapped("priority"))
        )

    def test_a_message_needs_a_kind_of_words(self):
        self._refused("Say of which kind", channel="message")
        self._create_rule("purchase", channel="message", text_kind="thanks")

    def test_new_arrivals_are_no_message(self):
        self._refused(
            "never in a message",
            trigger="arrivals",
            channel="message",
            text_kind="invitation",
        )

    def test_service_is_owed_to_everybody(self):
        self._refused("nobody can be held out", purpose="service", holdout_percent=5)
        self._refused("nobody can be held out", channel="service", holdout_percent=5)
        rule = self._create_rule("purchase", holdout_percent=5)
        with self.assertRaisesRegex(ValidationError, "nobody can be held out"):
            rule.purpose = "service"

    def test_nothing_comes_after_its_day(self):
        message = {"channel": "message", "text_kind": "greeting"}
        self._refused("1 days late", trigger="festival", window_days=2, **message)
        self._refused("late", trigger="points_lapse", offset_days=-2, window_days=4)
        self._create_rule("festival", offset_days=-1, window_days=2, **message)
        # A gift may be brought when she is back from her holidays.
        self._create_rule("birthday", channel="gift", window_days=9)

    def test_thresholds_are_sane(self):
        self._refused("from 1 to 100", trigger="data_check", threshold=101)
        self._refused("from 1 to 100", trigger="data_check", threshold=0)
        self._refused("from 1", trigger="points_reminder")
        self._refused("from 1", trigger="top_spender")
        self._refused("from 0", threshold=-1)

    @mute_logger("odoo.sql_db")
    def test_days_and_shares_have_limits(self):
        for vals in (
            {"window_days": 0},
            {"window_days": 61},
            {"cap_days": -1},
            {"offset_days": 401},
            {"daily_limit": -1},
            {"holdout_percent": 51},
        ):
            with (
                self.subTest(vals),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self._create_rule("purchase", **vals)

    def test_further_conditions_must_be_answerable(self):
        for wrong in (
            "[('no_such_field', '=', 1)]",
            "[('vip_tier_id.no_such', '=', 1)]",
            "[('vip_order_count', '>', 'many')]",
            "[('vip_order_count', '~~', 1)]",
            "[('user_id', '=', uid)]",
            "[('name'",
            "{'a': 1}",
            "['&']",
            "__import__('os').getcwd()",
            "12",
            "(" * 3000,
        ):
            with self.subTest(wrong[:40]):
                self._refused("Choose them in the editor", domain=wrong)

    def test_further_conditions_that_can_be_answered(self):
        for right in (
            "[]",
            "",
            "[('vip_order_count', '>=', 3)]",
            "['|', ('vip_layer', '=', 'loyal'), ('vip_value_class', '=', 'A')]",
            "[('vip_enrolled_on', '>=', 'today -3m')]",
            "[('vip_tag_ids.name', 'ilike', 'silk')]",
        ):
            with self.subTest(right):
                rule = self._create_rule("purchase", domain=right)
                self.env["res.partner"].search(rule._conditions())

    def test_ready_made_and_used_rules_are_archived_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.ready_made[:1].unlink()
        rule = self._create_rule("enrolment")
        member = self._create_member(vip_enrolled_on="2026-06-10")
        [row] = self._candidates(rule, "2026-06-10")
        task = self._plan_task(rule, row)
        self.assertEqual(task.partner_id, member)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            rule.unlink()
        task.unlink()
        self.assertTrue(rule.unlink())

    def test_only_head_office_changes_rules(self):
        manager = new_test_user(self.env, "care_sm", "vip_care.group_store_manager")
        office = new_test_user(self.env, "care_he", "vip_care.group_head_office")
        rule = self.ready_made[:1]
        with self.assertRaises(AccessError):
            rule.with_user(manager).write({"active": False})
        rule.with_user(office).write({"active": False})
        self.assertFalse(rule.active)
        with Form(self.env["vip.care.rule"].with_user(office)) as form:
            form.name = "Thanks"
            form.trigger = "purchase"
            form.channel = "message"
            form.text_kind = "thanks"
            form.purpose = "care"
            form.offset_days = 1
            form.window_days = 2
            form.domain = "[('vip_order_count', '=', 1)]"
        self.assertEqual(form.record.sentence_when, "Between 1 and 2 days after.")

    def test_the_screen_says_when(self):
        for offset, window, text in (
            (0, 1, "On the day itself, neither before nor after."),
            (-1, 1, "On one day, 1 before."),
            (7, 1, "On one day, 7 after."),
            (-5, 5, "Between 5 and 1 days before."),
            (-1, 3, "From 1 days before until 1 days after."),
            (0, 4, "Between 0 and 3 days after."),
        ):
            rule = self._create_rule("edge", offset_days=offset, window_days=window)
            self.assertEqual(rule.sentence_when, text)

    def test_the_chains_limits_are_on_the_settings_page(self):
        self._save_settings(
            vip_care_daily_limit=9, vip_card_months=18, vip_complaint_days=3
        )
        self.assertEqual(self.company.vip_care_daily_limit, 9)
        self.assertEqual(self.company.vip_card_months, 18)
        for name, value in (
            ("vip_care_daily_limit", 0),
            ("vip_card_months", -1),
            ("vip_complaint_hours", 0),
            ("vip_complaint_hours", 73),
        ):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.company[name] = value
