"""Which text of the bank goes to which member, decided for a whole batch.

No database: what members and their circles have had is handed over, and what is given
within the batch is remembered, so that it counts for the next contact.
"""

import zlib
from collections import defaultdict
from typing import NamedTuple


class Text(NamedTuple):
    id: int
    trigger: str
    kind: str
    occasion_id: int
    year: int
    lang: str
    tone: str
    company_id: int
    digest: str
    body: str
    uses: int


class Wanted(NamedTuple):
    """What a contact needs; ids are 0 where there is none, `day` is the occasion's."""

    partner_id: int
    trigger: str
    kind: str
    occasion_id: int
    day: object
    lang: str
    is_quiet: bool
    company_id: int

    @property
    def occasions(self):
        """The names of its occasion: people who know each other compare on these."""
        names = [(self.trigger, self.day.year)]
        return names + [(self.occasion_id, self.day)] * bool(self.occasion_id)


class Bank:
    """The approved texts, and what has been given: to whom, and in which circles."""

    def __init__(self, texts):
        self.texts = defaultdict(list)
        for text in texts:
            self.texts[text.trigger, text.kind, text.lang].append(text)
        self.uses = {text.id: text.uses for text in texts}
        self.had = defaultdict(set)  # member: digests
        self.circles = defaultdict(list)  # member: circles
        self.told = defaultdict(set)  # circle and occasion: digests

    def fitting(self, wanted):
        """Return the texts that fit, the best first.

        Texts of the very day and year before general ones, cheerful words before quiet
        ones where both may go, the least used first. Members who would get the same one
        are spread by a number that stays the same.
        """
        found = [
            (
                text.occasion_id != wanted.occasion_id,
                not text.year,
                text.tone != "cheerful",
                self.uses[text.id],
                zlib.crc32(b"%d:%d" % (wanted.partner_id, text.id)),
                text,
            )
            for text in self.texts[wanted.trigger, wanted.kind, wanted.lang]
            if self._fits(text, wanted)
        ]
        return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]

    @staticmethod
    def _fits(text, wanted):
        return (
            text.occasion_id in (0, wanted.occasion_id)
            and text.year in (0, wanted.day.year)
            and text.company_id in (0, wanted.company_id)
            and not (wanted.is_quiet and text.tone != "neutral")
        )

    def is_known(self, wanted, *digests):
        """Return whether she, or on this occasion somebody near her, has had it."""
        return any(
            digest in self.had[wanted.partner_id]
            or any(digest in self.told[place] for place in self._places(wanted))
            for digest in digests
        )

    def give(self, wanted, text_id, *digests):
        """Remember that she gets this."""
        if text_id:
            self.uses[text_id] += 1
        self.had[wanted.partner_id].update(digests)
        for place in self._places(wanted):
            self.told[place].update(digests)

    def _places(self, wanted):
        return [
            (circle, occasion)
            for circle in self.circles[wanted.partner_id]
            for occasion in wanted.occasions
        ]
