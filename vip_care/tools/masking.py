"""What may be shown of somebody to eyes that may not see her."""


def mask_name(name: str) -> str:
    """Return the first character of a name and a star: `王*`.

    Enough to say "is it Ms Wang's ticket?", too little to find her. Numbers are masked
    by `phone.mask_number`.
    """
    return f"{(name or '').strip()[:1]}*"
