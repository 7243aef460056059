"""What shops write into cells: text, amounts, numbers, yes and no, gender.

Every reader takes a cell as the file gave it (text from CSV; text, number or date from
XLSX) and returns a value or raises CellError, whose `code` names what is wrong. Nothing
is guessed: what can be read in two ways is refused with the form to use instead.
"""

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

MAX_TEXT = 2_000
MAX_NUMBER_TEXT = 40
MAX_AMOUNT = Decimal(10) ** 12
MAX_WHOLE = 1_000_000

GENDER_WORDS = {
    "female": "f female woman lady ms mrs miss 女 女士 女性 女生 小姐 太太",
    "male": "m male man mr 男 男士 男性 男生 先生",
    "other": "o other x 其他 其它 不明",
}
CALENDAR_WORDS = {
    "solar": "solar gregorian 公历 公曆 阳历 陽曆 新历 新曆 国历 國曆",
    "lunar": "lunar chinese 农历 農曆 阴历 陰曆 旧历 舊曆",
}
SOURCE_WORDS = {
    "store": "store shop 门店 門店 店铺 店鋪 门市 門市",
    "event": "event 活动 活動",
    "referral": "referral 推荐 推薦 介绍 介紹 老带新",
    "partner": "partner 合作 异业 異業",
    "online": "online web 线上 線上 网店 網店",
    "import": "import 导入 匯入",
}

_CURRENCY = re.compile(
    r"^(?:NT\$?|HK\$?|MOP\$?|US\$?|RMB|CNY|TWD|HKD|USD|[¥$￥])\s*"
    r"|\s*(?:元|圆|圓|块|塊|RMB|CNY|TWD|HKD|USD)$",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"[0-9]*\.?[0-9]+|[0-9]+\.")
_GROUPED_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


class CellError(ValueError):
    """A cell that cannot be read; `code` says why, `detail` what belongs into it."""

    def __init__(self, code, detail=None):
        super().__init__(code)
        self.code = code
        self.detail = detail


class Formula:
    """A cell that holds a formula without a result, or an error such as #REF!."""

    def __init__(self, text="="):
        self.text = text

    def __str__(self):
        return self.text


def parse_text(raw, limit=MAX_TEXT):
    """Return one line of clean text, empty for an empty cell."""
    if isinstance(raw, str):
        text = raw
    elif raw is None:
        return ""
    elif isinstance(raw, Formula):
        raise CellError("formula")
    elif isinstance(raw, bool):
        text = "1" if raw else "0"
    elif isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        text = str(int(raw))
    else:
        text = str(raw)
    if len(text) > limit:
        raise CellError("too_long", limit)
    if not text.isprintable():
        text = _without_control_characters(text)
    return text.strip()


def _without_control_characters(text):
    text = re.sub(r"[\t\r\n\u2028\u2029]+", " ", text)
    # Format characters (zero width joiners, marks of direction) belong to names.
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise CellError("control")
    return text


def parse_code(raw, limit=64):
    """Return a card, ticket or store number as text; a formula's sign is refused."""
    text = parse_text(raw, limit)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if text.startswith("="):
        raise CellError("formula")
    if "+" in text and re.fullmatch(r"[0-9]\.?[0-9]*[eE]\+[0-9]+", text):
        raise CellError("scientific")
    return text


def number_text(raw):
    """Return the plain characters of a number or date; refuse a formula."""
    text = parse_text(raw, MAX_NUMBER_TEXT)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).strip()
    if text.startswith(("=", "@")):
        raise CellError("formula")
    return text


def parse_amount(raw, places=2):
    """Return a Decimal with `places` decimals, or None for an empty cell.

    A comma separates thousands and nothing else: 1,234.50 is read, 1.234,50 and 12,50
    are refused. A number that XLSX keeps with noise (0.30000000000000004) is rounded;
    text with more decimals than the currency has is refused.
    """
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if isinstance(raw, float) and not math.isfinite(raw):
            raise CellError("amount")
        number = Decimal(raw) if isinstance(raw, int) else Decimal(repr(raw))
        if isinstance(raw, float) and abs(number) < MAX_AMOUNT:
            number = round(number, 6)
    else:
        text = number_text(raw)
        if not text:
            return None
        number = _decimal(text)
    if abs(number) >= MAX_AMOUNT:
        raise CellError("too_big")
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if rounded != number and not isinstance(raw, float):
        raise CellError("decimals", places)
    return rounded


def _decimal(text):
    if _PLAIN_NUMBER.fullmatch(text):
        return Decimal(text)
    text = text.replace("\u2212", "-")
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip()
    sign = -1 if negative else 1
    for _round in range(2):  # the sign stands before or after the currency's
        if text[:1] in ("-", "+") and text:
            sign = -sign if text[0] == "-" else sign
            text = text[1:].lstrip()
        text = _CURRENCY.sub("", text).strip()
    if _GROUPED_NUMBER.fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN_NUMBER.fullmatch(text):
        raise CellError("comma" if "," in text else "amount")
    return sign * Decimal(text)


def parse_number(raw):
    """Return pieces or points as a Decimal with up to three decimals, or None."""
    number = parse_amount(raw, 3)
    if number is not None and abs(number) > MAX_WHOLE:
        raise CellError("too_big")
    return number


def _word(raw, words, code):
    text = unicodedata.normalize("NFKC", parse_text(raw, 100)).lower().rstrip(".")
    if not text:
        return None
    for value, known in words.items():
        if text in known.split():
            return value
    raise CellError(code)


def parse_gender(raw):
    """Return female, male or other, or None for an empty cell."""
    return _word(raw, GENDER_WORDS, "gender")


def parse_calendar(raw):
    """Return solar or lunar, or None for an empty cell."""
    return _word(raw, CALENDAR_WORDS, "calendar")


def parse_source(raw):
    """Return where a member was enrolled, or None for an empty cell."""
    return _word(raw, SOURCE_WORDS, "source")


def safe_cell(value):
    """Return text that no spreadsheet takes for a formula, on one line."""
    text = re.sub(r"\s+", " ", str(value))
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
