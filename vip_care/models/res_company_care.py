from odoo import api, fields, models
from odoo.exceptions import ValidationError


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

    @api.constrains(
        "vip_care_daily_limit",
        "vip_card_months",
        "vip_complaint_hours",
        "vip_complaint_days",
    )
    def _check_vip_care(self):
        for company in self:
            if company.vip_care_daily_limit < 1:
                raise ValidationError(
                    self.env._("An associate makes at least one call or visit a day.")
                )
            if not 0 <= company.vip_card_months <= 120:
                raise ValidationError(
                    self.env._(
                        "A card becomes invalid after up to 120 months without a"
                        " purchase; 0 for never."
                    )
                )
            if not (
                1 <= company.vip_complaint_hours <= 24 * company.vip_complaint_days
            ):
                raise ValidationError(
                    self.env._(
                        "A complaint is heard within at least one hour and no later"
                        " than it is to be resolved."
                    )
                )
