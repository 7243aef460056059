"""Which words are the same words, and which language a member is written in."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable

PLACEHOLDER = re.compile(r"\{[a-z_]{1,20}\}")

# Written alike there: better the neighbour's words than a foreign language's.
READ_AS = {"zh_HK": "zh_TW", "zh_MO": "zh_TW", "zh_SG": "zh_CN", "zh_MY": "zh_CN"}
LAST_RESORT = "en_US"

# Who signs for a store when a member has neither an owner nor a specialist.
TEAMS = {"zh_CN": "全体同事", "zh_TW": "全體同仁"}
TEAM = "Team"


def text_digest(body: str, names: Iterable[str] = ()) -> str:
    """Return the same for texts that differ in marks, case, spaces and `names` only.

    `names` are those of member, store and associate in a rendered text; in a text of
    the bank their placeholders are dropped. Kept in the database: never changes.
    """
    plain = _fold(PLACEHOLDER.sub("", body))
    for name in sorted(map(_fold, filter(None, names)), key=len, reverse=True):
        plain = plain.replace(name, "")
    letters = "".join(char for char in plain if char.isalnum())
    return hashlib.md5(letters.encode(), usedforsecurity=False).hexdigest()


def _fold(text):
    return unicodedata.normalize("NFKC", text).casefold()


def bank_language(wanted: Iterable[str], bank: Collection[str]) -> str:
    """Return the first language of `wanted` the bank has words in, "" for none.

    English comes last. A language, once found, is kept to: a member who has had all
    the words in her language is not written in another.
    """
    for code in filter(None, (*wanted, LAST_RESORT)):
        for way in _ways(code):
            if way in bank:
                return way
        near = sorted(lang for lang in bank if lang.split("_")[0] == code[:2])
        if near and not code.startswith("zh"):
            return near[0]
    return ""


def _ways(code):
    return (code, READ_AS[code]) if code in READ_AS else (code,)


def team(lang: str) -> str:
    """Return how a store signs without a person, in the bank's language `lang`."""
    return TEAMS.get(READ_AS.get(lang, lang), TEAM)
