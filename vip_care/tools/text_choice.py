"""Which text of the bank goes to which member, decided for a whole batch.

No database: what members and their circles have had is handed over, and what is given
within the batch is remembered, so that it counts for the next contact.
"""

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
        self.ranked = {}
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
        mixed = wanted.partner_id * 2654435761
        found = [
            (
                rank,
                self.uses[text.id],
                (mixed ^ text.id * 40503) * 2246822519 >> 7 & 0xFFFF,
                text.id,
                text,
            )
            for rank, text in self._ranked(wanted)
        ]
        found.sort()
        return [row[-1] for row in found]

    def _ranked(self, wanted):
        """Return [(rank, text)] of what fits; the same for all who need the same."""
        _partner_id, *need = wanted
        key = tuple(need)
        if key not in self.ranked:
            self.ranked[key] = [
                (self._rank(text, wanted), text)
                for text in self.texts[wanted.trigger, wanted.kind, wanted.lang]
                if self._fits(text, wanted)
            ]
        return self.ranked[key]

    @staticmethod
    def _rank(text, wanted):
        is_general = text.occasion_id != wanted.occasion_id
        return is_general * 4 + (not text.year) * 2 + (text.tone != "cheerful")

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
