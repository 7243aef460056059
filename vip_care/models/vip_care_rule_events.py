from odoo import models
from odoo.tools import SQL


class VipCareRule(models.Model):
    """What is due because a manager gave it out: weather, activities, arrivals.

    The event says when, from its first to its last day; lead and window of the rule
    have no part in it.
    """

    _inherit = "vip.care.rule"

    def _query_weather(self, scope):
        """Members of the stores a weather warning is for."""
        return self._query_events(scope)

    def _query_activity(self, scope):
        """Members of the stores that invite."""
        return self._query_events(scope)

    def _query_arrivals(self, scope):
        """Members of the stores whom at least one of the new arrivals fits."""
        events = self._events(scope)
        if not events:
            return None
        return SQL(
            """
            SELECT fit.partner_id, 'event:' || e.id, e.date_from, e.date_from,
                   e.date_to, NULL::integer, e.id,
                   jsonb_build_object('name', e.name, 'count', fit.count)
              FROM (SELECT event_id, partner_id, count(*) FROM (%s) one
                     GROUP BY event_id, partner_id) fit
              JOIN vip_care_event e ON e.id = fit.event_id
            """,
            events._query_fits(scope.members),
        )

    def _query_events(self, scope):
        """All members of the stores of each event, once an event."""
        events = self._events(scope)
        if not events:
            return None
        return SQL(
            """
            SELECT m.id, 'event:' || e.id, e.date_from, e.date_from, e.date_to,
                   e.occasion_id, e.id, jsonb_build_object('name', e.name)
              FROM vip_care_event e
              JOIN vip_care_event_vip_store_rel place ON place.vip_care_event_id = e.id
              JOIN res_partner m ON m.vip_store_id = place.vip_store_id
             WHERE e.id = ANY(%s) AND %s
            """,
            events.ids,
            scope.members,
        )

    def _events(self, scope):
        """Return the events of this rule's kind that may be due in the scope."""
        domain = [
            ("kind", "=", self.trigger),
            ("state", "=", "active"),
            ("company_id", "=", scope.company.id),
            ("store_ids", "in", [store for store in scope.store_ids if store]),
            ("date_from", "<=", scope.ahead),
            ("date_to", ">=", scope.day),
        ]
        if self.occasion_ids and self.trigger == "weather":
            domain.append(("occasion_id", "in", self.occasion_ids.ids))
        # sudo: given out is given out, whoever asks for the plan
        return self.env["vip.care.event"].sudo().search(domain)
