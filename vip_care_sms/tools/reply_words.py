"""What somebody means who answers a text message: enough of it, again, or a talk.

Short words count only if they are all she wrote: "R" refuses, "R码有吗" asks for a
size. Whatever is not certain goes to a person.
"""

import re
import unicodedata

REFUSAL = "refusal"
RETURN = "return"
OTHER = "other"

# All she wrote, without spaces, punctuation and pictures.
REFUSALS = frozenset(
    """
    r t td n 0 00000 回r 回t 回n 回td 回复r 回复t 回复n 回复td 回覆r 回覆t 回覆n 回覆td
    退订 退訂 拒收 取消 停止 不要 stop stopall unsubscribe cancel end quit revoke optout
    remove arret arrêt
    """.split()
)
RETURNS = frozenset("start unstop yes 恢复订阅 恢復訂閱".split())
# Anywhere in what she wrote.
CONTAINED = re.compile(
    "退订|退訂|拒收|取消订阅|取消訂閱|不要再发|不要再發|别再发|別再發|勿扰|勿擾|unsubscribe"
)
# Who writes so has the word in her sentence without meaning it.
NOT_MEANT = re.compile("(?:取消|不|没|没有|沒有|未|别|別|不要|不想)(?:退订|退訂|拒收)")
QUOTED = re.compile("【([^】]*)】")
# How our own messages end, in a message that is quoted as a whole.
ENDING = re.compile(
    "拒收请回复r|拒收請回覆r|回复?(?:td?|n|r)(?:退订|拒收)|退订(?:请)?回复?(?:td?|n|r)"
)


def meaning(text: str) -> str:
    """Return what a reply means: REFUSAL, RETURN or OTHER."""
    said = _plain(text)
    if said in REFUSALS:
        return REFUSAL
    if said in RETURNS:
        return RETURN
    if CONTAINED.search(said) and not NOT_MEANT.search(said):
        return REFUSAL
    return OTHER


def _plain(text):
    """Return the letters and digits of what she wrote herself, in small letters."""
    text = unicodedata.normalize("NFKC", str(text or ""))
    text = QUOTED.sub(_unquoted, text)
    head, *quoted = QUOTED.split(text, maxsplit=1)
    if not quoted:
        return _letters(text)
    return _letters(head) or _beside(_letters(QUOTED.sub("", quoted[1])))


def _unquoted(match):
    """Return a signature as it is, and a word she set in brackets without them."""
    return match[1] if _letters(match[1]) in REFUSALS else match[0]


def _beside(said):
    """Return what stands after the ending of our message, or else before it."""
    ending = ENDING.search(said)
    if not ending:
        return said
    return said[ending.end() :] or said[: ending.start()] or said


def _letters(text):
    return "".join(c for c in text.casefold() if unicodedata.category(c)[0] in "LN")
