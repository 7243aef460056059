"""The message guard: may these words go to a member?

`check()` reads a text as it is written or as it is rendered and returns what must not
be in it, with the words and the place they stand. Which rules hold depends on the kind:

greeting, season, birthday, thanks: gives and asks nothing (design.md 6.1), so every
    rule holds, and it ends with store and associate. In greeting and birthday any
    garment is a product, but for care of the cold ("wear a scarf"). Weather in percent
    may stand in season care: "humidity 80 %" is no discount.
service: the garment and the cost of its care are the matter, a number to call back is a
    help: no offer, discount, event, bait, link, pressure or prying; signed by both.
points: balance, date and worth in money are the matter, and the reminder is no sales
    talk: no discount, product, event, bait, link, pressure or prying; names the store.
invitation: event, date, place, what will be seen and how to answer (link, telephone)
    are the matter: no price, percentage or pressure, it is no leaflet; names the store.
apology: a refund may be named and a visit offered, never a voucher, product, event,
    gift to fetch or link: peace is not bought; signed by both.

In every kind: no shouting, no prying question, and no placeholder but the four of the
contract. A rule finds words, not intentions; people still approve each text.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from . import guard_goods as goods
from . import guard_money as money
from . import guard_words as words
from .guard_view import CJK, HIDDEN, hide_names, read

PLACEHOLDERS = ("{name}", "{honorific}", "{store}", "{associate}")
GREETINGS = ("greeting", "season", "birthday", "thanks")
RULES = {
    "price": money.PRICE,
    "discount": money.DISCOUNT,
    "percent": money.PERCENT,
    "product": goods.PRODUCT,
    "worn": goods.WORN,
    "event": goods.EVENT,
    "link": words.LINK,
    "phone": words.PHONE,
    "bait": goods.BAIT,
    "pressure": words.PRESSURE,
    "urging": words.URGING,
    "prying": words.PRYING,
    "shouting": words.SHOUTING,
}
# Lists that are told apart here and are one reason to the reader.
CODES = {"percent": "discount", "pressure": "urging", "worn": "product"}
ALLOWED = {kind: () for kind in GREETINGS} | {
    "season": ("worn",),
    "thanks": ("worn",),
    "service": ("price", "phone", "urging", "worn"),
    "points": ("price", "phone", "urging", "worn"),
    "invitation": ("event", "product", "link", "phone", "urging", "bait", "worn"),
    "apology": ("price", "phone", "urging", "worn"),
}
SIGNED_BY_STORE = ("points", "invitation")

CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?:[ ,]+[A-Z]+(?![a-z])){2,}")
MANY_BANGS = 3
HAN = re.compile(f"[{CJK}]")
LATIN = re.compile("[a-z]")
CLAUSE_END = re.compile(r"[,.。!?;\n]")


class Finding(NamedTuple):
    """Why a text is held: `words` stand at `position` in the text as it was given.

    Codes: price, discount, product, event, link, phone, bait, urging, prying,
    shouting, placeholder, signature. A missing signature has no words and stands at
    the text's end.
    """

    code: str
    words: str
    position: int


def check(text, kind, *, store="", associate="", placeholders=True, names=()):
    """Return the findings in `text` in the order of their place; none: it may go.

    `kind` is a key of ALLOWED (KeyError otherwise). `store`, `associate` and `names`
    (the member's, say) are never findings themselves. `placeholders` is True for a
    text of the bank, False for a rendered one, where any placeholder left is found.
    """
    allowed = ALLOWED[kind]
    view = read(text)
    hidden = hide_names(view.text, store, (associate, *names), PLACEHOLDERS)
    found = list(_foreign_placeholders(view, placeholders))
    for code in RULES:
        if code not in allowed:
            found += [
                (CODES.get(code, code), *span) for span in _spans(code, hidden, kind)
            ]
    findings = _joined(text, view, found) + _capitals(text, (store, associate, *names))
    if not is_signed(view.text, kind, store, associate, placeholders):
        findings.append(Finding("signature", "", len(text)))
    return sorted(findings, key=lambda finding: (finding.position, finding.code))


@cache
def compiled(code):
    """Return a rule's expressions, each with what a text must have to be searched.

    Apart by script, because most texts have only one and need not be searched for the
    other: "a" for Latin words, "汉" for Chinese ones, "" for both and for digits.
    """
    lists = {"汉": [], "": [], "a": []}
    for entry in RULES[code]:
        lists[_script(entry)].append(entry)
    whole = r"(?:(?<![a-z])|(?![a-z]))(?:{})(?:(?<![a-z])|(?![a-z]))"
    return [
        (
            script,
            re.compile(
                _any_space(
                    ("{}" if script == "汉" else whole).format("|".join(entries))
                )
            ),
        )
        for script, entries in lists.items()
        if entries
    ]


def _script(entry):
    latin, han = re.search(r"(?<!\\)[a-z]", entry), HAN.search(entry)
    if "0-9" in entry or (latin and han):
        return ""
    return "a" if latin else "汉" * bool(han)


def _any_space(entries):
    """Return the expression with each space outside of brackets optional."""
    return re.sub(r" \??(?![^\[]*\])", r"[ \\-]{0,3}", entries)


def _spans(code, plain, kind):
    """Yield start and end of what a rule finds in the read text."""
    if code == "phone":
        plain = re.sub(words.NO_PHONE, lambda m: HIDDEN * len(m[0]), plain)
    scripts = ("", "汉" * bool(HAN.search(plain)), "a" * bool(LATIN.search(plain)))
    for script, expression in compiled(code):
        if script not in scripts:
            continue
        match = expression.search(plain)
        while match:
            excused = _excused(code, kind, plain, match)
            if not excused:
                yield match.span()
            # What is excused may hide an offer: "your coat is ready, and a new scarf".
            match = expression.search(
                plain, match.start() + 1 if excused else match.end()
            )
    if code == "shouting" and plain.count("!") >= MANY_BANGS:
        yield plain.rindex("!"), plain.rindex("!") + 1


def _excused(code, kind, plain, match):
    """Return whether what stands around a match makes it harmless."""
    clause = CLAUSE_END.split(plain[max(0, match.start() - 40) : match.start()])[-1]
    if code == "bait":
        return bool(re.search(goods.WISH, clause)) and not re.search(
            goods.AT_STORE, match[0]
        )
    if code == "urging":
        return bool(re.search(words.PAST, clause)) and not re.search(
            words.AGAIN, match[0]
        )
    if code == "product" and kind in ("service", "apology"):
        return bool(re.search(goods.HERS, clause))
    if code == "worn":
        return bool(re.search(goods.CARE, clause + plain[match.end() :][:6]))
    if code == "event" and kind in ("thanks", "apology"):
        return bool(re.search(words.OVER, clause))
    if code != "percent" or "off" in match[0]:
        return False
    before = plain[max(0, match.start() - 14) : match.start()]
    after = plain[match.end() : match.end() + 14]
    if kind == "season":
        return bool(re.search(money.WEATHER, before + after))
    fabric = re.search(rf"(?:{money.FIBRE})的? ?$", before) or re.match(
        rf" ?的?(?:{money.FIBRE})", after
    )
    return kind in ("service", "apology") and bool(fabric)


def _foreign_placeholders(view, allowed):
    """Yield the placeholders that no member's name would ever replace."""
    for match in re.finditer(r"\{[^{}\n]{0,40}\}|[{}]", view.text):
        if not (allowed and match[0] in PLACEHOLDERS):
            yield "placeholder", *match.span()


def _joined(text, view, found):
    """Return findings in the original's words, overlapping ones of a code as one."""
    spans = []
    for code, start, end in sorted(set(found)):
        if spans and spans[-1][0] == code and start < spans[-1][2]:
            spans[-1][2] = max(end, spans[-1][2])
        else:
            spans.append([code, start, end])
    return [_finding(text, view, *span) for span in spans]


def _finding(text, view, code, start, end):
    while start < end - 1 and view.text[start].isspace():
        start += 1
    first, last = view.places[start], view.places[end - 1]
    return Finding(code, text[first : last + 1].rstrip(), first)


def _capitals(text, names):
    """Return what is shouted in capitals, unless it is a name written so."""
    wide = "".join(unicodedata.normalize("NFKC", c)[:1] or c for c in text)
    return [
        Finding("shouting", text[m.start() : m.end()], m.start())
        for m in CAPITALS.finditer(wide)
        if not any(name and m[0] in name for name in names)
    ]


def is_signed(plain, kind, store, associate, placeholders):
    """Return whether the read text ends with the names its kind must end with.

    Between and after them may stand marks, a short "at" and a closing such as 敬上.
    """
    stores = [read(store).text] * bool(store) + ["{store}"] * placeholders
    people = [read(associate).text] * bool(associate) + ["{associate}"] * placeholders
    store_re = _one_of(stores)
    person_re = _one_of(people)
    gap = r"[^。!?.]{0,14}?"
    endings = [store_re + gap + person_re, person_re + gap + store_re]
    if kind in SIGNED_BY_STORE:
        endings.append(store_re)
    tail = plain[-400:]
    end = rf"(?:{'|'.join(endings)})[\W_]{{0,12}}(?:{words.CLOSING})?[\W_]{{0,12}}$"
    return bool(re.search(end, tail))


def _one_of(names):
    return f"(?:{'|'.join(map(re.escape, names or [HIDDEN]))})"
