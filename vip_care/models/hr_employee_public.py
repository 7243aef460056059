from odoo import fields, models


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    vip_store_id = fields.Many2one("vip.store", string="Store", readonly=True)
