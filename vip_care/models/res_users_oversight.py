from odoo import models
from odoo.fields import Domain

from .res_users import MANAGERS


class ResUsers(models.Model):
    """Who watches over a user, and what day it is where she works."""

    _inherit = "res.users"

    def _vip_today(self):
        """Return today's date in the user's store."""
        self.ensure_one()
        return self.sudo().employee_ids.vip_store_id[:1]._vip_today()

    def _vip_consent_domain(self):
        """Return the domain of the consents this user may read (record rule)."""
        if self.has_group("vip_care.group_auditor"):
            return Domain.TRUE
        return self._vip_of_member_domain()

    def _vip_store_domain(self):
        """Return the domain of a store's own records: hers and those she manages."""
        if not self._vip_is_limited():
            return Domain.TRUE
        # Odoo keeps the domain: where she works is asked by it, not now.
        here = Domain("employee_ids", "any!", Domain("user_id", "=", self.id))
        stores = Domain("store_id", "in", self._vip_store_ids())
        return stores | Domain("store_id", "any!", here)

    def _vip_zone(self):
        """Return the time zone of the user's store, else of her company."""
        self.ensure_one()
        store = self.sudo().employee_ids.vip_store_id[:1]
        return store.tz or store._default_tz()

    def _vip_supervisors(self):
        """Return who is told about this user: the nearest manager above, never herself.

        The managers of her store, else of its region, else head office, else the
        auditors. Managers of a store are watched by their region, and so on upwards.
        """
        self.ensure_one()
        user = self.sudo()  # whoever is watched need not know by whom
        role = user._vip_role()
        stores = user.employee_ids.vip_store_id
        stores |= stores.browse(user._vip_store_ids())
        ladder = []
        if role not in MANAGERS:
            ladder.append(stores.manager_ids)
        if role not in ("region", "head_office"):
            ladder.append(stores.region_id.manager_ids)
        for group in ("vip_care.group_head_office", "vip_care.group_auditor"):
            ladder.append(self.env.ref(group).sudo().all_user_ids)
        for people in ladder:
            people = people.filtered(lambda p: p.active and not p.share) - user
            if people:
                return people.sudo(self.env.su)
        return self.browse()
