from odoo import models
from odoo.tools import SQL


class VipCareRule(models.Model):
    """What is due by everybody's calendar: festivals, family days and seasons."""

    _inherit = "vip.care.rule"

    def _query_festival(self, scope):
        """Festivals and family days of the stores' countries; never solemn days.

        Shopping days are wished only by a rule that names them.
        """
        return self._query_occasions(scope, "festival", ("festival", "family"))

    def _query_season(self, scope):
        """The solar terms, where they are kept."""
        return self._query_occasions(scope, "season", ("season",))

    def _query_occasions(self, scope, prefix, kinds):
        """Each member of the stores that keep an occasion within the rule's time."""
        falling = self.env["vip.occasion"]._falling_at(scope, *self._event_dates(scope))
        rows = [
            (day, occasion.id, f"{prefix}:{occasion.key}:{day}", store_id)
            for day, occasion, store_id in falling
            if self._is_for(occasion, kinds)
        ]
        if not rows:
            return None
        return SQL(
            """
            SELECT m.id, told.key, told.date, %s, %s, told.occasion_id, NULL::integer,
                   '{}'::jsonb
              FROM unnest(%s::date[], %s::integer[], %s::text[], %s::integer[])
                   AS told(date, occasion_id, key, store_id)
              JOIN res_partner m ON COALESCE(m.vip_store_id, 0) = told.store_id
             WHERE %s
            """,
            *self._query_due(),
            *map(list, zip(*rows, strict=True)),
            scope.members,
        )

    def _is_for(self, occasion, kinds):
        """Tell whether this rule is for an occasion."""
        if occasion.tone == "solemn":
            return False
        if self.occasion_ids:
            named = (*kinds, "trade") if "festival" in kinds else kinds
            return occasion.kind in named and occasion.id in self.occasion_ids.ids
        return occasion.kind in kinds
