from odoo import fields, models


class ResCompany(models.Model):
    """The chain's own limits of care."""

    _inherit = "res.company"

    vip_care_daily_limit = fields.Integer(
        "Calls and visits per associate and day",
        default=15,
        help="What is too much for a day waits; on its last day it is due anyway.",
    )
    vip_card_months = fields.Integer(
        "Card becomes invalid after (months)",
        default=24,
        help="Without a purchase for so long. 0: never.",
    )
    vip_leap_birthday = fields.Selection(
        [("february", "28 February"), ("march", "1 March")],
        "Birthdays of 29 February",
        required=True,
        default="february",
        help="When they are kept in years without that day.",
    )
    vip_complaint_hours = fields.Integer(
        "Hours to hear a complaint",
        default=24,
        help="A complaint nobody heard by then goes to the store manager.",
    )
    vip_complaint_days = fields.Integer("Days to resolve a complaint", default=7)
    vip_planned_on = fields.Date(
        "Care planned up to", readonly=True, copy=False, help="Of members of no store."
    )
