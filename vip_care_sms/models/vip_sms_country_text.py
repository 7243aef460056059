import re
import unicodedata

from odoo import api, models

from ..gateways import base
from ..tools.around import Around, frame, wrap
from ..tools.traditional import traditional_in

SIGNATURE = re.compile(r"^\s*【[^【】]*】")
SHOWN = 5  # characters named in one sentence
# Joined and coloured signs, and the blocks that hold nothing but pictures.
EMOJI_MARKS = "\ufe0f\u20e3\u200d"
EMOJI = ((0x2600, 0x27BF), (0x1F000, 0x1FAFF), (0xE0020, 0xE007F))


class VipSmsCountry(models.Model):
    """What a country wants around a text, and does not want in it."""

    _inherit = "vip.sms.country"

    @api.model
    def _around(self, gateway, country, purpose, day):
        """Return what she reads around a text, whoever puts it there.

        Nobody has to be told how to refuse a service.
        """
        row = self._of(country, day)
        signature = gateway.sudo().signature if row.needs_signature else ""
        before, latin_before = frame(signature, row.is_bracketed)
        after = ""
        if purpose and purpose != "service":
            after = (row.refusal_ending or "").strip()
        return Around(
            before,
            after,
            latin_before,
            after and (row.refusal_ending_latin or after).strip(),
        )

    @api.model
    def _compose(self, body, gateway, country, purpose, day):
        """Return the text as it is handed to the gateway.

        What the gateway adds by itself is left to it; what stands there already is not
        put there again.
        """
        around = self._around(gateway, country, purpose, day)
        kind = base.kinds().get(gateway.kind, base.Gateway)
        if kind.has_templates:
            return wrap(body, Around())
        if kind.adds_signature:
            around = around._replace(before="", latin_before="")
        return wrap(body, around)

    @api.model
    def _whole(self, body, gateway, country, purpose, day):
        """Return the text as she reads it and as its parts are counted."""
        return wrap(body, self._around(gateway, country, purpose, day))

    @api.model
    def _check(self, text, country, day):
        """Return sentences on what in `text` gateways of this country refuse.

        `text` is what somebody wrote, or the whole: brackets of a signature in front
        are what gateways want.
        """
        row = self._of(country, day)
        text = SIGNATURE.sub("", unicodedata.normalize("NFC", text or ""))
        if not row:
            return []
        return [
            sentence
            for sentence in (
                row._check_subjects(text),
                row._check_characters(text),
                row._check_script(text),
            )
            if sentence
        ]

    def _check_subjects(self, text):
        said = _squeezed(text)
        lines = (self.forbidden or "").splitlines()
        found = [word.strip() for word in lines if _squeezed(word)]
        found = [word for word in found if _squeezed(word) in said]
        return found and self.env._(
            "Gateways there refuse texts about: %(words)s.",
            words=", ".join(dict.fromkeys(found)),
        )

    def _check_characters(self, text):
        refused = (self.forbidden_characters or "").replace(" ", "")
        found = [
            char
            for char in dict.fromkeys(text)
            if char in refused or not self.allows_emoji and _is_emoji(char)
        ]
        return found and self.env._(
            "Gateways there refuse these characters: %(characters)s",
            characters=_shown(found),
        )

    def _check_script(self, text):
        found = traditional_in(text) if self.is_simplified_only else []
        return found and self.env._(
            "Gateways there refuse traditional characters: %(characters)s",
            characters=_shown(found),
        )


def _shown(found):
    """Return characters for a sentence; one that shows nothing by its number."""
    seen = [char for char in found if char not in EMOJI_MARKS]
    seen = seen or [f"U+{ord(char):04X}" for char in found]
    return " ".join(seen[:SHOWN]) + ("…" if len(seen) > SHOWN else "")


def _is_emoji(char):
    code = ord(char)
    return char in EMOJI_MARKS or any(low <= code <= high for low, high in EMOJI)


def _squeezed(text):
    """Return `text` in one width and case, without blanks between its signs."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        char for char in text if unicodedata.category(char) not in ("Zs", "Cf", "Cc")
    )
