"""The decision that lets server code change an owner."""

from dataclasses import dataclass

# Under this key server code carries its decision through create() and write().
DECISION = "vip_owner_decision"


@dataclass(frozen=True)
class OwnerDecision:
    """Why an owner changes: a reason of `vip.ownership.change` and its transfer.

    Clients choose the context of their calls, but JSON cannot spell an object of this
    class: only server code can carry a decision.
    """

    reason: str
    transfer_id: int | None = None


def decision_of(env):
    """Return the decision `env` carries, None if it carries none or only claims to."""
    decision = env.context.get(DECISION)
    return decision if isinstance(decision, OwnerDecision) else None
