"""A reason is written for whoever reads the log later."""

MIN_LENGTH = 4


def clean_reason(text) -> str:
    """Return `text` tidied, or "" if it tells nobody anything.

    Four characters can be a reason (“送货上门”); one character repeated is none.
    """
    reason = " ".join(text.split()) if isinstance(text, str) else ""
    letters = {char for char in reason.casefold() if char.isalnum()}
    return reason if len(reason) >= MIN_LENGTH and len(letters) >= 2 else ""
