"""What a ticket earns: the till's `pointsForPrograms`, case by case.

The scenarios named after Odoo's tours carry the points those tours expect.
"""

import pytest

from vip_care.tools.ticket_points import (
    Line,
    Program,
    Reward,
    Rule,
    Ticket,
    earned,
    slack,
)

PEN, DESK, GIFT, COUPON = 1, 2, 3, 9
LOYALTY, OTHER, WALLET = 10, 20, 30


def program(*rules, **vals):
    defaults = {"type": "loyalty", "applies_on": "both", "trigger": "auto"}
    return Program(id=LOYALTY, rules=rules, **(defaults | vals))


def reward(program_id=LOYALTY, kind="discount", trigger="auto", **vals):
    defaults = {"program_type": "loyalty", "product_ids": frozenset()}
    return Reward(
        program_id=program_id,
        reward_type=kind,
        program_trigger=trigger,
        **(defaults | vals),
    )


def line(product=PEN, qty=1, price=10, tax=0, **vals):
    return Line(product, qty, qty * price * (1 + tax), qty * price, **vals)


def ticket(*lines):
    return Ticket(
        lines,
        2,
        total_incl=sum(each.incl for each in lines),
        total_excl=sum(each.excl for each in lines),
    )


ORDER = Rule("order", 5)
MONEY = Rule("money", 0.1)
UNIT = Rule("unit", 2)
PENS = Rule("unit", 1, frozenset({PEN}))
CODE = Rule("order", 7, with_code=True)
FREE_PEN = reward(kind="product", product_ids=frozenset({PEN}))

