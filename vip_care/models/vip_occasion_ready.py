from odoo import api, models

from ..tools.occasion_list import OCCASIONS

# Kinds of weather a store manager warns of; no date of their own.
WEATHER = (
    ("weather_heat", "Heat"),
    ("weather_cold", "Cold wave"),
    ("weather_rain", "Heavy rain"),
    ("weather_typhoon", "Typhoon"),
    ("weather_snow", "Snow and ice"),
    ("weather_haze", "Haze"),
    ("weather_dry", "Dry air"),
)
AUDIENCE = {
    "mothers_day": "mothers",
    "fathers_day": "fathers",
    "fathers_day_tw": "fathers",
    "womens_day": "women",
    "childrens_day": "parents",
    "childrens_day_tw": "parents",
    "teachers_day": "teachers",
    "teachers_day_tw": "teachers",
}


class VipOccasion(models.Model):
    """The occasions that come with VIP Care."""

    _inherit = "vip.occasion"

    @api.model
    def _load_ready_made(self):
        """Create those ready-made occasions that are not there; touch no other.

        They have external ids, so that their names are translated like all others.
        """
        ready = list(self._ready_made())
        known = self.with_context(active_test=False).search(
            [("key", "in", [values["key"] for values in ready])]
        )
        have = set(known.mapped("key"))
        self.with_context(lang="en_US")._load_records(
            [
                {
                    "xml_id": f"vip_care.vip_occasion_{values['key']}",
                    "values": values,
                    "noupdate": True,
                }
                for values in ready
                if values["key"] not in have
            ]
        )

    def _ready_made(self):
        """Yield the values of each ready-made occasion, in the order of the list."""
        codes = set().union(*(occasion.countries for occasion in OCCASIONS))
        countries = self.env["res.country"].search([("code", "in", sorted(codes))])
        ids = {country.code: country.id for country in countries}
        for place, occasion in enumerate(OCCASIONS, 1):
            codes = sorted(occasion.countries)
            yield {
                "key": occasion.key,
                "name": occasion.name,
                "sequence": place * 10,
                "kind": occasion.kind,
                "tone": occasion.tone,
                "audience": AUDIENCE.get(occasion.key, "all"),
                "country_ids": [(6, 0, [ids[code] for code in codes])],
                **self._rule_values(occasion.rule),
            }
        for place, (key, name) in enumerate(WEATHER, len(OCCASIONS) + 1):
            yield {
                "key": key,
                "name": name,
                "sequence": place * 10,
                "kind": "weather",
                "tone": "neutral",
                "rule_kind": "none",
            }
