from odoo import models
from odoo.exceptions import AccessError


class HrEmployee(models.Model):
    """Where an employee serves decides which managers see her members."""

    _inherit = "hr.employee"

    def write(self, vals):
        if "vip_store_id" in vals:
            store = self.env["vip.store"].browse(vals["vip_store_id"])
            self._vip_check_may_move(store)
        return super().write(vals)

    def _vip_check_may_move(self, store):
        """Raise if a manager, though with HR rights, would draw members to herself."""
        user = self.env.user
        if self.env.su or not user._vip_is_limited():
            return
        own = set(user._vip_store_ids()) | {False}
        for employee in self.sudo():  # her store may be another region's
            stores = {employee.vip_store_id.id, store.id}
            if len(stores) > 1 and not stores <= own:
                raise AccessError(
                    self.env._(
                        "%(name)s serves in a store, or would, that is not yours. Head"
                        " office moves employees between regions.",
                        name=employee.name,
                    )
                )
