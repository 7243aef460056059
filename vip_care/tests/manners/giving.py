"""What managers give out to all owners, and the words head office writes."""

from datetime import timedelta

from .ledger import Event

WARNINGS = ("weather_heat", "weather_cold", "weather_rain", "weather_typhoon")
INVITATION = (
    "{name}{honorific}，诚邀您{month}月来{store}喝一杯茶。——{store} {associate}"
)
YEAR_WORDS = {
    "zh_CN": ("日子安稳。", "岁月清和。", "时光温柔。", "天地清朗。", "人间有味。"),
    "zh_TW": ("日子安穩。", "歲月清和。", "時光溫柔。", "天地清朗。", "人間有味。"),
    "en_US": (
        "Another year goes round. ",
        "The days keep turning. ",
        "Time moves gently on. ",
        "Another season passes. ",
        "Quiet days to you. ",
    ),
}


class Giving:
    """A part of the chain: weather, activities, arrivals, next year's texts."""

    def give_out(self, day):
        """Now and then a store warns of weather, invites, or has new arrivals."""
        for store in self.teams:
            if self.chance.random() > 5 / 365:
                continue
            kind = self.chance.choice(("weather", "weather", "activity", "arrivals"))
            last = day + timedelta(1 if kind == "weather" else 6)
            event = self.env["vip.care.event"].create(
                self._event_values(kind, day, last, store)
            )
            event.action_give_out()
            self.ledger.events[event.id] = Event(self.moment, day, last, kind, store)

    def _event_values(self, kind, day, last, store):
        values = {
            "name": f"{kind} {day}",
            "kind": kind,
            "store_ids": [store],
            "date_from": day,
            "date_to": last,
        }
        if kind == "weather":
            key = self.chance.choice(WARNINGS)
            values["occasion_id"] = self.env.ref(f"vip_care.vip_occasion_{key}").id
        if kind == "activity":
            month = f"{day.year}年{day.month}"
            values["invitation"] = INVITATION.replace("{month}", month)
        if kind == "arrivals":
            values["product_tmpl_ids"] = self.goods.product_tmpl_id.ids
        return values

    def write_texts(self, year):
        """Head office writes next year's words, so that nobody runs out of them."""
        texts = self.env["vip.care.text"]
        words = {lang: ways[year % 5] for lang, ways in YEAR_WORDS.items()}
        texts._create_approved(
            [
                {
                    "trigger": text.trigger,
                    "occasion_id": text.occasion_id.id,
                    "kind": text.kind,
                    "tone": text.tone,
                    "year": self.chance.choice((0, year + 1)),
                    "lang": text.lang,
                    "body": words[text.lang] + text.body,
                }
                for text in texts.search(
                    [("key", "!=", False), ("state", "=", "approved")]
                )
            ]
        )
        self.read_texts()

    def read_texts(self):
        rows = self.env["vip.care.text"].search([])
        self.ledger.texts = {text.id: (text.tone, text.body) for text in rows}
