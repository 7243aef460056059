from odoo import api, fields, models

from .res_company import RULE_FIELDS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    vip_class_a_share = fields.Float(
        related="company_id.vip_class_a_share", readonly=False
    )
    vip_class_b_share = fields.Float(
        related="company_id.vip_class_b_share", readonly=False
    )
    vip_active_months = fields.Integer(
        related="company_id.vip_active_months", readonly=False
    )
    vip_edge_months = fields.Integer(
        related="company_id.vip_edge_months", readonly=False
    )
    vip_dormant_months = fields.Integer(
        related="company_id.vip_dormant_months", readonly=False
    )
    vip_loyal_orders = fields.Integer(
        related="company_id.vip_loyal_orders", readonly=False
    )
    vip_drop_months = fields.Integer(
        related="company_id.vip_drop_months", readonly=False
    )
    vip_drop_percent = fields.Integer(
        related="company_id.vip_drop_percent", readonly=False
    )
    vip_drop_min_orders = fields.Integer(
        related="company_id.vip_drop_min_orders", readonly=False
    )
    vip_ltv_margin_source = fields.Selection(
        related="company_id.vip_ltv_margin_source", readonly=False
    )
    vip_ltv_margin_percent = fields.Float(
        related="company_id.vip_ltv_margin_percent", readonly=False
    )
    vip_ltv_years = fields.Float(related="company_id.vip_ltv_years", readonly=False)
    vip_lookup_limit = fields.Integer(
        related="company_id.vip_lookup_limit", readonly=False
    )
    vip_transfer_days = fields.Integer(
        related="company_id.vip_transfer_days", readonly=False
    )
    vip_undo_days = fields.Integer(related="company_id.vip_undo_days", readonly=False)
    vip_owner_max_members = fields.Integer(
        related="company_id.vip_owner_max_members", readonly=False
    )
    vip_transfer_auto_apply = fields.Boolean(
        related="company_id.vip_transfer_auto_apply", readonly=False
    )
    vip_is_review_pending = fields.Boolean(compute="_compute_vip_is_review_pending")
    pos_vip_store_id = fields.Many2one(
        related="pos_config_id.vip_store_id", readonly=False
    )

    @api.depends("company_id")
    def _compute_vip_is_review_pending(self):
        for settings in self:
            settings.vip_is_review_pending = (
                settings.company_id._vip_is_review_pending()
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Write the rules of a company together and ask for a review.

        Odoo writes related fields one after the other; 3, 6, 12 months could then
        never become 6, 9, 18, because 6, 6, 12 on the way is refused.
        """
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            company = company or self.env.company
            rules = {
                name: vals[name]
                for name in RULE_FIELDS
                if name in vals and vals[name] != company[name]
            }
            if rules:
                company.write(rules)
                self.env.ref("vip_care.ir_cron_collect_and_review").sudo()._trigger()
        return super().create(vals_list)
