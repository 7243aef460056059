from odoo import models

# The highest role counts; whoever only works at a till is a device to us.
ROLES = (
    ("head_office", "vip_care.group_head_office"),
    ("region", "vip_care.group_region_manager"),
    ("store", "vip_care.group_store_manager"),
    ("associate", "vip_care.group_associate"),
    ("till", "point_of_sale.group_pos_user"),
)


class ResUsers(models.Model):
    """What a user is in the chain: her role and the stores she answers for."""

    _inherit = "res.users"

    def _vip_role(self):
        """Return the user's highest role in VIP Care, None for an outsider.

        "till" is somebody who sells but has no role: she reads no member by herself.
        """
        self.ensure_one()
        return next((role for role, group in ROLES if self.has_group(group)), None)

    def _vip_store_ids(self):
        """Return the ids of the stores whose members this manager looks after."""
        self.ensure_one()
        domain = [("manager_ids", "in", self.id)]
        if self._vip_role() in ("region", "head_office"):
            domain = ["|", ("region_id.manager_ids", "in", self.id), *domain]
        stores = self.env["vip.store"].sudo().with_context(active_test=False)
        return stores.search(domain).ids
