from odoo.tests import tagged

from ..models.vip_care_rule_plan import PLANNING_LOCK
from .plan_common import VipPlanCommon


@tagged("post_install", "-at_install")
class TestPlanTwo(VipPlanCommon):
    """Two planners at once, in two real transactions."""

    def test_one_plans_and_the_other_leaves_it_to_him(self):
        rule = self._rule()
        self._want(rule, self.mei)
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)",
                [PLANNING_LOCK, self.company.id],
            )
            run = self._run()
            self.assertEqual((run.state, run.done, run.left), ("interrupted", 0, 1))
            self.assertFalse(self._tasks())
            other.rollback()
        run = self._run()
        self.assertEqual((run.state, run.done, run.left), ("done", 1, 0))
        self.assertEqual(self._fate(rule), self._planned())

    def _run(self):
        return self._plan().filtered(lambda run: run.company_id == self.company)
