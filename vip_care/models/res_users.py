from odoo import api, models, tools
from odoo.fields import Domain

# The highest role counts; whoever only works at a till is a device to us.
ROLES = (
    ("head_office", "vip_care.group_head_office"),
    ("region", "vip_care.group_region_manager"),
    ("store", "vip_care.group_store_manager"),
    ("associate", "vip_care.group_associate"),
    ("till", "point_of_sale.group_pos_user"),
)
MANAGERS = ("store", "region", "head_office")
NOBODY_ELSE = Domain("vip_is_guarded", "=", False)


class ResUsers(models.Model):
    """What a user is in the chain: her role and the stores she answers for."""

    _inherit = "res.users"

    def _vip_role(self):
        """Return the user's highest role in VIP Care, None for an outsider.

        "till" is somebody who sells but has no role: she reads no member by herself.
        """
        self.ensure_one()
        if self._is_superuser():
            return None  # jobs run as Odoo itself, which happens to have till rights
        return next((role for role, group in ROLES if self.has_group(group)), None)

    def _vip_is_limited(self):
        """Tell whether there are members this user may not see."""
        return self._vip_role() not in (None, "head_office")

    @tools.ormcache("self.id")
    def _vip_store_ids(self):
        """Return the ids of the stores whose members this manager looks after."""
        self.ensure_one()
        role = self._vip_role()
        if role not in MANAGERS:
            return []
        domain = Domain("manager_ids", "in", self.id)
        if role != "store":
            domain |= Domain("region_id.manager_ids", "in", self.id)
        stores = self.env["vip.store"].sudo().with_context(active_test=False)
        return stores.search(domain).ids

    @api.model
    def _vip_forget_stores(self):
        """Let record rules be computed anew: who manages which store has changed."""
        self.env.flush_all()
        self.env.registry.clear_cache()

    def _vip_contact_domain(self):
        """Return the domain of the contacts this user may see (record rule).

        Indexed columns of the contact only. Cached by Odoo until a group, a store or
        a region changes.
        """
        if not self._vip_is_limited():
            return Domain.TRUE
        return NOBODY_ELSE | self._vip_member_domain()

    def _vip_contact_write_domain(self):
        """Return the domain of the contacts this user may change (record rule).

        VIP Care lets associates write members; other contacts stay with those whom
        Odoo lets write contacts.
        """
        if not self.has_group("vip_care.group_associate"):
            return self._vip_contact_domain()
        members = self._vip_member_domain()
        return NOBODY_ELSE | members if self._vip_writes_contacts() else members

    def _vip_member_domain(self):
        """Return the domain of the members in this user's care."""
        role = self._vip_role()
        if role == "head_office":
            return Domain("vip_is_guarded", "=", True)
        if role == "till":
            return Domain.FALSE
        domain = Domain("vip_owner_user_id", "=", self.id)
        if stores := self._vip_store_ids():
            domain |= Domain("vip_store_id", "in", stores)
            domain |= Domain("vip_owner_store_id", "in", stores)
        return domain

    def _vip_of_member_domain(self):
        """Return the domain of rows whose `partner_id` is a member in her care."""
        if not self._vip_is_limited():
            return Domain.TRUE
        return Domain("partner_id", "any!", self._vip_member_domain())

    def _vip_booked_domain(self):
        """Return the domain of journal items, payments, accounts one may read.

        What stands there for nobody, and for the contacts she may see.
        """
        if not self._vip_is_limited():
            return Domain.TRUE
        return Domain("partner_id", "=", False) | Domain(
            "partner_id", "any!", self._vip_contact_domain()
        )

    def _vip_invoice_domain(self):
        """Return the domain of journal entries: those of running sessions too.

        Who sells to a colleague's member prints the invoice she has just made.
        """
        if not self._vip_is_limited():
            return Domain.TRUE
        running = Domain("session_id.state", "!=", "closed")
        return self._vip_booked_domain() | Domain("pos_order_ids", "any!", running)

    def _vip_writes_contacts(self):
        """Tell whether Odoo itself lets this user change contacts."""
        ours = self.env.ref("vip_care.access_res_partner_associate").sudo()
        access = self.env["ir.model.access"].sudo()  # users may not read their rights
        return bool(
            access.search_count(
                [
                    ("id", "!=", ours.id),
                    ("model_id.model", "=", "res.partner"),
                    ("perm_write", "=", True),
                    ("group_id", "in", [False, *self._get_group_ids()]),
                ],
                limit=1,
            )
        )
