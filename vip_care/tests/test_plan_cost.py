from odoo.tests import tagged

from .plan_common import DAY, VipPlanCommon


@tagged("post_install", "-at_install")
class TestPlanCost(VipPlanCommon):
    """The number of questions to the database does not follow the number of members."""

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

    def test_planning_asks_as_often_for_fifty_as_for_two(self):
        members = self.env["res.partner"].union(
            *(self._create_member(vip_owner_id=self.lin.id) for _i in range(52))
        )
        self._agree(members)
        rules = [self._rule(f"R{i}", priority=10 * i) for i in range(4)]
        counts = []
        for some in (members[:2], members[2:]):
            self.wanted.clear()
            for rule in rules:
                for member in some:
                    self._want(rule, member, days=3)
            counts.append(self._count(self._plan))
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[0], 120)

    def test_a_rule_costs_three_statements_and_one_without_candidates_nothing(self):
        one = self._rule()
        self._want(one, self.mei)
        before = self._count(self._plan)
        for i in range(10):
            self._rule(f"Idle {i}")
        self.assertLessEqual(self._count(self._plan) - before, 20)

    def test_the_guards_ask_as_often_for_thirty_as_for_one(self):
        rule = self._rule()
        members = [self._create_member() for _i in range(31)]
        for member in members:
            self._want(rule, member, due=DAY, days=3)
        self._plan()
        tasks = self.env["vip.care.task"].search([("rule_id", "=", rule.id)])
        self.assertEqual(len(tasks), 31)
        guard = self.env["vip.care.guard"]
        one = self._count(lambda: guard._blocked(tasks[:1]))
        self.assertEqual(self._count(lambda: guard._blocked(tasks[1:])), one)
        self.assertLess(one, 20)
