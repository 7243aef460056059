from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import VipCareCommon


@tagged("post_install", "-at_install")
class TestCareEffect(VipCareCommon):
    """What a rule brings is told from those held out, whoever was reached."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["vip.care.rule"].create(
            {"name": "Calls", "trigger": "monthly_call", "holdout_percent": 20}
        )

    def _task(self, state, **vals):
        member = self._create_member()
        self.env["vip.care.task"].create(
            {
                "partner_id": member.id,
                "rule_id": self.rule.id,
                "occasion_key": "monthly_call:2024-03",
                "trigger": "monthly_call",
                "company_id": self.env.company.id,
                "channel": "call",
                "purpose": "care",
                "due_date": date(2024, 3, 1),
                "until": date(2024, 3, 7),
                "state": state,
            }
            | vals
        )
        return member

    def _figures(self, on_date):
        self.env.flush_all()
        with freeze_time(on_date):
            groups = self.env["vip.care.effect"]._read_group(
                [("rule_id", "=", self.rule.id)],
                ["group"],
                ["bought:avg", "amount:avg", "__count"],
            )
        return {group: tuple(values) for group, *values in groups}

    def test_those_chosen_are_compared_with_those_held_out(self):
        buyer = self._task("done", outcome="reached")
        self._buy(buyer, date(2024, 3, 31), 300)
        self._buy(buyer, date(2024, 4, 1), 900)  # a day too late
        self._task("expired", guard="late")
        self._task("skipped", reason="met")
        self._task("skipped", guard="consent")  # was never chosen
        held = self._task("skipped", guard="holdout", is_holdout=True)
        self._buy(held, date(2024, 3, 1), 50)
        self.assertEqual(self._figures("2024-03-31"), {})
        figures = self._figures("2024-04-01")
        self.assertAlmostEqual(figures["chosen"][0], 100 / 3, 1)
        self.assertEqual(figures["chosen"][1:], (100, 3))
        self.assertEqual(figures["held_out"], (100, 50, 1))

    def test_without_anybody_held_out_nothing_is_claimed(self):
        self._task("done", outcome="reached")
        self.assertEqual(self._figures("2024-05-01"), {})

    def test_it_is_for_head_office(self):
        with self.assertRaises(AccessError):
            self.env["vip.care.effect"].with_user(
                new_test_user(self.env, "effect_xu", "vip_care.group_region_manager")
            ).search([])
