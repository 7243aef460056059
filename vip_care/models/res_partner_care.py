from odoo import fields, models

from .res_partner_profile import PROFILE


class ResPartner(models.Model):
    """What the care rules and guards know of a member."""

    _inherit = "res.partner"

    vip_mourning_until = fields.Date(
        "In mourning until",
        help="Until then nobody wishes her anything cheerful.",
        **PROFILE,
    )
    vip_care_task_ids = fields.One2many(
        "vip.care.task",
        "partner_id",
        "Care",
        readonly=True,
        groups="vip_care.group_associate",
    )
    vip_feedback_ids = fields.One2many(
        "vip.feedback",
        "partner_id",
        "Her voice",
        readonly=True,
        groups="vip_care.group_associate",
    )

    # Whose birthday is kept: `vip.care.rule._query_birthday`.
    _vip_birthday_idx = models.Index(
        """(((EXTRACT(MONTH FROM vip_birthday) * 100
              + EXTRACT(DAY FROM vip_birthday))::integer))
        WHERE is_vip_member AND vip_birthday IS NOT NULL"""
    )
    _vip_lunar_idx = models.Index(
        "(vip_lunar_month, vip_lunar_day) WHERE is_vip_member AND vip_lunar_month > 0"
    )
