from odoo import api, models


class ResUsers(models.Model):
    """A login is not taken away while members depend on the employee behind it."""

    _inherit = "res.users"

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._vip_employees()._vip_check_may_leave()
        return super().write(vals)

    def action_archive(self):
        # Odoo deletes the users' activities before it archives them.
        self._vip_employees()._vip_check_may_leave()
        return super().action_archive()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed_by_members(self):
        self._vip_employees()._vip_check_may_leave()

    def _vip_employees(self):
        """Return all employees of these users, archived ones too."""
        # sudo: whoever changes a login may not read employees
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        return employees.search([("user_id", "in", self.ids)])
