"""Tiers, the diamond price list and the points programme."""

# name in Chinese, colour, what an associate should offer
TIERS = (
    ("银卡", 0, "生日当月到店有小礼。"),
    ("金卡", 3, "免费改衣一次；新品到店先留码。"),
    ("钻石卡", 4, "免费改衣；专属试衣间；换季上门整理衣橱一次。"),
)
YUAN_PER_POINT = 10
REWARD_POINTS = 500
REWARD_YUAN = 50
EARNING = {
    "reward_point_mode": "money",
    "reward_point_amount": 1 / YUAN_PER_POINT,
    "minimum_qty": 1,
}
SPENDING = {
    "reward_type": "discount",
    "discount_mode": "per_order",
    "discount": REWARD_YUAN,
    "discount_applicability": "order",
    "required_points": REWARD_POINTS,
    "description": f"{REWARD_POINTS} 积分抵 {REWARD_YUAN} 元",
}


def create(chain):
    """Create `chain.program`, `chain.reward`; dress the tiers."""
    chain.program = chain.load_one(
        "loyalty.program",
        "program_points",
        {
            "name": "云岫积分",
            "program_type": "loyalty",
            "trigger": "auto",
            "applies_on": "both",
            "portal_visible": True,
            "portal_point_name": "积分",
            "company_id": chain.company.id,
            "currency_id": chain.company.currency_id.id,
            "rule_ids": [(5, 0, 0), (0, 0, EARNING)],
            "reward_ids": [(5, 0, 0), (0, 0, SPENDING)],
        },
    )
    chain.reward = chain.program.reward_ids
    _dress_tiers(chain)


def _dress_tiers(chain):
    tiers = chain.company._vip_tiers()
    languages = dict(chain.env["res.lang"].get_installed())
    for tier, (name, color, hint) in zip(tiers, TIERS, strict=False):
        tier.write({"color": color, "service_hint": hint})
        if "zh_CN" in languages:
            tier.with_context(lang="zh_CN").name = name
    lists = chain.load(
        "product.pricelist",
        "pricelist",
        {
            "standard": _pricelist(chain, "标准价", 0),
            "diamond": _pricelist(chain, "钻石卡 95 折", 5),
        },
    )
    tiers[-1].pricelist_id = lists["diamond"]
    for register in chain.registers.values():
        register.write(
            {
                "use_pricelist": True,
                "pricelist_id": lists["standard"].id,
                "available_pricelist_ids": [
                    (6, 0, [pricelist.id for pricelist in lists.values()])
                ],
            }
        )


def _pricelist(chain, name, discount):
    rule = {"applied_on": "3_global", "compute_price": "percentage"}
    return {
        "name": name,
        "company_id": chain.company.id,
        "currency_id": chain.company.currency_id.id,
        "item_ids": [(0, 0, rule | {"percent_price": discount})] if discount else [],
    }


def open_cards(chain):
    """Bring in what members saved before the registers were connected."""
    balances = chain.env["vip.purchase"]._read_group(
        [("order_id", "=", False), ("import_ref", "=like", "%01-%")],
        ["partner_id"],
        ["points_earned:sum", "points_spent:sum"],
    )
    chain.env["loyalty.card"].create(
        [
            {
                "program_id": chain.program.id,
                "partner_id": partner.id,
                "points": earned - spent,
                "history_ids": [
                    (0, 0, {"description": "旧系统积分结转", "issued": earned - spent})
                ],
            }
            for partner, earned, spent in balances
            if earned > spent
        ]
    )
