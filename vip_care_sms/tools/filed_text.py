"""Texts as a mainland provider approves them: fixed words with ${variables}.

After Alibaba Cloud's template and signature rules (documents 108088, 463270): a
variable is 1 to 35 characters, stands once, not beside another, never alone, and is no
link or telephone number; marketing, which care is to it, ends "拒收请回复R".
"""

import re
import unicodedata
from typing import NamedTuple

from .traditional import traditional

ENDING = "拒收请回复R"
LONGEST_VALUE = 35
LONGEST = 500  # with signature and brackets
VARIABLE = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_]{0,29})\}")
SIGNATURE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{2,12}")
REFUSED_MARKS = frozenset("【】〖〗『』「」※•§¶#^{}")
ALLOWED_MARKS = frozenset("～＋")
REFUSED_KINDS = (
    "So",
    "Sm",
    "Sc",
    "Sk",
    "No",
    "Nl",
    "Cs",
    "Co",
    "Cn",
    "Cf",
    "Cc",
    "Mn",
    "Me",
)
BRACKETS = "[]［］"
# Between the words and the ending; what a person or a country's rules put there.
SEPARATORS = " ，,。；;"
# A value is a name, a store, a date or an amount: words with these are a text.
SENTENCE_MARKS = frozenset("，。！？；,!?;\n")
LINK = re.compile(
    r"https?:|www\.|[0-9A-Za-z-]\.(?:com|cn|net|top|cc|me|co|app|vip)(?![0-9A-Za-z])",
    re.I,
)
PHONE = re.compile(r"\d(?:[-\s]?\d){6,}")
DATE = re.compile(r"\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b")
LINK_BEFORE = re.compile(r"(?:https?:|www\.|[0-9A-Za-z-]\.[a-z]{2,4}/)\S*$", re.I)
LINK_AFTER = re.compile(r"^\.[a-z]{2,4}(?![0-9A-Za-z])|^/", re.I)
PHONE_BEFORE = re.compile(r"(?:电话|手机|热线|拨打|致电)[^，。！？；]{0,4}$")
LINK_NAMES = re.compile(r"url|link|http|phone|mobile|tel(?:ephone)?$", re.I)


class Finding(NamedTuple):
    """What a provider would refuse, and the words it stands in."""

    code: str
    words: str


def split(body: str) -> tuple[list[str], list[str]]:
    """Return the fixed words around the variables, and the variables' names."""
    parts = VARIABLE.split(body)
    return parts[::2], parts[1::2]


def render(body: str, params: dict[str, str]) -> str:
    """Return the text with the values in place of the variables."""
    return VARIABLE.sub(lambda match: params[match[1]], body)


def bare(text: str, signature: str = "") -> str:
    """Return a text without signature, ending and what stands between.

    Any gap between words is one space: a template is filed in one line.
    """
    text = " ".join(text.split()).removeprefix(f"【{signature}】").lstrip()
    return text.removesuffix(ENDING).rstrip(SEPARATORS)


def signature_findings(signature: str) -> list[Finding]:
    """Return what a provider would refuse in a signature; it puts the brackets."""
    found = [Finding("traditional", char) for char in traditional(signature)]
    if not SIGNATURE.fullmatch(signature):
        found.append(Finding("signature", signature))
    return found


def findings(body: str, has_ending: bool, signature: str = "") -> list[Finding]:
    """Return what a provider would refuse in a text, in the order of the rules."""
    fixed, names = split(body)
    found = [Finding("traditional", char) for char in traditional("".join(fixed))]
    found += [Finding("mark", char) for char in marks("".join(fixed))]
    if body.strip()[:1] in BRACKETS or body.strip()[-1:] in BRACKETS:
        found.append(Finding("brackets", body.strip()))
    if len(body) + len(signature) + 2 > LONGEST:
        found.append(Finding("long", str(LONGEST)))
    return found + _variable_findings(fixed, names) + _ending_findings(body, has_ending)


def marks(text: str) -> list[str]:
    """Return the characters of a text that no provider sends, each once."""
    return [char for char in dict.fromkeys(text) if _is_refused(char)]


