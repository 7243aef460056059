from odoo import api, fields, models
from odoo.tools import format_date


class ResPartner(models.Model):
    """Since when a member refuses text messages: her associate is told wherever."""

    _inherit = "res.partner"

    vip_texts_refused_on = fields.Date(
        "Refused messages on", compute="_compute_vip_texts_refused_on"
    )

    @api.depends("is_vip_member", "vip_consent_ids")
    def _compute_vip_texts_refused_on(self):
        # sudo: that she refused is for everybody who may see the member
        words = self.env["vip.consent"].sudo()._last_words(self._origin.ids)
        for partner in self:
            word = words.get(partner._origin.id, {}).get(("care", "sms"))
            refused = word and word.channel == "sms" and not word.given
            # Of texts alone: who refuses everything is told by her consents.
            partner.vip_texts_refused_on = refused and word.date.date()

    def _vip_contact_hints(self):
        hints = super()._vip_contact_hints()
        if self.vip_texts_refused_on:
            day = format_date(self.env, self.vip_texts_refused_on)
            hints.append(self.env._("Refused messages on %(day)s", day=day))
        return hints
