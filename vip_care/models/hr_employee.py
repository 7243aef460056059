from odoo import fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    vip_store_id = fields.Many2one(
        "vip.store",
        string="Store",
        index="btree_not_null",
        tracking=True,
        help="The store where this employee serves members.",
    )
