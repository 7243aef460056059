from datetime import date, timedelta

from odoo.tests import tagged

from ..tools.windows import window_start
from .care_rule_common import CareRuleMixin
from .pos_common import VipPosCommon
from .text_common import VipTextCommon

DAY = date(2026, 3, 5)
SOON = date(2026, 3, 15)


@tagged("post_install", "-at_install")
class TestTextBankAhead(VipTextCommon):
    """Head office is asked three weeks before, also for what follows from buying."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vip.care.rule"].search([("id", "!=", cls.rule.id)]).active = False
        cls.mei = cls._friend(vip_enrolled_on=date(2020, 1, 1))

    def _set(self, member, **columns):
        """Set what the review reckons from purchases."""
        self.env.flush_all()
        for name, value in columns.items():
            self.env.cr.execute(
                f"UPDATE res_partner SET {name} = %s WHERE id = %s",  # noqa: S608
                [value, member.id],
            )
        member.invalidate_recordset()

    def _need(self, trigger, day=DAY):
        """Return texts there, members without and the first day of a trigger."""
        needs = self.env["vip.care.text.need"]
        needs._process_bank(self.company, day)
        need = needs.search([("trigger", "=", trigger), ("member_count", ">", 0)])
        return need and (need.left_count, need.member_count, need.first_date)

    def _purchase(self, day, rule):
        """A contact of thanks as it was made after a purchase."""
        return self._task(self.mei, day, rule=rule, state="done")

    def test_who_will_drift_is_foreseen_before_her_state_says_so(self):
        self._message_rule("edge", "greeting", window_days=7)
        self._message_rule("dormant", "greeting", window_days=7)
        bought = window_start(SOON, self.company.vip_active_months) - timedelta(1)
        self._set(self.mei, vip_last_purchase_date=bought, vip_lifecycle="active")
        self.assertEqual(self._need("edge"), (0, 1, SOON))
        self.assertFalse(self._need("dormant"))
        self.assertFalse(self._need("edge", SOON - timedelta(22)))
        self.assertTrue(self._need("edge", SOON - timedelta(21)))
        self._text("We think of you, {name}.", trigger="edge", kind="greeting")
        self.assertFalse(self._need("edge"))

    def test_who_has_bought_since_needs_none(self):
        self._message_rule("edge", "greeting", window_days=7)
        bought = window_start(DAY, self.company.vip_active_months) - timedelta(1)
        self._set(self.mei, vip_last_purchase_date=bought, vip_lifecycle="active")
        self.assertFalse(self._need("edge"), "her state says she is none today")
        self._set(self.mei, vip_lifecycle="edge")
        self.assertEqual(self._need("edge"), (0, 1, DAY))

    def test_a_card_that_lapses_is_foreseen(self):
        self.company.vip_card_months = 12
        self._message_rule("card_lapse", "points", offset_days=-10)
        self._set(self.mei, vip_last_purchase_date=date(2025, 3, 30))
        self.assertEqual(self._need("card_lapse"), (0, 1, date(2026, 3, 20)))

    def test_points_that_lapse_are_foreseen(self):
        self._message_rule("points_lapse", "points", offset_days=-10)
        program = self.env["loyalty.program"].create(
            {"name": "Points", "program_type": "loyalty"}
        )
        self.env["loyalty.card"].create(
            {
                "program_id": program.id,
                "partner_id": self.mei.id,
                "points": 50,
                "expiration_date": "2026-03-30",
            }
        )
        self.assertEqual(self._need("points_lapse"), (0, 1, date(2026, 3, 20)))

    def test_new_members_of_late_stand_for_those_to_come(self):
        rule = self._message_rule("enrolment", "thanks")
        self._set(self.mei, vip_enrolled_on=date(2026, 2, 20))
        self.assertEqual(self._need("enrolment"), (0, 1, date(2026, 3, 13)))
        text = self._text("Welcome, {name}.", trigger="enrolment", kind="thanks")
        self._purchase(date(2026, 2, 20), rule).text_id = text
        self.assertFalse(self._need("enrolment"), "who joins has not had it")

    def test_planning_a_day_foresees_nothing(self):
        """What is asked for a day only stays what is due on that day."""
        rule = self._message_rule("edge", "greeting", window_days=7)
        bought = window_start(SOON, self.company.vip_active_months) - timedelta(1)
        self._set(self.mei, vip_last_purchase_date=bought, vip_lifecycle="active")
        self.env["vip.care.rule"].plan(DAY)
        self.assertFalse(
            self.env["vip.care.task"].search_count([("rule_id", "=", rule.id)])
        )


@tagged("post_install", "-at_install")
class TestTextBankBuying(CareRuleMixin, VipPosCommon):
    """Who bought is thanked later; who will buy is like who bought of late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vip.care.rule"].search([]).active = False
        cls.texts = cls.env["vip.care.text"]
        cls.texts.search([("state", "=", "approved")])._step({"state": "retired"})
        cls.member.lang = "en_US"
        cls.today = cls.store._vip_today()

    def _rule(self, days):
        vals = {"channel": "message", "text_kind": "thanks", "offset_days": days}
        return self._create_rule("purchase", **vals)

    def _bought(self, days_ago):
        order = self._sell(self.member)
        self._collect()
        purchase = self.env["vip.purchase"].search([("order_id", "=", order.id)])
        purchase.sudo().local_date = self.today - timedelta(days_ago)

    def _need(self):
        needs = self.env["vip.care.text.need"].sudo()  # as the job
        needs._process_bank(self.company, self.today)
        need = needs.search([("trigger", "=", "purchase"), ("member_count", ">", 0)])
        return need and (need.left_count, need.member_count, need.first_date)

    def test_thanks_of_next_week_are_foreseen(self):
        self._rule(7)
        self._bought(0)
        self.assertEqual(self._need(), (0, 1, self.today + timedelta(7)))

    def test_who_bought_of_late_and_had_all_words_may_come_again(self):
        rule = self._rule(0)
        self._bought(10)
        text = self.texts.create(
            {
                "trigger": "purchase",
                "kind": "thanks",
                "lang": "en_US",
                "body": "Thank you, {name}. {store} {associate}",
            }
        )
        text.action_approve()
        self.assertFalse(self._need())
        [row] = self._candidates(rule, self.today - timedelta(10))
        self._plan_task(rule, row, state="done", text_id=text.id)
        self.assertEqual(self._need(), (1, 1, self.today + timedelta(11)))
        rule.active = False
        self.assertFalse(self._need())
