from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    vip_owner_max_members = fields.Integer(
        "Members an associate can look after",
        default=300,
        help="A handover fills colleagues up to this number, then spreads evenly.",
    )

    @api.constrains("vip_owner_max_members")
    def _check_vip_owner_max_members(self):
        for company in self:
            if company.vip_owner_max_members < 1:
                raise ValidationError(
                    self.env._("An associate can look after one member at least.")
                )
