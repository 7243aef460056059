from odoo import models
from odoo.fields import Domain

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
        """Return the ids of the contacts granted in this transaction."""
        return self.env.cr.cache.get(GRANTED, frozenset())

    def _vip_grant(self, partners):
        """Let the current user read `partners` and who pays for them, now only."""
        partners = partners.sudo()  # the point is that she may not read them
        families = partners | partners.commercial_partner_id
        families |= families.child_ids
        new = set(families.ids) - set(self._vip_granted())
        if new:
            self.env.cr.cache[GRANTED] = frozenset(new | self._vip_granted())
            families.invalidate_recordset(["display_name"])
