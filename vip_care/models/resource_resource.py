from odoo import models

HELD_FIELDS = ("active", "user_id", "company_id")


class ResourceResource(models.Model):
    """An employee's name, login and state stand on her resource: hold it as well."""

    _inherit = "resource.resource"

    def write(self, vals):
        employees = self.env["hr.employee"]
        held = {name: vals[name] for name in HELD_FIELDS if name in vals}
        if held:
            # sudo: whoever may change a resource may not read employees
            employees = employees.sudo().with_context(active_test=False)
            employees = employees.search([("resource_id", "in", self.ids)])
            employees.sudo(self.env.su)._vip_check_leaving_vals(held)
        result = super().write(vals)
        if not held.get("active", True):
            employees._vip_flush_leaving()
        return result
