from odoo import api, models
from odoo.exceptions import AccessError, UserError

# Everything else changes by the steps, the planner and the guards.
EDITABLE = {"body", "gift", "gift_cost"}


class VipCareTask(models.Model):
    """Nobody changes the contact log by hand: not by form, import or RPC."""

    _inherit = "vip.care.task"

    @api.depends("trigger", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Name the occasion and the member, never what was said."""
        labels = dict(self._fields["trigger"]._description_selection(self.env))
        for task in self:
            task.display_name = self.env._(
                "%(member)s: %(occasion)s",
                member=task.partner_id.name or "",
                occasion=labels.get(task.trigger, ""),
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Contacts are planned by care rules, not made by hand.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_by_hand(vals)
            vals = vals | self._read_by_hand(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_server_only(self):
        if not self.env.su:
            raise AccessError(self.env._("The log of contacts is never deleted."))

    def _check_by_hand(self, vals):
        """Raise unless the user may write these fields of a contact still to come."""
        if set(vals) - EDITABLE:
            raise AccessError(
                self.env._("A contact changes by its buttons, not by hand.")
            )
        self.check_access("write")
        self.partner_id.check_access("write")
        if any(task.state != "planned" for task in self):
            raise UserError(
                self.env._("This contact is over: its words stay as they were.")
            )

    def _read_by_hand(self, vals):
        """Return what is written of a gift, held to the rules of noting it; or raise.

        What is emptied by hand becomes empty.
        """
        cleared = dict.fromkeys({"gift", "gift_cost"} & set(vals), False)
        return cleared | self._read_gift(vals.get("gift"), vals.get("gift_cost"))
