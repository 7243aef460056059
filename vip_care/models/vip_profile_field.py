from odoo import api, fields, models

# key: (label, fields of res.partner of which one is enough)
PROFILE_KEYS = {
    "name": ("Full name", ("name",)),
    "phone": ("Mobile number", ("vip_phone_key",)),
    "gender": ("Gender", ("vip_gender",)),
    "birthday": ("Birthday", ("vip_birthday", "vip_lunar_day")),
    "age_band": ("Age band", ("vip_age_band", "vip_birthday")),
    "email": ("Email", ("email",)),
    "address": ("Address", ("street", "city")),
    "size_top": ("Size of tops", ("vip_size_top", "vip_usual_size_top")),
    "size_bottom": ("Size of bottoms", ("vip_size_bottom", "vip_usual_size_bottom")),
    "size_shoe": ("Shoe size", ("vip_size_shoe", "vip_usual_size_shoe")),
    "channel": ("Preferred channel", ("vip_preferred_channel",)),
    "hours": (
        "Preferred days and hours",
        ("vip_preferred_days", "vip_preferred_hours"),
    ),
    "work": ("Work", ("vip_work",)),
    "family": ("Family", ("vip_family", "vip_relation_ids")),
    "taste": ("Dress taste", ("vip_dress_taste", "vip_tag_ids")),
    "spending": ("Spending habits", ("vip_spending_habits",)),
    "pastimes": ("Pastimes", ("vip_pastimes",)),
    "service": ("Preferred service", ("vip_preferred_service",)),
    "promotions": ("Attitude to promotions", ("vip_promotion_attitude",)),
    "special_days": ("Special days", ("vip_special_day_ids",)),
}


class VipProfileField(models.Model):
    """How much a part of the profile weighs in its completeness."""

    _name = "vip.profile.field"
    _description = "Profile field weight"
    _order = "sequence, id"
    _rec_name = "key"

    key = fields.Selection(
        [(key, label) for key, (label, _names) in PROFILE_KEYS.items()],
        string="Field",
        required=True,
    )
    weight = fields.Integer(default=5, required=True)
    sequence = fields.Integer(
        default=10, help="What is asked first stands at the top of the list."
    )
    active = fields.Boolean("On", default=True)

    _key_uniq = models.Constraint("UNIQUE(key)", "This field has a weight already.")
    _weight_check = models.Constraint(
        "CHECK (weight >= 0)", "A weight cannot be negative."
    )

    @api.depends("key")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["key"]._description_selection(self.env))
        for record in self:
            record.display_name = labels.get(record.key)

    @api.model_create_multi
    def create(self, vals_list):
        self._rescore_profiles()
        return super().create(vals_list)

    def write(self, vals):
        if {"weight", "active", "key"} & set(vals):
            self._rescore_profiles()
        return super().write(vals)

    def unlink(self):
        self._rescore_profiles()
        return super().unlink()

    def _rescore_profiles(self):
        """Have all profiles scored again in the background."""
        cron = self.env.ref("vip_care.ir_cron_profile_scores", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()
