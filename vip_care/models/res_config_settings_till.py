from odoo import api, fields, models

TEXTS = ("vip_consent_text", "vip_marketing_text")


class ResConfigSettings(models.TransientModel):
    """What newcomers agree to: as the till says it now, in the user's language."""

    _inherit = "res.config.settings"

    vip_consent_text = fields.Text(
        "Consent to membership",
        compute="_compute_vip_texts",
        inverse="_inverse_vip_texts",
    )
    vip_marketing_text = fields.Text(
        "Consent to offers",
        compute="_compute_vip_texts",
        inverse="_inverse_vip_texts",
    )
    vip_tell_owner = fields.Boolean(related="company_id.vip_tell_owner", readonly=False)

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_vip_texts(self):
        for settings in self:
            company = settings.company_id
            settings.vip_consent_text = company._vip_consent_text()
            settings.vip_marketing_text = company._vip_marketing_text()

    def _inverse_vip_texts(self):
        """Keep what differs from what is said now; empty goes back to our words."""
        for settings in self:
            company = settings.company_id
            now = dict(
                zip(
                    TEXTS,
                    (company._vip_consent_text(), company._vip_marketing_text()),
                    strict=True,
                )
            )
            for name in TEXTS:
                text = (settings[name] or "").strip()
                if text != now[name]:
                    company[name] = text
