from odoo import api, fields, models


def tags_of(category, label):
    """Return a field that shows and sets the profile tags of one category."""
    name = f"vip_{category}_tag_ids"

    @api.depends("vip_tag_ids.category")
    def compute(partners):
        for partner in partners:
            partner[name] = partner.vip_tag_ids.filtered(
                lambda tag: tag.category == category
            )

    def inverse(partners):
        for partner in partners:
            others = partner.vip_tag_ids.filtered(lambda tag: tag.category != category)
            partner.vip_tag_ids = others | partner[name]

    return fields.Many2many(
        "vip.profile.tag",
        string=label,
        compute=compute,
        inverse=inverse,
        domain=[("category", "=", category)],
    )


class ResPartner(models.Model):
    """The profile tags, category by category, as the member form asks for them."""

    _inherit = "res.partner"

    vip_personality_tag_ids = tags_of("personality", "Personality tags")
    vip_taste_tag_ids = tags_of("taste", "Dress taste tags")
    vip_pastime_tag_ids = tags_of("pastime", "Pastime tags")
    vip_habit_tag_ids = tags_of("habit", "Habit tags")
    vip_service_tag_ids = tags_of("service", "Service tags")
    vip_values_tag_ids = tags_of("values", "Value tags")
