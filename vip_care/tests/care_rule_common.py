from datetime import date, timedelta

from odoo import fields

from ..models.vip_care_scope import CareScope

COLUMNS = (
    *("partner_id", "occasion_key", "event_date", "due_date", "until"),
    *("occasion_id", "event_id", "facts"),
)


class CareRuleMixin:
    """Short ways to ask a care rule whom it meets on a day."""

    @classmethod
    def _create_rule(cls, trigger, **vals):
        return cls.env["vip.care.rule"].create(
            {"name": trigger, "trigger": trigger, "channel": "call"} | vals
        )

    @classmethod
    def _candidates(cls, rule, day, stores=None, company=None):
        """Return the rule's candidates of the stores as dicts, by member."""
        day = fields.Date.to_date(day)
        stores = cls.env["vip.store"].search([]) if stores is None else stores
        company = company or cls.env.company
        scope = CareScope(company, day, day + timedelta(days=30), [0, *stores.ids])
        cls.env.flush_all()
        query = rule._query_candidates(scope)
        rows = [] if query is None else cls.env.execute_query(query)
        return sorted(
            (dict(zip(COLUMNS, row, strict=True)) for row in rows),
            key=lambda row: (row["partner_id"], row["occasion_key"]),
        )

    @classmethod
    def _met(cls, rule, day, **scope):
        """Return [(member's name, occasion key)] the rule meets on that day."""
        people = cls.env["res.partner"]
        return [
            (people.browse(row["partner_id"]).name, row["occasion_key"])
            for row in cls._candidates(rule, day, **scope)
        ]

    def _assert_days(self, rule, member, days):
        """Assert that `member` is met on exactly `days`, looking one beyond each."""
        days = [date.fromisoformat(day) for day in days]
        around = {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}
        found = [
            day
            for day in sorted(around)
            if member.id in [row["partner_id"] for row in self._candidates(rule, day)]
        ]
        self.assertEqual(found, days)

    @classmethod
    def _plan_task(cls, rule, candidate, **vals):
        """Make the task of a candidate, as planning does."""
        member = cls.env["res.partner"].browse(candidate["partner_id"])
        return (
            cls.env["vip.care.task"]
            .sudo()
            .create(
                {
                    **candidate,
                    "rule_id": rule.id,
                    "trigger": rule.trigger,
                    "channel": rule.channel,
                    "purpose": rule.purpose,
                    "company_id": member.vip_company_id.id,
                    "store_id": member.vip_store_id.id,
                }
                | vals
            )
        )
