from odoo import api, models
from odoo.exceptions import ValidationError


class HrEmployee(models.Model):
    """HR takes an employee's number from her contact, and writes it there.

    Naming a colleague's member as contact of an employee would read and change her.
    """

    _inherit = "hr.employee"

    @api.constrains("work_contact_id")
    def _check_vip_work_contact(self):
        if self.work_contact_id._vip_hidden():
            raise ValidationError(
                self.env._(
                    "This contact is a colleague's member. Choose another contact for"
                    " the employee, or let head office do it."
                )
            )

    def _compute_work_contact_details(self):
        seen = self.filtered(lambda e: not e.sudo().work_contact_id._vip_hidden())
        return super(HrEmployee, seen)._compute_work_contact_details()
