import logging

import psycopg2

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

GRANTED = "vip_care_granted_customers"
# What booking a ticket reads of its customer: herself and what is posted for her.
GRANTED_MODELS = {
    "res.partner": "id",
    "account.move": "partner_id",
    "account.move.line": "partner_id",
    "res.partner.bank": "partner_id",
}


class IrRule(models.Model):
    """A sale is never blocked by us: the till books tickets of hidden members.

    While Odoo books a ticket it reads the customer as the cashier. The server grants
    that customer to her for the running transaction, in memory; no request can.
    """

    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        # Odoo caches what it computes beyond this transaction, also for models that
        # inherit the contact: it must not see the grant.
        granted = self.env.cr.cache.pop(GRANTED, None)
        try:
            domain = super()._compute_domain(model_name, mode)
        finally:
            if granted:
                self.env.cr.cache[GRANTED] = granted
        field_name = GRANTED_MODELS.get(model_name)
        if granted and field_name and mode == "read":
            domain |= Domain(field_name, "in", list(granted))
            domain = domain.optimize(self.env[model_name])
        return domain

    def _vip_granted(self):
        """Return {id: with her family} of contacts granted in this transaction."""
        return self.env.cr.cache.get(GRANTED, {})

    def _vip_grant(self, partner_ids, order_ids=(), uuids=()):
        """Let the current user read these contacts and who pays for them, now only.

        Also the customers of tickets named by their ids or by the till's own ids.
        """
        granted = self._vip_granted()
        ids = [id_ for id_ in partner_ids if not granted.get(id_)]
        if not (ids or order_ids or uuids):
            return
        try:
            families = self._vip_families(ids, list(order_ids), list(uuids))
        except psycopg2.Error:
            raise  # nothing more can be done in this transaction
        except Exception:  # noqa: BLE001 - a sale is never stopped by us
            _logger.exception("Customers of tickets are granted without their families")
            families = dict.fromkeys(ids, True)
        self._vip_grant_only(families)

    def _vip_families(self, partner_ids, order_ids, uuids):
        """Return {id: whether named} of the contacts meant and those they belong to."""
        models = self.env["res.partner"], self.env["pos.order"]
        models[0].flush_model(["parent_id", "commercial_partner_id", "active"])
        models[1].flush_model(["partner_id", "uuid"])
        query = self._query_families(partner_ids, order_ids, uuids)
        return dict(self.env.execute_query(query))

    def _vip_grant_only(self, families):
        """Grant the contacts {id: whether her family is granted as well}."""
        granted = self._vip_granted()
        self.env.cr.cache[GRANTED] = granted | {
            id_: is_whole or granted.get(id_, False)
            for id_, is_whole in families.items()
        }
        new = families.keys() - granted.keys()
        self.env["res.partner"].browse(new).invalidate_recordset(["display_name"])

    def _query_families(self, partner_ids, order_ids, uuids):
        """Return SQL for the contacts, who pays for them and their own contacts.

        SQL: each payment asks, so it is one query and reads no contact in full.
        """
        return SQL(
            """
            WITH named AS (
                SELECT unnest(%(partner_ids)s::int[]) AS id
                 UNION SELECT partner_id FROM pos_order
                        WHERE id = ANY(%(order_ids)s::int[])
                 UNION SELECT partner_id FROM pos_order
                        WHERE uuid = ANY(%(uuids)s::varchar[])
            ), payers AS (
                SELECT p.id, TRUE AS is_named FROM res_partner p JOIN named USING (id)
                 UNION SELECT p.commercial_partner_id, FALSE
                         FROM res_partner p JOIN named USING (id)
                        WHERE p.commercial_partner_id IS NOT NULL
            )
            SELECT id, bool_or(is_named) FROM (
                SELECT id, is_named FROM payers
                 UNION ALL SELECT c.id, FALSE
                             FROM payers JOIN res_partner c ON c.parent_id = payers.id
                            WHERE c.active
            ) f GROUP BY id
            """,
            partner_ids=partner_ids,
            order_ids=order_ids,
            uuids=uuids,
        )
