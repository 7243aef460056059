"""Regions, stores, registers and everybody who works there."""

from .company import NAME, create_cash_payment

REGIONS = {"east": ("华东大区", "EAST"), "south": ("华南大区", "SOUTH")}
# key: region, name, code, names of the registers
STORES = {
    "shanghai": ("east", "上海静安店", "SH01", ("上海一号机", "上海二号机")),
    "hangzhou": ("east", "杭州湖滨店", "HZ01", ("杭州收银机",)),
    "guangzhou": ("south", "广州天河店", "GZ01", ("广州收银机",)),
    "shenzhen": ("south", "深圳万象店", "SZ01", ("深圳收银机",)),
}
# role: group, groups of other apps, title on the badge
POS = ("point_of_sale.group_pos_user",)
ROLES = {
    "head_office": ("vip_care.group_head_office", (), "会员中心主管"),
    "auditor": ("vip_care.group_auditor", (), "内审专员"),
    "region_manager": ("vip_care.group_region_manager", (), "大区经理"),
    "store_manager": ("vip_care.group_store_manager", POS, "店长"),
    "associate": ("vip_care.group_associate", POS, "形象顾问"),
}
# login: name, role, region or store; the first associate is the store's specialist
STAFF = {
    "he": ("何静怡", "head_office", None),
    "shen": ("沈博文", "auditor", None),
    "gu": ("顾明远", "region_manager", "east"),
    "liang": ("梁佩珊", "region_manager", "south"),
    "xu": ("徐慧敏", "store_manager", "shanghai"),
    "lin": ("林晓彤", "associate", "shanghai"),
    "su": ("苏雅琴", "associate", "shanghai"),
    "tang": ("唐梦琪", "associate", "shanghai"),
    "qian": ("钱丽娟", "store_manager", "hangzhou"),
    "chen": ("陈思妤", "associate", "hangzhou"),
    "ye": ("叶婉清", "associate", "hangzhou"),
    "fang": ("方若楠", "associate", "hangzhou"),
    "huang": ("黄慧仪", "store_manager", "guangzhou"),
    "mai": ("麦嘉欣", "associate", "guangzhou"),
    "ou": ("欧阳雪", "associate", "guangzhou"),
    "zheng": ("郑晓琳", "associate", "guangzhou"),
    "zhong": ("钟海燕", "store_manager", "shenzhen"),
    "luo": ("罗欣悦", "associate", "shenzhen"),
    "deng": ("邓佳宁", "associate", "shenzhen"),
    "wen": ("温可儿", "associate", "shenzhen"),
}


def create(chain):
    """Create the organisation: `chain.stores`, `.staff`, `.registers`."""
    chain.stores = _create_stores(chain)
    chain.staff = _create_staff(chain)
    _appoint(chain)
    chain.registers = _create_registers(chain)


def team(store):
    """Return the logins of a store's associates."""
    return [
        login
        for login, (_name, role, place) in STAFF.items()
        if role == "associate" and place == store
    ]


def _create_stores(chain):
    regions = chain.load(
        "vip.region",
        "region",
        {key: {"name": name, "code": code} for key, (name, code) in REGIONS.items()},
    )
    return chain.load(
        "vip.store",
        "store",
        {
            key: {
                "name": name,
                "code": code,
                "region_id": regions[region].id,
                "company_id": chain.company.id,
                "country_id": chain.env.ref("base.cn").id,
                "tz": "Asia/Shanghai",
                "signature": f"{NAME}{name}",
            }
            for key, (region, name, code, _registers) in STORES.items()
        },
    )


def _create_staff(chain):
    languages = dict(chain.env["res.lang"].get_installed())
    language = "zh_CN" if "zh_CN" in languages else "en_US"
    users = chain.load(
        "res.users",
        "user",
        {login: _user_vals(chain, login, language) for login in STAFF},
    )
    return chain.load(
        "hr.employee",
        "employee",
        {
            login: {
                "name": name,
                "user_id": users[login].id,
                "job_title": ROLES[role][2],
                "company_id": chain.company.id,
                "vip_store_id": chain.stores[place].id if place in STORES else False,
                "pin": f"{1000 + 7 * number}",
                "barcode": f"041{number:06d}",
            }
            for number, (login, (name, role, place)) in enumerate(STAFF.items(), 1)
        },
    )


def _user_vals(chain, login, language):
    name, role, _place = STAFF[login]
    return {
        "name": name,
        "login": login,
        "password": login,
        "email": f"{login}@example.com",
        "lang": language,
        "tz": "Asia/Shanghai",
        "company_id": chain.company.id,
        "company_ids": [(6, 0, chain.company.ids)],
        "group_ids": [(6, 0, _groups(chain, role))],
        "action_id": _home(chain, role),
    }


def _home(chain, role):
    """Return the id of the page people of `role` begin their day with."""
    homes = {"associate": "vip_care_today_action", "auditor": None}
    name = homes.get(role, "vip_overview_action")
    return name and chain.env.ref(f"vip_care.{name}").id


def _groups(chain, role):
    group, others, _title = ROLES[role]
    names = ("base.group_user", group, *others)
    return [chain.env.ref(name).id for name in names]


def _appoint(chain):
    """Put managers over their region or store, and a specialist in each store."""
    for login, (_name, role, place) in STAFF.items():
        user = chain.staff[login].user_id
        if role == "region_manager":
            chain.env.ref(f"vip_care.demo_region_{place}").manager_ids = user
        elif role == "store_manager":
            chain.stores[place].manager_ids = user
            chain.staff[login].parent_id = _superior(chain, place)
    for key, store in chain.stores.items():
        associates = [chain.staff[login] for login in team(key)]
        store.specialist_id = associates[0]
        for employee in associates:
            employee.parent_id = store.manager_ids.employee_id


def _superior(chain, store):
    region = STORES[store][0]
    return next(
        chain.staff[login]
        for login, (_name, role, place) in STAFF.items()
        if role == "region_manager" and place == region
    )


def _create_registers(chain):
    registers = {}
    for key, (_region, _name, _code, names) in STORES.items():
        manager = chain.stores[key].manager_ids.employee_id
        staff = chain.env["hr.employee"].union(*(chain.staff[x] for x in team(key)))
        for number, name in enumerate(names, 1):
            register = f"{key}_{number}"
            cash = create_cash_payment(chain, register, len(registers) + 1)
            methods = cash.union(*chain.payments.values())
            registers[register] = chain.load_one(
                "pos.config",
                f"register_{register}",
                {
                    "name": name,
                    "company_id": chain.company.id,
                    "vip_store_id": chain.stores[key].id,
                    "payment_method_ids": [(6, 0, methods.ids)],
                    "module_pos_hr": True,
                    "basic_employee_ids": [(6, 0, staff.ids)],
                    "advanced_employee_ids": [(6, 0, manager.ids)],
                },
            )
    return registers
