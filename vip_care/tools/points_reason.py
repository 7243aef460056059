"""Why the balance of a loyalty card changes, told through the context."""

from dataclasses import dataclass

CONTEXT_KEY = "vip_points_reason"


@dataclass(frozen=True)
class PointsReason:
    """A reason given by our own code.

    What a client sends as context are plain values, never an instance of this class:
    so nobody can claim a reason from outside.
    """

    kind: str
    text: str = ""


TICKET = PointsReason("ticket")


def reason_of(env):
    """Return the reason our own code gave for what happens now, else None."""
    reason = env.context.get(CONTEXT_KEY)
    return reason if isinstance(reason, PointsReason) else None
