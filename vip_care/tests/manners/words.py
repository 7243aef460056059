"""Crude lists of what never stands in a greeting, whoever wrote it."""

import re
import unicodedata

FORBIDDEN = {
    "price": r"[¥￥$€£]|\d\s*(?:元|块|塊|rmb|nt|hk|usd|yuan|dollars?)",
    "share": r"\d\s*[%％]|[\d一二三四五六七八九两半]\s*折|percent",
    "offer": (
        r"优惠|優惠|折扣|促销|促銷|特价|特價|降价|降價|打折|满减|滿減|赠送|贈送|"
        r"买一送|買一送|抽奖|抽獎|红包|紅包|券|清仓|清倉|秒杀|秒殺|"
        r"\b(?:discounts?|sale|coupons?|vouchers?|promo\w*|bargain|clearance|offers?)\b"
    ),
    "product": (
        r"新品|新款|新到|上市|上新|连衣裙|連衣裙|裙子|裤子|褲子|衬衫|襯衫|外套|大衣|"
        r"羊绒|羊絨|毛衣|皮鞋|"
        r"\b(?:dress|coat|jacket|skirt|shirt|trousers|collection|new arrivals?)\b"
    ),
    "event": (
        r"活动|活動|沙龙|沙龍|酒会|酒會|发布会|發佈會|专场|專場|直播|"
        r"\b(?:event|private sale|showroom|trunk show)\b"
    ),
    "link": r"https?:|www\.|\w\.(?:com|cn|tw|hk)\b|微信|加v|公众号|公眾號|扫码|掃碼|@",
    "phone": r"\d{5,}|\d{3,4}[- ]\d{4}",
    "prying": (
        r"为什么(?:没|不)|為什麼(?:沒|不)|好久没|好久沒|好久不见|好久不見|许久未|許久未|"
        r"怎么没来|怎麼沒來|多久没|多久沒|"
        r"why (?:have|has|did)|haven'?t (?:seen|been|visited)|missed you|long time no"
    ),
    "placeholder": r"[{}\[\]]|%\(|(?-i:\bNone\b|\bFalse\b)",
}
FORBIDDEN = {
    code: re.compile(words, re.IGNORECASE) for code, words in FORBIDDEN.items()
}
# Words of care about weather may name what is worn; of points, what they are.
GREETINGS = ("greeting", "birthday", "thanks")
FOR_OTHERS = {
    "season": ("price", "share", "offer", "event", "link", "phone", "placeholder"),
    "points": ("price", "link", "prying", "placeholder"),
    "invitation": ("price", "share", "prying", "placeholder"),
}
MERRY = re.compile(
    r"快乐|快樂|恭喜|欢庆|歡慶|庆祝|慶祝|喜庆|喜慶|happy birthday|celebrat|merry|"
    r"congrat|many happy",
    re.IGNORECASE,
)
TITLES = re.compile(r"女士|先生|小姐|贵宾|貴賓|\b(?:ms|mr|mrs|mx|guest)\b")
TEAMS = ("全体同事", "全體同仁", "Team")


def findings(body, kind, names):
    """Return the codes of what must not stand in a body, names left out."""
    plain = body
    for name in sorted(filter(None, names), key=len, reverse=True):
        plain = plain.replace(name, " ")
    codes = FORBIDDEN if kind in GREETINGS else FOR_OTHERS.get(kind, ("placeholder",))
    return [code for code in codes if FORBIDDEN[code].search(plain)]


def ends_with(body, store, signers):
    """Whether a body ends with the store and one of those who may sign for it."""
    end = body.rstrip()
    place = end.rfind(store)
    signed = [end.rfind(signer) for signer in signers if signer]
    signed = [at for at in signed if at >= 0]
    if place < 0 or not signed:
        return False
    # Between and after the two names no more than marks and a word of courtesy.
    first = min(place, max(signed))
    rest = end[first:].replace(store, "")
    for signer in filter(None, signers):
        rest = rest.replace(signer, "")
    return len(re.sub(r"\W", "", rest)) <= 8


def same(body, names):
    """Return a body without names, titles and marks: the same words are the same."""
    plain = unicodedata.normalize("NFKC", body).casefold()
    for name in sorted(filter(None, names), key=len, reverse=True):
        plain = plain.replace(unicodedata.normalize("NFKC", name).casefold(), "")
    return re.sub(r"\W+", "", TITLES.sub("", plain))
