from odoo import models

from .vip_profile_field import PROFILE_KEYS

# What a till asks by: a list, or the kind of its box. Everything else is free text.
LISTS = {
    "gender": "vip_gender",
    "age_band": "vip_age_band",
    "channel": "vip_preferred_channel",
    "promotions": "vip_promotion_attitude",
}
BOXES = {"birthday": "birthday", "phone": "phone", "hours": "hours"}
# key: (field it is written to, at most so many characters)
TEXTS = {
    "email": ("email", 100),
    "address": ("street", 200),
    "size_top": ("vip_size_top", 16),
    "size_bottom": ("vip_size_bottom", 16),
    "size_shoe": ("vip_size_shoe", 16),
    "work": ("vip_work", 100),
    "family": ("vip_family", 500),
    "taste": ("vip_dress_taste", 500),
    "spending": ("vip_spending_habits", 500),
    "pastimes": ("vip_pastimes", 500),
    "service": ("vip_preferred_service", 500),
}
ASKED = {*LISTS, *BOXES, *TEXTS}


class ResPartner(models.Model):
    """The one thing to ask a member today: her most valuable missing detail."""

    _inherit = "res.partner"

    def _vip_card_ask(self, config, own):
        weights = self.env["vip.profile.field"].sudo()  # weights are no secret
        asked = weights.search_fetch(
            [("weight", ">", 0), ("key", "in", list(ASKED))],
            ["key", "weight", "sequence"],
        )
        missing = self._vip_missing_fields(asked)
        field = missing.sorted(lambda f: (-f.weight, f.sequence, f.id))[:1]
        return {"ask": bool(field) and self._vip_question(field.key)}

    def _vip_question(self, key):
        """Return how `key` is asked for: label, kind of box, options, example."""
        return {
            "key": key,
            "label": self._vip_question_label(key),
            "input": "selection" if key in LISTS else BOXES.get(key, "text"),
            "options": self._vip_question_options(key),
            "placeholder": self._vip_question_example(key),
        }

    def _vip_question_label(self, key):
        field = self.env["vip.profile.field"]._fields["key"]
        return dict(field._description_selection(self.env)).get(key, PROFILE_KEYS[key])

    def _vip_question_options(self, key):
        """Return the values to choose from with their labels: [] for a free text."""
        if key in LISTS:
            return [[value, label] for value, label in self._vip_options(LISTS[key])]
        if key != "hours":
            return []
        return [
            [
                f"{day}|{hour}",
                self.env._("%(days)s, %(hours)s", days=days, hours=hours),
            ]
            for day, days in self._vip_options("vip_preferred_days")
            for hour, hours in self._vip_options("vip_preferred_hours")
        ]

    def _vip_options(self, name):
        return self._fields[name]._description_selection(self.env)

    def _vip_question_example(self, key):
        examples = {
            "birthday": self.env._("e.g. 1990-05-01, 05-01 or lunar 08-15"),
            "phone": self.env._("Mobile number"),
            "email": self.env._("e.g. name@example.com"),
            "size_top": self.env._("e.g. M or 170/92A"),
            "size_bottom": self.env._("e.g. 29 or L"),
            "size_shoe": self.env._("e.g. 38"),
        }
        return examples.get(key, "")
