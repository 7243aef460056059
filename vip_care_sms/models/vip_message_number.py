from odoo import api, fields, models

from odoo.addons.vip_care.tools.phone import is_unverified


class VipMessage(models.Model):
    _inherit = "vip.message"

    is_number_unverified = fields.Boolean(
        "New range, not verified",
        compute="_compute_is_number_unverified",
        compute_sudo=True,  # tells nothing of the number but this
        help="No list of number ranges knows it yet. It may be right all the same.",
    )

    @api.depends("number")
    def _compute_is_number_unverified(self):
        for message in self:
            number = message.number
            message.is_number_unverified = bool(number) and is_unverified(number)
