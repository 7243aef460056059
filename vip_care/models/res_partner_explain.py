from odoo import api, fields, models

from .res_partner_standing import METRICS


class ResPartner(models.Model):
    _inherit = "res.partner"

    vip_standing_explanation = fields.Html(
        "Why this standing",
        compute="_compute_vip_standing_explanation",
        sanitize=False,
        groups="vip_care.group_associate",
    )

    @api.depends(*METRICS, "vip_value_class", "vip_store_id")
    @api.depends_context("lang", "uid")
    def _compute_vip_standing_explanation(self):
        """Put the reasons behind the figures into words; for a form, not for lists."""
        review = self.env["vip.standing.review"].sudo()  # ranked among all members
        for partner in self:
            partner.vip_standing_explanation = partner.is_vip_member and self.env[
                "ir.qweb"
            ]._render(
                "vip_care.standing_explanation",
                {"explanation": review._explain(partner._origin.sudo())},
            )
