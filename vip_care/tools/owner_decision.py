"""The decision that lets server code change an owner."""

from dataclasses import dataclass
from datetime import datetime

# Under this key server code carries its decision through create() and write().
DECISION = "vip_owner_decision"


@dataclass(frozen=True)
class OwnerDecision:
    """Why an owner changes: a reason of `vip.ownership.change`, transfer and time.

    Clients choose the context of their calls, but JSON cannot spell an object of this
    class: only server code can carry a decision.
    """

    reason: str
    transfer_id: int | None = None
    date: datetime | None = None  # now, unless it was taken while a till was offline


def decision_of(env):
    """Return the decision `env` carries, None if it carries none or only claims to."""
    decision = env.context.get(DECISION)
    return decision if isinstance(decision, OwnerDecision) else None
