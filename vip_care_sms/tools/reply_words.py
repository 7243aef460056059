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
    remove arret arrêt 免打扰 免打擾
    """.split()
)
RETURNS = frozenset("start unstop yes 恢复订阅 恢復訂閱".split())
# "Shall you?", "especially" and "each" end in what is a "don't" elsewhere.
DONT = "(?<![要特分])(?:不要|[别別勿])"
# Anywhere in what she wrote. Not to send is no refusal if it may be about a parcel or
# an invoice: it has "again", names messages or is all she wrote.
CONTAINED = re.compile(
    "退订|退訂|拒收|取消订阅|取消訂閱|unsubscribe|勿打?[扰擾]"
    f"|{DONT}再(?:(?:[给給]我)?[发發传傳]|联系|聯繫|聯絡|打[扰擾])|{DONT}打[扰擾]我"
    f"|{DONT}(?:[给給]我)?[发發传傳](?:短信|信息|消息|广告|簡訊|訊息|廣告)"
    f"|^[请請]?{DONT}(?:[给給]我)?[发發传傳]了?$"
)
# Who writes so has the word in her sentence without meaning it. Only directly before
# it: "不要退订" keeps the messages, "不要，退订" and "No! Unsubscribe" do not.
NOT_MEANT = re.compile(
    "(?:取消|[不没沒未别別勿]|[没沒]有|不[要想用必会會]|[无無]需"
    "|(?:do|does|did)(?:not|n['’]?t)(?:wantto)?|never)"
    "(?:退订|退訂|拒收|取消订阅|取消訂閱|unsubscribe)"
)
UNMEANT = "〇"  # stands for it: a letter that is in no word here
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
    return REFUSAL if CONTAINED.search(said) else OTHER


def _plain(text):
    """Return the letters and digits of what she wrote herself, in small letters."""
    text = unicodedata.normalize("NFKC", str(text or "")).casefold()
    # White space and what nobody sees separate nothing; punctuation still does.
    text = "".join(c for c in text if unicodedata.category(c)[0] not in "ZCM")
    text = NOT_MEANT.sub(UNMEANT, text)
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
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")
