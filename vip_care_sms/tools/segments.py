"""How many parts a text message takes, exactly as networks and gateways count them.

`static/src/backend/segments.js` counts the same way; both are tested by the rows of
`static/tests/unit/segment_vectors.json`.
"""

from typing import NamedTuple

# GSM 03.38: what one septet writes, and what an escape and one more do.
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = frozenset("^{}\\[]~|€\f")
# Units of a message alone, and of each of several: their header takes the rest.
GSM_LIMITS = (160, 153)
UCS2_LIMITS = (70, 67)


class Segments(NamedTuple):
    """`units` are septets of GSM-7, else UTF-16 units; `left` fit the last part."""

    encoding: str  # "GSM-7" or "UCS-2"
    units: int
    parts: int
    left: int


def analyse(text: str, counting: str = "gsm") -> Segments:
    """Return how `text`, whole as it is sent, is encoded and cut.

    `counting` is "gsm", or "mainland": there every text is Unicode, also a Latin one.
    No character is cut in two: an escaped one and one of two units go on together.
    """
    is_gsm = counting != "mainland" and all(
        char in GSM_BASIC or char in GSM_EXTENSION for char in text
    )
    if is_gsm:
        sizes = [2 if char in GSM_EXTENSION else 1 for char in text]
    else:
        sizes = [2 if ord(char) > 0xFFFF else 1 for char in text]
    return _cut(sizes, "GSM-7" if is_gsm else "UCS-2")


def count_parts(text: str, counting: str = "gsm") -> int:
    """Return how many parts `text` takes; none if there is no text."""
    return analyse(text or "", counting).parts


def _cut(sizes, encoding):
    alone, several = GSM_LIMITS if encoding == "GSM-7" else UCS2_LIMITS
    units = sum(sizes)
    if units <= alone:
        return Segments(encoding, units, min(units, 1), alone - units)
    parts, used = 1, 0
    for size in sizes:
        if used + size > several:
            parts, used = parts + 1, 0
        used += size
    return Segments(encoding, units, parts, several - used)
