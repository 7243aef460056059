from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The chain's limits of care."""

    _inherit = "res.config.settings"

    vip_care_daily_limit = fields.Integer(
        related="company_id.vip_care_daily_limit", readonly=False
    )
    vip_card_months = fields.Integer(
        related="company_id.vip_card_months", readonly=False
    )
    vip_complaint_hours = fields.Integer(
        related="company_id.vip_complaint_hours", readonly=False
    )
    vip_complaint_days = fields.Integer(
        related="company_id.vip_complaint_days", readonly=False
    )
    vip_leap_birthday = fields.Selection(
        related="company_id.vip_leap_birthday", readonly=False
    )
