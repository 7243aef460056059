"""Phone numbers of members: one key per number, whatever way it was written.

The key is the number in E.164 form (`+8613800138000`). `phonenumbers` does the work;
we add what shops meet and the library leaves out: full-width digits, IP-dial prefixes,
a country code without its plus sign, and mainland mobile ranges that are in use before
the library's metadata knows them.
"""

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberType as NumberType

MOBILE_TYPES = {NumberType.MOBILE, NumberType.FIXED_LINE_OR_MOBILE}
# Any 11 digits from 13 to 19: the numbering plan reserves them for mobile service.
CHINA_MOBILE = re.compile(r"^(?:\+?86)?(1[3-9]\d{9})$")
CHINA_IP_DIAL = re.compile(r"^(?:17951|17911|12593|17950|10193)(?=1[3-9]\d{9}$)")
# Ranges for machines and data cards: nobody carries one in her pocket.
CHINA_MACHINE = re.compile(r"^14[014689]")
# Country codes people of the region write without a plus sign. Not all codes: a
# mistyped local number must not turn into somebody's abroad.
BARE_CODES = ("86", "852", "853", "886")
SEPARATORS = re.compile(r"[\s\-()./\u2010-\u2015\u200b-\u200f\u202a-\u202e\ufeff]+")

# What a shop types first, by country: shown when a number is refused.
EXAMPLES = {
    "CN": "13800138000",
    "TW": "0912345678",
    "HK": "51234567",
    "MO": "66123456",
    "US": "(201) 555-0123",
}


class PhoneError(ValueError):
    """The text is no mobile number; `code` says why: empty, several, landline, invalid.

    `example` is a number as it would be typed in the country asked for.
    """

    def __init__(self, code, raw, country):
        super().__init__(f"{code}: {raw!r} ({country})")
        self.code = code
        self.raw = raw
        self.example = example_number(country)


def example_number(country: str) -> str:
    """Return a mobile number as a customer of `country` would dictate it."""
    if country in EXAMPLES:
        return EXAMPLES[country]
    number = phonenumbers.example_number_for_type(country, NumberType.MOBILE)
    if not number:
        return "+8613800138000"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def phone_key(raw: str, country: str) -> str:
    """Return the E.164 key of the mobile number in `raw`.

    `country` is the two-letter code of the store's country, used where the number
    carries no country code of its own. Raises PhoneError for anything that is not
    exactly one mobile number.
    """
    text = clean_number(raw)
    if not text:
        raise PhoneError("empty", raw, country)
    if country == "CN":
        text = CHINA_IP_DIAL.sub("", text)
    if re.search(r"[,;、|]", text) or re.fullmatch(r"\+?\d{16,}", text):
        raise PhoneError("several", raw, country)
    if not re.fullmatch(r"\+?\d{3,15}", text):
        raise PhoneError("invalid", raw, country)
    return _china_key(text, country) or _library_key(text, raw, country)


def plain_digits(raw: str) -> str:
    """Return `raw` with ASCII digits and without separators, as part of a number.

    A part may begin with 00: it then is no dialling prefix.
    """
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", str(raw or "")))


def clean_number(raw: str) -> str:
    """Return `raw` with ASCII digits and without the separators people write."""
    text = plain_digits(raw)
    if text.startswith("00"):
        text = "+" + text[2:]
    return text


def _china_key(text, country):
    """Return the key of a mainland mobile number, or None if it cannot be one."""
    if country != "CN" and not text.startswith(("+86", "86")):
        return None
    match = CHINA_MOBILE.match(text.removeprefix("0"))
    if not match or CHINA_MACHINE.match(match.group(1)):
        return None
    return "+86" + match.group(1)


def _library_key(text, raw, country):
    kinds = set()
    for candidate in _readings(text):
        try:
            number = phonenumbers.parse(candidate, country)
        except phonenumbers.NumberParseException:
            continue
        if not phonenumbers.is_valid_number(number):
            continue
        kind = phonenumbers.number_type(number)
        if kind in MOBILE_TYPES:
            return phonenumbers.format_number(
                number, phonenumbers.PhoneNumberFormat.E164
            )
        kinds.add(kind)
    raise PhoneError("landline" if kinds else "invalid", raw, country)


def _readings(text):
    """Yield how `text` may be meant: as dialled at home, then with its code bare."""
    yield text
    if text.startswith(BARE_CODES):
        yield "+" + text


def is_unverified(key: str) -> bool:
    """Tell whether the library does not know this number's range to be a mobile one."""
    try:
        number = phonenumbers.parse(key, None)
    except phonenumbers.NumberParseException:
        return True
    return phonenumbers.number_type(number) not in MOBILE_TYPES


def mask_number(key: str) -> str:
    """Return the number for eyes that may not see it: `138****5678`.

    Country code left out, first three and last four digits kept; shorter numbers keep
    proportionally less, so that at least four digits stay hidden.
    """
    if not key:
        return ""
    try:
        digits = str(phonenumbers.parse(key, None).national_number)
    except phonenumbers.NumberParseException:
        digits = re.sub(r"\D", "", key)
    tail = min(4, max(0, len(digits) - 6))
    head = min(3, max(0, len(digits) - tail - 4))
    hidden = len(digits) - head - tail
    return digits[:head] + "*" * hidden + digits[len(digits) - tail :]
