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
