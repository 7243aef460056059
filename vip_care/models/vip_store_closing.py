from odoo import api, models
from odoo.exceptions import RedirectWarning


class VipStore(models.Model):
    """A store closes once its members, employees and registers have gone elsewhere."""

    _inherit = "vip.store"

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._check_may_close()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        self._check_may_close()

    def _vip_open_work(self):
        """Return what keeps this store open: [(label, count, model)]."""
        self.ensure_one()
        # sudo: whoever closes the store may not read all of them
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        store = self.sudo()
        counts = [
            (
                self.env._("members"),
                partners.search_count([("vip_store_id", "=", self.id)]),
                "res.partner",
            ),
            (self.env._("employees"), len(store.employee_ids), "hr.employee"),
            (self.env._("registers"), len(store.pos_config_ids), "pos.config"),
        ]
        return [work for work in counts if work[1]]

    def _check_may_close(self):
        """Raise, with the way out, while anything belongs to one of these stores."""
        for store in self:
            work = store._vip_open_work()
            if work:
                raise RedirectWarning(
                    self.env._(
                        "%(store)s still has: %(work)s. Move them to another store with"
                        " “Move to another store…”. Nothing was changed.",
                        store=store.name,
                        work=", ".join(f"{count} {label}" for label, count, _m in work),
                    ),
                    self.env.ref("vip_care.vip_store_close_action").id,
                    self.env._("Move to another store…"),
                    {"default_store_id": store.id},
                )