CASES = {
    "per order": (5, program(ORDER), [line()]),
    "per order, once however many pieces": (5, program(ORDER), [line(qty=9)]),
    "per money": (3, program(MONEY), [line(qty=3)]),
    "per money, taxes included": (3.6, program(MONEY), [line(qty=3, tax=0.2)]),
    "per unit": (6, program(UNIT), [line(qty=3)]),
    "part of a unit": (3, program(Rule("unit", 2, minimum_qty=0)), [line(qty=1.5)]),
    "rules add up": (14, program(ORDER, MONEY, UNIT), [line(qty=3)]),
    "only the rule's products": (2, program(PENS), [line(qty=2), line(DESK, 5)]),
    "none of the rule's products": (0, program(PENS), [line(DESK, 5)]),
    "nothing on the ticket": (0, program(ORDER, MONEY), []),
    "too few pieces": (0, program(Rule("unit", 1, minimum_qty=3)), [line(qty=2)]),
    "just enough pieces": (3, program(Rule("unit", 1, minimum_qty=3)), [line(qty=3)]),
    "too little money": (
        0,
        program(Rule("order", 1, minimum_amount=31)),
        [line(qty=3)],
    ),
    "just enough": (1, program(Rule("order", 1, minimum_amount=30)), [line(qty=3)]),
    "minimum with taxes": (
        1,
        program(Rule("order", 1, minimum_amount=12)),
        [line(tax=0.2)],
    ),
    "minimum without taxes": (
        0,
        program(Rule("order", 1, minimum_amount=12, minimum_incl=False)),
        [line(tax=0.2)],
    ),
    "minimum of the rule's own products": (
        0,
        program(Rule("order", 1, frozenset({PEN}), minimum_amount=50)),
        [line(qty=3), line(DESK, 3)],
    ),
    "rounded half up": (0.13, program(Rule("money", 0.125)), [line(price=1)]),
    "a third each": (3.33, program(Rule("money", 1 / 3)), [line()]),
    "binary noise is no half": (1.01, program(Rule("money", 1)), [line(price=1.005)]),
    "goods brought back alone": (0, program(MONEY, UNIT), [line(qty=-2)]),
    "an exchange earns the difference": (
        1,
        program(MONEY),
        [line(qty=3), line(DESK, -1, 20)],
    ),
    "brought back, no minimum quantity": (
        0,
        program(Rule("money", 0.1, minimum_qty=-5)),
        [line(qty=-2)],
    ),
    "own discount does not count": (
        3,
        program(MONEY),
        [line(qty=3), line(COUPON, 1, -15, reward=reward())],
    ),
    "another program's discount does": (
        1.5,
        program(MONEY),
        [line(qty=3), line(COUPON, 1, -15, reward=reward(OTHER))],
    ),
    "paying by gift card or wallet is paying": (
        3,
        program(MONEY),
        [
            line(qty=3),
            line(COUPON, 1, -15, reward=reward(OTHER, program_type="gift_card")),
        ],
    ),
    "another's discount by code lowers the minimum": (
        0,
        program(Rule("order", 1, minimum_amount=30)),
        [line(qty=3), line(COUPON, 1, -15, reward=reward(OTHER, trigger="with_code"))],
    ),
    "an automatic one does not": (
        1,
        program(Rule("order", 1, minimum_amount=30)),
        [line(qty=3), line(COUPON, 1, -15, reward=reward(OTHER))],
    ),
    "a free piece of the program earns nothing, by unit": (
        2,
        program(PENS),
        [line(qty=3), line(COUPON, 1, -10, reward=FREE_PEN)],
    ),
    "a free piece of the program earns nothing, by money": (
        2,
        program(MONEY),
        [line(qty=3), line(COUPON, 1, -10, reward=FREE_PEN)],
    ),
    "a free piece of another kind": (
        3,
        program(PENS),
        [
            line(qty=3),
            line(
                COUPON,
                1,
                -10,
                reward=reward(kind="product", product_ids=frozenset({DESK})),
            ),
        ],
    ),
    "a code may have been typed in": (7, program(CODE), [line()]),
    "a program by code needs a rule with one": (
        0,
        program(ORDER, trigger="with_code"),
        [line()],
    ),
    "gift cards, one for each piece": (
        100,
        program(
            Rule("money", 1, frozenset({GIFT}), split=True),
            type="gift_card",
            applies_on="future",
        ),
        [line(GIFT, 2, 50), line(PEN, 9)],
    ),
    "gift cards are not taken back": (
        50,
        program(
            Rule("money", 1, frozenset({GIFT}), split=True, minimum_qty=0),
            type="gift_card",
            applies_on="future",
        ),
        [line(GIFT, 1, 50), line(GIFT, -1, 50)],
    ),
    "coupons, one for each piece": (
        3,
        program(Rule("unit", 1, split=True), applies_on="future"),
        [line(qty=3)],
    ),
    # Tours of pos_loyalty
    "test_min_qty_points_awarded": (
        0,
        program(Rule("money", 10, minimum_qty=5)),
        [line(qty=2, price=3.2), line(COUPON, 2, -3.2, reward=FREE_PEN)],
    ),
    "PosLoyaltyPointsGlobalDiscountProgramNoDomain": (
        90,
        program(Rule("money", 1)),
        [line(price=100), line(COUPON, 1, -10, reward=reward(OTHER, "discount"))],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_earned(name):
    points, rules, lines = CASES[name]
    assert earned(rules, ticket(*lines)) == pytest.approx(points, abs=1e-9)


def test_without_codes_only_what_is_sure():
    assert earned(program(CODE), ticket(line()), codes=False) == 0
    assert earned(program(CODE, ORDER), ticket(line()), codes=False) == 5
    by_code = program(CODE, trigger="with_code")
    assert earned(by_code, ticket(line()), codes=False) == 0
    assert earned(by_code, ticket(line())) == 7


def test_goods_brought_back_had_earned():
    mixed = ticket(line(qty=3), line(DESK, -2, 20), line(COUPON, -1, reward=reward()))
    assert earned(program(MONEY), mixed.brought_back()) == 4
    assert not ticket(line()).brought_back().lines


def test_slack_is_a_matter_of_roundings():
    many = ticket(*[line() for _number in range(9)])
    assert slack(program(ORDER, UNIT), many, 0.01) == pytest.approx(0.01)
    assert slack(program(MONEY), many, 0.01) == pytest.approx(0.02)
