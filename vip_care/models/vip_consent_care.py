from odoo import api, models


class VipConsent(models.Model):
    _inherit = "vip.consent"

    @api.model_create_multi
    def create(self, vals_list):
        """A refusal stops what it forbids in this very transaction."""
        consents = super().create(vals_list)
        refusals = consents.filtered(lambda consent: not consent.given)
        self.env["vip.care.guard"]._forbid(refusals.partner_id)
        return consents
