from collections import defaultdict
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from .common import VipCareCommon

DAY = date(2026, 6, 15)  # a Monday, and no day of memory


@tagged("post_install", "-at_install")
class VipPlanCommon(VipCareCommon):
    """A planner whose occasions the test makes up: the triggers have tests of their own.

    `self._want(rule, member, due, until)` makes a rule want a contact.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vip.care.rule"].search([]).active = False
        cls.wanted = defaultdict(list)
        cls.solemn = set()
        cls.given = []
        rules, occasions, texts = (
            cls.env.registry[name]
            for name in ("vip.care.rule", "vip.occasion", "vip.care.text")
        )
        cls._patch(rules, "_query_candidates", lambda *args: cls._query_wanted(*args))
        cls._patch(
            occasions,
            "_solemn_days",
            lambda self, country, first, last, store=None: {
                day for day in cls.solemn if first <= day <= last
            },
        )
        cls._patch(texts, "_give", lambda self, tasks: cls.given.append(tasks.ids))
        cls.lin = cls._create_employee("Lin")
        cls.mei = cls._create_member("Mei", vip_owner_id=cls.lin.id)
        cls._agree(cls.mei)

    def setUp(self):
        super().setUp()
        self.wanted.clear()
        self.solemn.clear()
        self.given.clear()

    @classmethod
    def _patch(cls, model, name, function):
        cls.startClassPatcher(patch.object(model, name, function, create=True))

    @classmethod
    def _query_wanted(cls, rule, scope):
        """The rows the test wants, as a trigger would return them."""
        rows = [
            row
            for row in cls.wanted[rule.id]
            if row[3] <= scope.ahead and row[4] >= scope.day
        ]
        if not rows:
            return None
        return SQL(
            "SELECT c.* FROM (VALUES %s) AS c(partner_id, occasion_key, event_date,"
            " due_date, until, occasion_id, event_id, facts)"
            " JOIN res_partner m ON m.id = c.partner_id WHERE %s",
            SQL(", ").join(
                SQL("(%s, %s, %s, %s, %s, %s, NULL::int, '{}'::jsonb)", *row)
                for row in rows
            ),
            scope.members,
        )

    @classmethod
    def _want(cls, rule, member, due=DAY, days=1, key=None, occasion=None):
        cls.wanted[rule.id].append(
            (
                member.id,
                key or f"test:{due}",
                due,
                due,
                due + timedelta(days=days - 1),
                occasion.id if occasion else None,
            )
        )

    @classmethod
    def _rule(cls, name="Call", **vals):
        values = {"trigger": "monthly_call", "channel": "call", "cap_days": 7}
        if vals.get("channel") == "message":
            values["text_kind"] = "greeting"
        return cls.env["vip.care.rule"].create({"name": name} | values | vals)

    def _set_column(self, record, name, value):
        """Set what no screen would let anybody set."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL.identifier(name),
                value,
                record.id,
            )
        )
        record.invalidate_recordset()

    @classmethod
    def _agree(
        cls, members, given=True, purposes=("service", "care"), channel="any", **values
    ):
        values = {"text": "She said so.", "method": "paper"} | values
        for member in members:
            member._vip_record_consents(purposes, given, channel=channel, **values)

    def _plan(self, day=DAY):
        return self.env["vip.care.rule"].plan(day)

    def _tasks(self, member=None):
        member = member or self.mei
        return self.env["vip.care.task"].search([("partner_id", "=", member.id)])

    def _fate(self, rule, member=None):
        """Return state, guard, due date and last day of the rule's task, or None."""
        task = self._tasks(member).filtered(lambda task: task.rule_id == rule)
        return task and (task.state, task.guard, task.due_date, task.until) or None

    def _planned(self, days=1, due=DAY):
        return ("planned", False, due, due + timedelta(days=days - 1))
