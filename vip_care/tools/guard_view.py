"""A text as the message guard's rules read it, and where each character stood.

One script, one width, one case, nothing invisible, nothing spelled out; the position of
every character in the original is kept. See guard_variants.VARIANTS for the scripts.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .guard_variants import VARIANTS

HIDDEN = "\ue000"  # stands where a name stood; no rule knows it
CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
JOINTS = r"[ .·・•‧…\-_*~|/+'\"^]"
# "打 折", "打.折" and "8 折" are one word, "h a l f" is too; "3.8" stays a number.
SPACED_OUT = re.compile(
    rf"(?<=[{CJK}0-9]){JOINTS}{{1,6}}(?=[{CJK}])|(?<=[{CJK}]){JOINTS}{{1,6}}(?=[0-9])"
)
SPELLED_OUT = re.compile(r"(?<![a-z0-9])[a-z](?:[ ._\-*]{1,3}[a-z](?![a-z0-9])){2,40}")
FOLD = {pair[0]: pair[1] for pair in VARIANTS}


class View(NamedTuple):
    """A text as the rules read it; `places[i]` is where its i-th character stood."""

    text: str
    places: tuple


def read(text):
    """Return the View of `text`: one script, one width, one case, nothing invisible."""
    chars, places = [], []
    for place, char in enumerate(text):
        for plain in _plain(char):
            chars.append(plain)
            places.append(place)
    plain = "".join(chars)
    drop = set()
    for match in SPACED_OUT.finditer(plain):
        drop.update(range(*match.span()))
    for match in SPELLED_OUT.finditer(plain):
        drop.update(i for i in range(*match.span()) if not plain[i].isalpha())
    if not drop:
        return View(plain, tuple(places))
    kept = [i for i in range(len(plain)) if i not in drop]
    return View("".join(plain[i] for i in kept), tuple(places[i] for i in kept))


@lru_cache(maxsize=4096)
def _plain(char):
    """Return what a character stands for; nothing for an invisible one."""
    if unicodedata.category(char) in ("Cf", "Mn", "Me", "Cc") and char != "\n":
        return " " if char in "\t\r" else ""
    plain = unicodedata.normalize("NFKC", char).lower()
    return "".join(FOLD.get(c, " " if c.isspace() and c != "\n" else c) for c in plain)


def hide_names(plain, store, people, shown=()):
    """Return the read text with names blanked, so that no rule sees them.

    A single Chinese character is too little to know a name by; of a person's Latin
    name each part is hidden ("Ms Price"). `shown` are blanked as they are.
    """
    known = {read(store).text, *shown}
    for person in people:
        whole = read(person).text
        known.update((whole, *(p for p in whole.split() if len(p) > 2 and p.isascii())))
    for name in sorted((n for n in known if len(n) > 1), key=len, reverse=True):
        pattern = re.escape(name)
        if name.isascii() and name.isalpha():
            pattern = rf"(?<![a-z]){pattern}(?![a-z])"
        plain = re.sub(pattern, HIDDEN * len(name), plain)
    return plain
