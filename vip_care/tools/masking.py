"""What may be shown of somebody to eyes that may not see her."""

import re

from .phone import mask_number

# Seven digits or more, however grouped, that are no date.
DATE = r"(?P<date>(?<!\d)\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?(?!\d))"
NUMBER = r"\+?\d(?:[\s\-()./]?\d){6,}"
NUMBERS = re.compile(f"{DATE}|{NUMBER}")


def mask_name(name: str) -> str:
    """Return the first character of a name and a star: `王*`.

    Enough to say "is it Ms Wang's ticket?", too little to find her. Numbers are masked
    by `phone.mask_number`.
    """
    return f"{(name or '').strip()[:1]}*"


def mask_numbers_in(text: str) -> str:
    """Return `text` with every phone number in it masked."""

    def mask(match):
        return match["date"] or mask_number(re.sub(r"[^\d+]", "", match[0]))

    return NUMBERS.sub(mask, text)
