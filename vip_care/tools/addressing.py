"""How a message calls a member: by her name if it is one, courteously if it is not.

Plain Python, no database. Names come from tills, imports and member pages and may hold
anything: a telephone number, "测试", an advertisement. Nothing of that is ever read out
to her as her name, and nothing in a name can change the text around it.
"""

import re
import unicodedata

from .guard_view import read
from .message_guard import compiled

LONGEST = 40
LONGEST_READ = 400  # of what somebody wrote into a name; no name is past this
NEUTRAL = {"zh_CN": "贵宾", "zh_TW": "貴賓"}
POLITE_GUEST = "Guest"
HONORIFICS = {
    "zh_CN": {"female": "女士", "male": "先生"},
    "zh_TW": {"female": "女士", "male": "先生"},
    "en": {"female": "Ms", "male": "Mr"},
}
ADVERTISING = ("price", "discount", "percent", "product", "event", "bait", "link")
# Surnames that the guard knows as goods or links.
SURNAMES = ("price", "link")

BRACKETS = "([{<（［｛＜【〔〖《〈「『［"
INNER_MARKS = "-'’.·・‧•"
PLACEHOLDERS = re.compile(
    "测试|測試|无名|無名|匿名|未知|未填|未命名|散客|路人|某某|会员|會員|客户|客戶|顾客|顧客"
    "|贵宾|貴賓|访客|訪客|临时|臨時|作废|作廢|停用|重复|重複|勿动"
    r"|\b(?:test(?:er|ing)?|vip|no ?name|unknown|anonymous|walk ?in|dummy|demo|n a|tbd"
    r"|null|undefined|customer|do not use)\b"
)
# Not names when they stand alone.
BARE = set(
    "guest none member sample admin user client default cash name sir madam ms mr mrs "
    "miss 先生 女士 小姐 太太 客人 客 无 無 姓名 名字 老板 老闆 美女 帅哥 亲 親".split()
)
COMPANY = re.compile(
    "公司|有限|股份|集团|集團|商行|企业|企業|工作室|事务所|事務所|贸易|貿易|服饰|服飾|株式会社"
    r"|\b(?:ltd|limited|inc|llc|llp|plc|gmbh|corp|corporation|company|holdings|pty"
    r"|trading|enterprises?|sdn bhd)\b|\bco\."
)
TITLED = re.compile(
    "(?:女士|先生|小姐|太太|夫人|老师|老師|医生|醫生|医师|醫師|律师|律師|教授|博士|经理|經理"
    "|总|總|董|姐|姊|哥|姨|叔|伯|嫂|妈|媽|阿姨|爷爷|爺爺|奶奶)$"
    r"|^(?:ms|mr|mrs|miss|mx|dr|prof|professor|madam|madame|sir|lady|lord|dame"
    r"|aunt|auntie|uncle)\b"
)


def language(lang):
    """Return zh_CN, zh_TW (also for Hong Kong) or en for any code of a language."""
    code = lang if isinstance(lang, str) else ""
    return {"zh_CN": "zh_CN", "zh_TW": "zh_TW", "zh_HK": "zh_TW"}.get(code, "en")


def addressable(name):
    """Return `name` cleaned for a greeting, or "" if it may not stand there.

    What follows a bracket is left out. Refused: digits, marks that no name has, more
    than 40 characters, placeholders ("测试", "walk-in"), companies, and what the guard
    would hold as an offer. Anything but a text is "".
    """
    if not isinstance(name, str):
        return ""
    cleaned = _cleaned(name[:LONGEST_READ])
    plain = unicodedata.normalize("NFKC", cleaned).lower()
    if not _looks_like_a_name(plain) or len(cleaned) > LONGEST:
        return ""
    words = re.sub(r"[-_.·]+", " ", plain).strip()
    if words in BARE or PLACEHOLDERS.search(words) or COMPANY.search(plain):
        return ""
    return "" if _advertises(plain) else cleaned


def _cleaned(name):
    """Return the part before a bracket without invisible characters or wide gaps."""
    visible = "".join(
        " " if char.isspace() else char
        for char in name
        if char.isspace() or unicodedata.category(char) not in ("Cf", "Cc", "Cs", "Co")
    )
    before = re.split(f"[{re.escape(BRACKETS)}]", visible, maxsplit=1)[0]
    return " ".join(before.split()).strip("-·・‧•'’ ")


def _looks_like_a_name(plain):
    """Return whether these are letters with the few marks that names have."""
    letters = [char for char in plain if char.isalpha()]
    if not letters or any(
        unicodedata.category(char)[0] not in "LM" and char not in f" {INNER_MARKS}"
        for char in plain
    ):
        return False
    alone = len(set(letters)) == 1
    return not (alone and (len(letters) > 2 or letters[0].isascii()))


def _advertises(plain):
    """Return whether the guard finds an offer that is no surname ("Ann Price")."""
    return any(
        not (match[0] in SURNAMES and " " in plain)
        for code in ADVERTISING
        for _script, expression in compiled(code)
        for match in expression.finditer(read(plain).text)
    )


def honorific(lang, gender):
    """Return 女士/先生 or Ms/Mr for `gender` ("female", "male"), "" for any other."""
    known = HONORIFICS[language(lang)]
    return known.get(gender, "") if isinstance(gender, str) else ""


def address(lang, name, salutation, gender):
    """Return (name, honorific) as a text's two placeholders need them.

    The way she likes to be called wins and takes no honorific, as does a name that
    has one ("李老师", "Dr Lee"). Without a name to call her by she is a guest.
    """
    liked = addressable(salutation)
    if liked:
        return liked, ""
    called = addressable(name)
    if not called:
        return NEUTRAL.get(language(lang), POLITE_GUEST), ""
    if TITLED.search(called.lower()):
        return called, ""
    return called, honorific(lang, gender)


def fill(body, *, lang, name, honorific, store, associate):
    """Return `body` with its four placeholders filled and the gaps of empty ones shut.

    Each is replaced once: a value that reads "{store}" stays as it is. An empty name
    becomes the guest of the language, so that no greeting has a hole in it.
    """
    values = {
        "name": name or NEUTRAL.get(language(lang), POLITE_GUEST),
        "honorific": honorific or "",
        "store": store or "",
        "associate": associate or "",
    }
    filled = re.sub(
        r"\{(name|honorific|store|associate)\}", lambda m: values[m[1]], body
    )
    joined = "\n".join(re.sub(" {2,}", " ", x).strip(" ") for x in filled.split("\n"))
    return re.sub(r" +(?=[,，、])", "", joined)
