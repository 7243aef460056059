from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .vip_profile_field import PROFILE_KEYS

GENDERS = [("female", "Female"), ("male", "Male"), ("other", "Other")]
CALENDARS = [("solar", "Solar"), ("lunar", "Lunar")]
AGE_BANDS = [
    ("under_20", "Under 20"),
    ("20s", "20–29"),
    ("30s", "30–39"),
    ("40s", "40–49"),
    ("50s", "50–59"),
    ("60_up", "60 and over"),
]
CHANNELS = [
    ("call", "Call"),
    ("message", "Message"),
    ("visit", "Visit"),
    ("none", "No contact"),
]
DAYS = [
    ("any", "Any day"),
    ("weekday", "Weekdays"),
    ("weekend", "Weekends"),
]
HOURS = [
    ("any", "Any time"),
    ("morning", "Morning"),
    ("noon", "Noon"),
    ("afternoon", "Afternoon"),
    ("evening", "Evening"),
]
PROMOTION_ATTITUDES = [
    ("seeks", "Looks for offers"),
    ("welcomes", "Glad to hear of them"),
    ("indifferent", "Indifferent"),
    ("dislikes", "Does not want to hear of them"),
]
PROFILE = {"copy": False, "prefetch": "vip_profile"}
# What an associate learns about a member; also what an enrolment or import may bring.
PROFILE_FIELDS = (
    "email",
    "street",
    "city",
    "vip_gender",
    "vip_birthday",
    "vip_birthday_year_unknown",
    "vip_birthday_calendar",
    "vip_lunar_month",
    "vip_lunar_day",
    "vip_lunar_is_leap",
    "vip_age_band",
    "vip_size_top",
    "vip_size_bottom",
    "vip_size_shoe",
    "vip_preferred_channel",
    "vip_preferred_days",
    "vip_preferred_hours",
    "vip_salutation",
    "vip_work",
    "vip_family",
    "vip_personality",
    "vip_spending_habits",
    "vip_dress_taste",
    "vip_pastimes",
    "vip_habits",
    "vip_preferred_service",
    "vip_promotion_attitude",
    "vip_values",
)
SCORED_FIELDS = sorted(
    {name for _label, names in PROFILE_KEYS.values() for name in names}
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    vip_salutation = fields.Char(
        "Likes to be called", help="How she wants to be addressed.", **PROFILE
    )
    vip_gender = fields.Selection(GENDERS, "Gender", **PROFILE)
    vip_birthday = fields.Date("Birthday", **PROFILE)
    vip_birthday_year_unknown = fields.Boolean(
        "Year unknown", help="Day and month are right; the year is not hers.", **PROFILE
    )
    vip_birthday_calendar = fields.Selection(
        CALENDARS, "Celebrates by", default="solar", **PROFILE
    )
    vip_lunar_month = fields.Integer("Lunar month", aggregator=None, **PROFILE)
    vip_lunar_day = fields.Integer("Lunar day", aggregator=None, **PROFILE)
    vip_lunar_is_leap = fields.Boolean("Leap month", **PROFILE)
    vip_age_band = fields.Selection(AGE_BANDS, "Age band", **PROFILE)
    vip_size_top = fields.Char("Size, tops", **PROFILE)
    vip_size_bottom = fields.Char("Size, bottoms", **PROFILE)
    vip_size_shoe = fields.Char("Size, shoes", **PROFILE)
    vip_usual_size_top = fields.Char("Usual size, tops", readonly=True, **PROFILE)
    vip_usual_size_bottom = fields.Char("Usual size, bottoms", readonly=True, **PROFILE)
    vip_usual_size_shoe = fields.Char("Usual size, shoes", readonly=True, **PROFILE)
    vip_preferred_channel = fields.Selection(CHANNELS, "Preferred channel", **PROFILE)
    vip_preferred_days = fields.Selection(DAYS, "Preferred days", **PROFILE)
    vip_preferred_hours = fields.Selection(HOURS, "Preferred hours", **PROFILE)
    vip_work = fields.Char("Work", **PROFILE)
    vip_family = fields.Text("Family", **PROFILE)
    vip_personality = fields.Text("Personality", **PROFILE)
    vip_spending_habits = fields.Text("Spending habits", **PROFILE)
    vip_dress_taste = fields.Text("Dress taste", **PROFILE)
    vip_pastimes = fields.Text("Pastimes", **PROFILE)
    vip_habits = fields.Text("Habits", **PROFILE)
    vip_preferred_service = fields.Text("Preferred service", **PROFILE)
    vip_promotion_attitude = fields.Selection(
        PROMOTION_ATTITUDES, "Attitude to promotions", **PROFILE
    )
    vip_values = fields.Text("Values", **PROFILE)
    vip_tag_ids = fields.Many2many(
        "vip.profile.tag", "vip_profile_tag_rel", "partner_id", "tag_id", "Profile tags"
    )
    vip_relation_ids = fields.One2many(
        "vip.relation",
        "partner_id",
        "Family and friends",
        groups="vip_care.group_associate",
    )
    vip_special_day_ids = fields.One2many(
        "vip.special.day",
        "partner_id",
        "Special days",
        groups="vip_care.group_associate",
    )
    vip_profile_score = fields.Integer(
        "Profile (%)",
        compute="_compute_vip_profile_score",
        store=True,
        aggregator="avg",
        help="How complete the profile is, by the weights head office gives.",
        **PROFILE,
    )
    vip_missing_field_ids = fields.Many2many(
        "vip.profile.field",
        string="Missing",
        compute="_compute_vip_missing_field_ids",
        groups="vip_care.group_associate",
    )

    @api.depends("is_vip_member", *SCORED_FIELDS)
    def _compute_vip_profile_score(self):
        weights = self.env["vip.profile.field"].sudo().search_fetch([])
        total = sum(weights.mapped("weight"))
        for partner in self:
            score = 0
            if partner.is_vip_member and total:
                missing = partner._vip_missing_fields(weights)
                score = round(100 * (total - sum(missing.mapped("weight"))) / total)
            if partner.vip_profile_score != score:
                partner.vip_profile_score = score

    @api.depends("is_vip_member", *SCORED_FIELDS)
    def _compute_vip_missing_field_ids(self):
        weights = self.env["vip.profile.field"].sudo().search([("weight", ">", 0)])
        for partner in self:
            partner.vip_missing_field_ids = (
                partner.is_vip_member and partner._vip_missing_fields(weights)
            )

    def _vip_missing_fields(self, weights):
        """Return those of `weights` she has nothing for, in the order of asking."""
        self.ensure_one()
        return weights.filtered(
            lambda field: not any(self[name] for name in PROFILE_KEYS[field.key][1])
        )

    @api.model
    def _cron_profile_scores(self):
        """Score all profiles again after head office changed a weight."""
        Runs = self.env["vip.job.run"]
        last = Runs.search([("job", "=", "profile")], limit=1)
        cursor = last.cursor if last.state == "interrupted" else 0
        run = Runs._start("profile")
        seconds = 1
        while seconds:
            members = self.with_context(active_test=False).search(
                [("is_vip_member", "=", True), ("id", ">", cursor)],
                order="id",
                limit=2000,
            )
            if not members:
                break
            members._compute_vip_profile_score()
            cursor = run.cursor = members[-1].id
            seconds = run._progress(len(members), left=len(members))
            self.env.invalidate_all()
        run._finish(left=0 if seconds else 1)

    @api.constrains("vip_lunar_month", "vip_lunar_day", "vip_birthday_calendar")
    def _check_vip_lunar(self):
        for partner in self:
            month, day = partner.vip_lunar_month, partner.vip_lunar_day
            if (month or day) and not (1 <= month <= 12 and 1 <= day <= 30):
                raise ValidationError(
                    self.env._(
                        "A lunar birthday has a month from 1 to 12 and a day from 1 to"
                        " 30, as she states it."
                    )
                )

    @api.constrains("vip_birthday")
    def _check_vip_birthday(self):
        today = fields.Date.context_today(self)
        for partner in self:
            if partner.vip_birthday and partner.vip_birthday > today:
                raise ValidationError(
                    self.env._("A birthday cannot lie in the future.")
                )
