from odoo import fields, models


class HrEmployeePublic(models.Model):
    """Managers who are not HR see colleagues by their public face."""

    _inherit = "hr.employee.public"

    vip_owned_count = fields.Integer(
        related="employee_id.vip_owned_count", groups="vip_care.group_store_manager"
    )

    def action_vip_hand_over(self):
        self.ensure_one()
        return self.env["hr.employee"].browse(self.id).action_vip_hand_over()

    def action_vip_view_log(self):
        self.ensure_one()
        return self.env["hr.employee"].browse(self.id).action_vip_view_log()

    def action_vip_view_members_seen(self):
        self.ensure_one()
        return self.env["hr.employee"].browse(self.id).action_vip_view_members_seen()
