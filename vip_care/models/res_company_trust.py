from odoo import api, fields, models
from odoo.exceptions import ValidationError

LIMIT_FIELDS = ("vip_read_alarm", "vip_reveal_limit", "vip_export_limit")


class ResCompany(models.Model):
    """How much of the members' list one person may see, reveal and export a day."""

    _inherit = "res.company"

    vip_read_alarm = fields.Integer(
        "Members read a day, then the manager is told",
        default=300,
        help="Different members whose contact details or profile one person opens.",
    )
    vip_reveal_limit = fields.Integer("Numbers revealed a day", default=20)
    vip_export_limit = fields.Integer("Rows exported a day", default=10_000)

    @api.constrains(*LIMIT_FIELDS)
    def _check_vip_limits(self):
        for company in self:
            if any(company[name] < 1 for name in LIMIT_FIELDS):
                raise ValidationError(
                    self.env._(
                        "A limit a day is at least 1: take away the role, if"
                        " somebody shall not do it at all."
                    )
                )
