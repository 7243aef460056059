"""How many points a ticket earns: Odoo's till computes it, and so do we.

A port of `pointsForPrograms` and `_getPointsCorrection` of pos_loyalty's
`static/src/app/models/pos_order.js`, names and order kept where they help to compare.
Where the server cannot know what the till knew, the result is the most it can have
been: a rule with a code counts as if the code had been typed in, and of a choice of
free products the one that costs least counts.
"""

from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

PAYMENT_PROGRAMS = ("gift_card", "ewallet")


@dataclass(frozen=True)
class Reward:
    """The reward a line of the ticket stands for."""

    program_id: int
    program_type: str
    program_trigger: str
    reward_type: str
    product_ids: frozenset = frozenset()

    @property
    def is_discount(self):
        return self.reward_type == "discount"


@dataclass(frozen=True)
class Line:
    """A line of the ticket; a combo is its parent's line."""

    product_id: int
    qty: float
    incl: float
    excl: float
    reward: Reward | None = None
    is_refund: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule of a program; `product_ids` is None where any product counts."""

    mode: str
    amount: float
    product_ids: frozenset | None = None
    minimum_qty: int = 1
    minimum_amount: float = 0
    minimum_incl: bool = True
    with_code: bool = False
    split: bool = False

    def counts(self, product_id):
        return self.product_ids is None or product_id in self.product_ids


@dataclass(frozen=True)
class Program:
    """What of a program decides how many points a ticket earns.

    Its registers and price lists are empty where it counts with any.
    """

    id: int
    type: str
    applies_on: str
    trigger: str
    rules: tuple
    register_ids: frozenset = frozenset()
    pricelist_ids: frozenset = frozenset()

    @property
    def is_payment(self):
        return self.type in PAYMENT_PROGRAMS


@dataclass(frozen=True)
class Ticket:
    """A ticket's lines; `digits` is the precision of Odoo's "Product Price"."""

    lines: tuple
    digits: int = 2
    total_incl: float = field(default=0)
    total_excl: float = field(default=0)

    def brought_back(self):
        """Return the goods brought back on this ticket as if they had been bought."""
        return replace(
            self,
            lines=tuple(
                replace(line, qty=-line.qty, incl=-line.incl, excl=-line.excl)
                for line in self.lines
                if line.qty < 0 and not line.reward
            ),
        )


def earned(program, ticket, codes=True):
    """Return the points `ticket` earns in `program`, net of what free products take.

    Without `codes` only what it earns whether or not a code was typed in.
    """
    if not _is_triggered(program, codes):
        return 0
    rules = [rule for rule in program.rules if codes or not rule.with_code]
    points = sum(_points_of_rule(rule, program, ticket) for rule in rules)
    return points - _correction(program, ticket)


def slack(program, ticket, rounding):
    """Return by how much the till's roundings may exceed `earned`."""
    per_money = sum(rule.amount for rule in program.rules if rule.mode == "money")
    return per_money * rounding * (len(ticket.lines) + 1) + 10**-ticket.digits


def _is_triggered(program, codes):
    if program.trigger == "with_code":
        return codes and any(rule.with_code for rule in program.rules)
    return any(codes or not rule.with_code for rule in program.rules)


def _points_of_rule(rule, program, ticket):
    if rule.minimum_amount > _amount_for_minimum(rule, program, ticket):
        return 0
    counted = [line for line in ticket.lines if _is_counted(line, rule, program)]
    quantity = sum(line.qty for line in counted if not line.reward)
    if quantity < rule.minimum_qty:
        return 0
    if rule.mode == "order":
        return rule.amount
    if rule.mode == "unit":
        return rule.amount * quantity
    if program.applies_on == "future" and rule.split:
        return _split_by_piece(rule, ticket)
    return _round(rule.amount * sum(line.incl for line in counted), ticket.digits)


def _amount_for_minimum(rule, program, ticket):
    lines = [
        line
        for line in ticket.lines
        if rule.counts(line.product_id) and not _is_own_discount(line, program)
    ]
    with_tax = sum(line.incl for line in lines)
    return (rule.minimum_incl and with_tax) or sum(line.excl for line in lines)


def _is_own_discount(line, program):
    reward = line.reward
    return (
        reward
        and reward.is_discount
        and ("auto" == reward.program_trigger or reward.program_id == program.id)
    )


def _is_counted(line, rule, program):
    if not rule.counts(line.product_id):
        return False
    # Only other programs' rewards count, and a payment is none.
    return not line.reward or (
        line.reward.program_id != program.id
        and line.reward.program_type not in PAYMENT_PROGRAMS
    )


def _split_by_piece(rule, ticket):
    return sum(
        max(_round(rule.amount * line.incl / line.qty, ticket.digits), 0) * line.qty
        for line in ticket.lines
        if not line.reward
        and line.qty > 0
        and rule.product_ids
        and line.product_id in rule.product_ids
    )


def _correction(program, ticket):
    """Points that free products of the program itself take away again."""
    gifts = [
        line
        for line in ticket.lines
        if line.reward
        and line.reward.reward_type == "product"
        and line.reward.program_id == program.id
    ]
    if not gifts or not _can_generate_rewards(program, ticket):
        return 0
    result = 0
    for rule in program.rules:
        for line in gifts:
            chosen = line.reward.product_ids
            if rule.product_ids is not None and not (
                chosen and chosen <= rule.product_ids
            ):
                continue
            if rule.mode == "money":
                result -= _round(rule.amount * line.incl, ticket.digits)
            elif rule.mode == "unit":
                result += rule.amount * line.qty
    return result


def _can_generate_rewards(program, ticket):
    regular = [line for line in ticket.lines if not line.reward and not line.is_refund]
    for rule in program.rules:
        total = ticket.total_incl if rule.minimum_incl else ticket.total_excl
        pieces = sum(line.qty for line in regular if rule.counts(line.product_id))
        if rule.minimum_amount > total or rule.minimum_qty > pieces:
            return False
    return True


def _round(value, digits):
    """Round half up, away from zero, as the till does; no noise of binary fractions."""
    number = Decimal(repr(round(value, 9)))
    return float(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
