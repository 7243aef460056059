"""What goes around a text: who sends it, and how to refuse it. Nothing twice.

`static/src/backend/around.js` does the same for the counter under the words; both are
tested by the rows of `static/tests/unit/around_vectors.json`.
"""

import re
import unicodedata
from typing import NamedTuple

from .segments import analyse

BRACKETS = re.compile(r"\s*[\[【〔［](.*?)[\]】〕］]\s*")


class Around(NamedTuple):
    """Signature and ending before and after Chinese words, and Latin ones."""

    before: str = ""
    after: str = ""
    latin_before: str = ""
    latin_after: str = ""


def frame(signature: str, is_bracketed: bool) -> tuple[str, str]:
    """Return a signature as it stands before Chinese and before Latin words.

    Chinese brackets would make a Latin text Unicode and twice as dear.
    """
    signature = (signature or "").strip(" 【】[]")
    if not signature:
        return "", ""
    brackets = f"【{signature}】"
    return brackets, brackets if is_bracketed else f"{signature}: "


def wrap(body: str, around: Around) -> str:
    """Return `body` with what goes around it and is not there already."""
    body = (body or "").strip()
    is_latin = analyse(body).encoding == "GSM-7"
    before = around.latin_before if is_latin else around.before
    after = around.latin_after if is_latin else around.after
    if before and _begins_signed(body, around):
        before = ""
    if after and _ends_refusable(body, around):
        after = ""
    if after and body and not _ends_apart(body, after):
        after = " " + after
    return before + body + after


def plain(text: str) -> str:
    """Return `text` for comparing: one width and case, no blanks, no marks."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


def _begins_signed(body, around):
    name = plain(around.before or around.latin_before)
    match = BRACKETS.match(body)
    if match and plain(match.group(1)) == name:
        return True
    start, colon, _rest = body.partition(":" if ":" in body else "：")
    return bool(colon) and plain(start) == name


def _ends_refusable(body, around):
    endings = (plain(around.after), plain(around.latin_after))
    return any(ending and plain(body).endswith(ending) for ending in endings)


def _ends_apart(body, after):
    # Chinese marks bring their own distance.
    marks = "Z" if after.isascii() else "PZ"
    return unicodedata.category(body[-1])[0] in marks
