from datetime import date, timedelta

from odoo.addons.vip_care.models.vip_care_scope import CareScope

from .care_rule_common import CareRuleMixin
from .common import VipCareCommon

COLUMNS = ("partner", "key", "date", "due", "until", "occasion", "event", "facts")


class VipCareRuleCommon(CareRuleMixin, VipCareCommon):
    """Asks a care rule what is due, as the planner does."""

    def _scope(self, day, ahead=0, stores=None):
        stores = [0, *(stores or self.store + self.other_store).ids]
        return CareScope(self.company, day, day + timedelta(ahead), stores)

    def _due(self, rule, day, ahead=0, **scope):
        """Return what the rule finds on a day as dicts of COLUMNS."""
        if not isinstance(day, date):
            day = date.fromisoformat(day)
        self.env.flush_all()
        query = rule._query_candidates(self._scope(day, ahead, **scope))
        rows = self.env.execute_query(query) if query else []
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        return sorted(rows, key=lambda row: (row["date"], row["partner"], row["key"]))

    def _keys(self, rule, day, ahead=0, **scope):
        return [row["key"] for row in self._due(rule, day, ahead, **scope)]