def _is_refused(char):
    if char in REFUSED_MARKS:
        return True
    if char.isascii():
        return not (char.isprintable() or char == "\n")
    return unicodedata.category(char) in REFUSED_KINDS and char not in ALLOWED_MARKS


def _variable_findings(fixed, names):
    found = [
        Finding("twice", name) for name in dict.fromkeys(names) if names.count(name) > 1
    ]
    for left, between, right in zip(names, fixed[1:], names[1:], strict=False):
        if not between.strip():
            found.append(Finding("adjacent", f"${{{left}}}{between}${{{right}}}"))
    if names and not any(char.isalnum() for char in bare("".join(fixed))):
        found.append(Finding("only_variables", names[0]))
    if not names and not bare("".join(fixed)):
        found.append(Finding("empty", ""))
    for name, before, after in zip(names, fixed, fixed[1:], strict=False):
        if LINK_NAMES.search(name) or _leads_somewhere(before, after):
            found.append(Finding("link", f"${{{name}}}"))
    return found


def _leads_somewhere(before, after):
    return (
        LINK_BEFORE.search(before)
        or LINK_AFTER.search(after)
        or PHONE_BEFORE.search(before)
    )


def _ending_findings(body, has_ending):
    times, at_end = body.count(ENDING), body.endswith(ENDING)
    if has_ending and not at_end:
        return [Finding("ending", ENDING)]
    if times > has_ending:
        return [Finding("ending_twice" if has_ending else "no_ending", ENDING)]
    return []


def value_finding(value: str) -> str:
    """Return why a provider would refuse a value, "" if it would not."""
    if not 1 <= len(value) <= LONGEST_VALUE:
        return "value_long"
    if LINK.search(value) or PHONE.search(DATE.sub("", value)):
        return "value_link"
    if traditional(value):
        return "value_traditional"
    return "value_mark" if marks(value) else ""


def read(body: str, text: str, is_strict: bool = True) -> dict[str, str] | None:
    """Return the values with which `body` reads as `text`, None if it never does.

    Where there are several, each variable from the left is as short as it can be: any
    of them renders the very same text. Strict: only values that a provider takes.
    """
    fixed, names = split(body)
    if len(text) > LONGEST or not text.startswith(fixed[0]):
        return None
    values = _values(text, len(fixed[0]), fixed[1:], is_strict)
    return values if values is None else dict(zip(names, values, strict=True))


def _values(text, start, after, is_strict):
    """Return a value for each of the words `after` them, or None.

    Depth first, and no place twice: a text made to be slow to read is read in
    (variables × characters × longest value) steps.
    """
    longest = LONGEST_VALUE if is_strict else len(text)
    dead, refused = set(), {}

    def is_taken(position, end):
        if (position, end) not in refused:
            refused[position, end] = value_finding(text[position:end])
        return not refused[position, end]

    def follow(index, position):
        if index == len(after):
            return [] if position == len(text) else None
        if (index, position) in dead:
            return None
        for end in range(position + 1, min(position + longest, len(text)) + 1):
            if text[end - 1] in SENTENCE_MARKS:
                break
            words = after[index]
            if not text.startswith(words, end):
                continue
            if is_strict and not is_taken(position, end):
                continue
            rest = follow(index + 1, end + len(words))
            if rest is not None:
                return [text[position:end], *rest]
        dead.add((index, position))
        return None

    return follow(0, start)


def draft(words: str, names: dict[str, str], has_ending: bool) -> str:
    """Return a text of the bank as one to file; `names` of placeholders to variables.

    Placeholders side by side are one variable, since a provider takes no neighbours:
    "{name}{honorific}" is ${name}.
    """
    places = "|".join(re.escape(place) for place in names)
    group = re.compile(rf"(?:{places})(?:\s*(?:{places}))*")
    first = re.compile(places)
    body = group.sub(lambda match: f"${{{names[first.match(match[0])[0]]}}}", words)
    body = " ".join(body.split())
    if not has_ending:
        return body
    between = "" if body[-1:] and body[-1] in "。！？!?，,；;" else "，"
    return f"{body}{between}{ENDING}"
