from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    vip_can_text = fields.Boolean(
        "Can be texted",
        compute="_compute_vip_can_text",
        search="_search_vip_can_text",
        help="She has a mobile number, it is not known to be wrong, and it did not"
        " refuse messages.",
    )

    @api.depends("is_vip_member", "vip_phone_key", "vip_phone_is_wrong")
    def _compute_vip_can_text(self):
        refused = set(
            self.env["phone.blacklist"]
            .sudo()  # the fact is for everybody who may see the member
            .search([("number", "in", self.mapped("vip_phone_key"))])
            .mapped("number")
        )
        for partner in self:
            key = partner.vip_phone_key
            is_right = partner.is_vip_member and not partner.vip_phone_is_wrong
            partner.vip_can_text = is_right and key and key not in refused

    def _search_vip_can_text(self, operator, value):
        if operator != "in":
            return NotImplemented
        return fields.Domain.custom(to_sql=self._sql_vip_can_text)

    @api.model
    def _sql_vip_can_text(self, model, alias, query):
        return SQL(
            """(%(member)s AND %(key)s IS NOT NULL AND %(wrong)s IS NOT TRUE
                AND NOT EXISTS (SELECT FROM phone_blacklist refused
                    WHERE refused.active AND refused.number = %(key)s))
            """,
            member=model._field_to_sql(alias, "is_vip_member", query),
            key=model._field_to_sql(alias, "vip_phone_key", query),
            wrong=model._field_to_sql(alias, "vip_phone_is_wrong", query),
        )

    def _vip_texted(self):
        """Return those of these members who may be texted about more than service."""
        agreed = self._vip_has_consent("care", "sms")
        agreed |= self._vip_has_consent("marketing", "sms")
        return agreed.filtered(
            lambda p: p.vip_preferred_channel != "none" and not p.vip_phone_is_wrong
        )

    def _vip_served(self):
        """Return those of these members who did not refuse to be texted at all."""
        words = self.env["vip.consent"].sudo()._last_words(self.ids) if self else {}
        return self.filtered(
            lambda p: (
                not (word := words.get(p.id, {}).get(("service", "sms"))) or word.given
            )
        )
