"""Where a report moves a message: forward only, whatever order reports come in."""

# She may be getting it, and a final word is still to come.
UNDER_WAY = ("reserved", "unknown", "accepted", "sent")
FINAL = ("delivered", "undelivered", "rejected")
# Thought not to have left: it may be tried again, or has been given up for good.
THOUGHT_UNSENT = ("waiting", "ready", "failed")


def moved(state: str, status: str, attempt: int) -> str | None:
    """Return the state a message in `state` gets to by a report, None if it stays.

    `attempt` is how often it was handed over: what never was is moved by nothing. The
    first of two failures counts, but a delivery counts after each of them: the phone
    was on again. A delivery of what was taken for not sent proves that it was; so does
    the network's word for what waits for its next attempt, which would be a second
    message.
    """
    if state in UNDER_WAY:
        return status if status in FINAL or _is_news(state, status) else None
    if state in FINAL:
        return status if status == "delivered" != state else None
    if state in THOUGHT_UNSENT and attempt:
        proves = ("delivered",) if state == "failed" else ("sent", *FINAL)
        return status if status in proves else None
    return None


def _is_news(state, status):
    return status == "sent" != state
