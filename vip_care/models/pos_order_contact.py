import logging

import psycopg2

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

CONTACT = ("email", "mobile")


class PosOrder(models.Model):
    """Tickets hold no copy of a member's number or address.

    Odoo copies both onto each ticket, where every cashier of the company reads them.
    """

    _inherit = "pos.order"

    @api.depends("partner_id")
    def _compute_contact_details(self):
        members = self._vip_of_members()
        for name in CONTACT:
            members[name] = ""
        return super(PosOrder, self - members)._compute_contact_details()

    def _vip_of_members(self):
        """Return the tickets of members; if that cannot be told, all of them."""
        try:
            return self.filtered(lambda order: order._vip_has_member())
        except psycopg2.Error:
            raise  # nothing more can be done in this transaction
        except Exception:  # noqa: BLE001 - a sale is never stopped by us
            _logger.exception("Tickets %s keep nobody's number", self.ids)
            return self

    def _vip_has_member(self):
        # sudo: the seller may not read the customer, and the copy goes all the same
        return self.sudo().partner_id.is_vip_member

    @api.model_create_multi
    def create(self, vals_list):
        brings_contact = any(vals.get(name) for vals in vals_list for name in CONTACT)
        orders = super().create(vals_list)
        if brings_contact:
            members = orders._vip_of_members()
            for name in CONTACT:
                members[name] = ""
        return orders

    def write(self, vals):
        """Send a receipt where the customer says, but do not keep the address."""
        if not any(vals.get(name) for name in CONTACT):
            return super().write(vals)
        members = self._vip_of_members()
        if "partner_id" in vals:
            customer = self.env["res.partner"].sudo().browse(vals["partner_id"])
            members = self if customer.is_vip_member else self.browse()
        rest = {name: value for name, value in vals.items() if name not in CONTACT}
        if members and rest:
            super(PosOrder, members).write(rest)
        others = self - members
        return super(PosOrder, others).write(vals) if others else True

    @api.model
    def _vip_wipe_contacts(self, partner_ids):
        """Empty the copies on the tickets of these members; SQL: there are many."""
        self.flush_model(["partner_id", *CONTACT])
        self.env.cr.execute(
            SQL(
                """
                UPDATE pos_order SET email = NULL, mobile = NULL
                 WHERE partner_id = ANY(%s)
                   AND (COALESCE(email, '') <> '' OR COALESCE(mobile, '') <> '')
                """,
                list(partner_ids),
            )
        )
        self.invalidate_model(CONTACT)

    @api.model
    def search_paid_order_ids(self, config_id, domain, limit, offset):
        """Find tickets by their customer although the seller may not read her.

        Only as the till's own screen asks, by her record or by her name as it stands on
        the ticket: another field would let a seller guess her number digit by digit.
        """
        domain = Domain(domain).map_conditions(self._vip_by_customer)
        return super().search_paid_order_ids(config_id, domain, limit, offset)

    @api.model
    def _vip_by_customer(self, condition):
        path, operator = condition.field_expr, condition.operator
        value = condition.value
        if path == "partner_id.id" and operator == "in":
            return Domain("partner_id", "in", value)
        if path == "partner_id.complete_name" and operator == "ilike":
            # any!: the contacts' rules are left out, for this one field.
            return Domain("partner_id", "any!", [("complete_name", "ilike", value)])
        return condition
