"""The company: a clothing brand in China, able to keep accounts of its registers."""

NAME = "云岫衣坊"
# Name and code of the bank journal of each way to pay that every register offers.
PAYMENTS = {
    "wechat": ("微信支付", "WX"),
    "alipay": ("支付宝", "ZFB"),
    "card": ("银行卡", "YHK"),
}


def prepare(chain):
    """Make the main company a Chinese brand, unless its books have entries."""
    env, company = chain.env, chain.company
    if not company._existing_accounting():
        china = env.ref("base.cn")
        # The key keeps Odoo from installing a localisation while it installs us.
        company.with_context(chart_template_load=True).write(
            {
                "name": NAME,
                "country_id": china.id,
                "account_fiscal_country_id": china.id,
                "currency_id": env.ref("base.CNY").id,
                "city": "上海",
                "street": "静安区愚园路 168 号",
            }
        )
        company.partner_id.tz = "Asia/Shanghai"
        company.resource_calendar_id.tz = "Asia/Shanghai"
    if not company.chart_template:
        env["account.chart.template"].try_loading(None, company)
    company._vip_create_tiers()
    chain.tax = _create_tax(chain)
    chain.payments = _create_payments(chain)


def _create_tax(chain):
    country = chain.company.account_fiscal_country_id
    owner = {"country_id": country.id, "company_id": chain.company.id}
    group = chain.load_one(
        "account.tax.group", "tax_group", owner | {"name": "增值税 13%"}
    )
    tax = chain.load_one(
        "account.tax",
        "tax_vat",
        owner
        | {
            "name": "增值税 13%（含税）",
            "amount": 13,
            "type_tax_use": "sale",
            "price_include_override": "tax_included",
            "tax_group_id": group.id,
        },
    )
    usual = chain.company.account_sale_tax_id
    account = usual.repartition_line_ids.account_id[:1]
    if account:
        lines = tax.repartition_line_ids
        lines.filtered(lambda line: line.repartition_type == "tax").account_id = account
    return tax


def _create_payments(chain):
    return {
        key: _create_payment(chain, key, name, name, code, "bank")
        for key, (name, code) in PAYMENTS.items()
    }


def create_cash_payment(chain, register, number):
    """Return the cash of one register: Odoo keeps each drawer in its own journal."""
    key = f"cash_{register}"
    return _create_payment(chain, key, "现金", f"现金 {number}", f"XJ{number}", "cash")


def _create_payment(chain, key, name, journal_name, code, kind):
    journal = chain.load_one(
        "account.journal",
        f"journal_{key}",
        {
            "name": journal_name,
            "code": code,
            "type": kind,
            "company_id": chain.company.id,
        },
    )
    return chain.load_one(
        "pos.payment.method",
        f"payment_{key}",
        {"name": name, "journal_id": journal.id, "company_id": chain.company.id},
    )
