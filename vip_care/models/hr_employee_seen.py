from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError

# How far back somebody's last days reach.
DAYS = 30


class HrEmployee(models.Model):
    """What an employee looked at in her last days, for auditors."""

    _inherit = "hr.employee"

    def action_vip_view_log(self):
        """Open what she looked up, revealed and exported in her last 30 days."""
        since = self._vip_last_days()
        return self._vip_seen_action(
            self.env._("Looked up by %(employee)s", employee=self.sudo().name),
            "vip.access.log",
            [("date", ">=", fields.Datetime.to_datetime(since))],
        )

    def action_vip_view_members_seen(self):
        """Open whose details or profile she read in her last 30 days, by day."""
        return self._vip_seen_action(
            self.env._("Seen by %(employee)s", employee=self.sudo().name),
            "vip.access.view",
            [("day", ">=", self._vip_last_days())],
        )

    def _vip_last_days(self):
        """Return the first of the last 30 days, counted back from her departure."""
        self.ensure_one()
        if not self.env.user.has_group("vip_care.group_auditor"):
            raise AccessError(self.env._("Only auditors read the logs."))
        today = fields.Date.context_today(self)
        # sudo: an auditor does not read employees' records
        return min(self.sudo().departure_date or today, today) - timedelta(days=DAYS)

    def _vip_seen_action(self, name, model, period):
        # sudo: as above; an archived login is still hers
        user = self.sudo().with_context(active_test=False).user_id
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,pivot",
            "views": [(False, "list"), (False, "pivot")],
            "domain": [("user_id", "=", user.id), *period],
            "context": {"create": False},
        }
