from odoo import api, models


class VipFeedback(models.Model):
    _inherit = "vip.feedback"

    @api.model_create_multi
    def create(self, vals_list):
        """An open complaint stops cheerful and selling contacts at once."""
        feedbacks = super().create(vals_list)
        feedbacks._stop_care()
        return feedbacks

    def write(self, vals):
        result = super().write(vals)
        if not {"kind", "state", "partner_id"}.isdisjoint(vals):
            self._stop_care()
        return result

    def _stop_care(self):
        complaints = self.filtered(lambda f: f.is_open and f.kind == "complaint")
        self.env["vip.care.guard"]._forbid(complaints.partner_id)
