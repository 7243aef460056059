from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    vip_can_text = fields.Boolean(
        "Can be texted",
        compute="_compute_vip_can_text",
        search="_search_vip_can_text",
        help="She has a mobile number, and the number did not refuse messages.",
    )

    @api.depends("is_vip_member", "vip_phone_key")
    def _compute_vip_can_text(self):
        refused = set(
            self.env["phone.blacklist"]
            .sudo()  # the fact is for everybody who may see the member
            .search([("number", "in", self.mapped("vip_phone_key"))])
            .mapped("number")
        )
        for partner in self:
            key = partner.vip_phone_key
            partner.vip_can_text = partner.is_vip_member and key and key not in refused

    def _search_vip_can_text(self, operator, value):
        if operator != "in":
            return NotImplemented
        return fields.Domain.custom(to_sql=self._sql_vip_can_text)

    @api.model
    def _sql_vip_can_text(self, model, alias, query):
        return SQL(
            """(%(alias)s.is_vip_member AND %(alias)s.vip_phone_key IS NOT NULL
                AND NOT EXISTS (SELECT FROM phone_blacklist refused
                    WHERE refused.active AND refused.number = %(alias)s.vip_phone_key))
            """,
            alias=SQL.identifier(alias),
        )
