from odoo import models
from odoo.tools import SQL

CLASSES = {"for_a": "A", "for_b": "B", "for_c": "C"}
LIFECYCLES = {
    "for_prospect": "prospect",
    "for_active": "active",
    "for_edge": "edge",
    "for_dormant": "dormant",
    "for_lost": "lost",
}


class VipCareRule(models.Model):
    """Whom a rule is for. Nothing chosen of a kind means everybody."""

    _inherit = "vip.care.rule"

    def _query_audience(self):
        """Return the condition on `res_partner m` for those the rule is for.

        SQL: it joins what the trigger yields, for any number of members.
        """
        self.ensure_one()
        conditions = [SQL("TRUE")]
        for column, values in (
            ("vip_tier_id", self.tier_ids.ids),
            ("vip_store_id", self.store_ids.ids),
            ("vip_value_class", self._audience_keys(CLASSES)),
            ("vip_lifecycle", self._audience_keys(LIFECYCLES)),
        ):
            if values:
                name = SQL.identifier("m", column)
                conditions.append(SQL("%s = ANY(%s)", name, values))
        if self.tag_ids:
            conditions.append(
                SQL(
                    """EXISTS (SELECT FROM vip_profile_tag_rel tagged
                                WHERE tagged.partner_id = m.id
                                  AND tagged.tag_id = ANY(%s))""",
                    self.tag_ids.ids,
                )
            )
        domain = self._conditions()
        if not domain.is_true():
            # sudo: the rule is head office's, whoever lets it run
            query = self.env["res.partner"].sudo()._search(domain)
            conditions.append(SQL("m.id IN %s", query.subselect()))
        return SQL(" AND ").join(conditions)

    def _audience_keys(self, names):
        return [key for name, key in names.items() if self[name]]
