"""Stores of three countries, their associates, goods and rules."""

from datetime import timedelta

from odoo.tests import new_test_user

from .ledger import Rule, Store

STORES = (
    *(("CN", "静安店", "Asia/Shanghai"), ("CN", "锦江店", "Asia/Shanghai")),
    *(("TW", "忠孝門市", "Asia/Taipei"), ("TW", "逢甲門市", "Asia/Taipei")),
    *(("HK", "銅鑼灣分店", "Asia/Hong_Kong"), ("HK", "沙田分店", "Asia/Hong_Kong")),
)
ASSOCIATES = (
    *("许晴", "沈悦", "顾青", "陆遥", "白露", "夏岚", "程意", "江宁"),
    *("簡佩", "游欣", "莊雯", "溫雅", "施恩", "方晴", "葉青", "蘇菲"),
    *("Carmen", "Fiona", "Iris", "Vivian", "Joyce", "Mandy", "Sandy", "Winnie"),
)
# Like a real chain's: all but those that need its own decision.
SWITCHED_ON = ("festival_more", "family_birthday", "birthday_gift", "points_reminder")


class Shops:
    """A part of the chain: what is there before anybody is a member."""

    def _create_stores(self):
        company = self.env.company
        company.country_id = self.env.ref("base.cn")
        company.partner_id.tz = "Asia/Shanghai"  # for members without a store
        self.region = self.env["vip.region"].create({"name": "Sim", "code": "SIM"})
        self.head = self._create_user("sim_head", "head_office")
        self.admin = self.env.ref("base.user_admin")
        self.manager = self._create_user("sim_manager", "store_manager")
        self.region.manager_ids = self._create_user("sim_region", "region_manager")
        names = iter(ASSOCIATES)
        self.teams = {}
        for number, (country, name, zone) in enumerate(STORES):
            store = self.env["vip.store"].create(
                {
                    "name": name,
                    "code": f"SIM{number}",
                    "region_id": self.region.id,
                    "manager_ids": self.manager.ids,
                    "country_id": self.env.ref(f"base.{country.lower()}").id,
                    "tz": zone,
                }
            )
            team = [self._create_associate(next(names), store) for _one in range(4)]
            self.teams[store.id] = team
            specialist = ""
            if number % 2:
                store.specialist_id = team[0]
                specialist = store.specialist_id.name
            self.ledger.stores[store.id] = Store(store.id, country, name, specialist)
        self.ledger.stores[0] = Store(0, "CN", company.name, "")
        employees = self.env["hr.employee"].browse(sum(self.teams.values(), []))
        self.names = {employee.id: employee.name for employee in employees}

    def _create_associate(self, name, store):
        user = self._create_user(f"sim_{next(self.numbers)}", "associate")
        employee = self.env["hr.employee"].create(
            {"name": name, "vip_store_id": store.id, "user_id": user.id}
        )
        self.users[employee.id] = user
        return employee.id

    def _create_user(self, login, group):
        return new_test_user(
            self.env,
            login,
            groups=f"vip_care.group_{group}",
            email=f"{login}@example.com",
        )

    def _create_goods(self):
        category = self.env["product.category"].create(
            {"name": "Sim coats", "vip_care_days": "7, 30, 180"}
        )
        self.goods = self.env["product.product"].create(
            [
                {"name": "Sim scarf", "type": "consu"},
                {
                    "name": "Sim coat",
                    "type": "consu",
                    "categ_id": category.id,
                    "vip_is_high_value": True,
                },
            ]
        )
        self.register = self.env["pos.config"].create({"name": "Sim register"})
        self.session = self.env["pos.session"].create(
            {"config_id": self.register.id, "user_id": self.env.uid}
        )

    def _set_rules(self):
        rules = self.env["vip.care.rule"].with_context(active_test=False).search([])
        rules.filtered(lambda rule: rule.code in SWITCHED_ON).active = True
        rules.filtered(lambda rule: rule.code == "season_main").holdout_percent = 10
        self.env.company.vip_care_daily_limit = 8
        for rule in rules.filtered("active"):
            self.ledger.rules[rule.id] = Rule(
                rule.id,
                rule.offset_days,
                rule.window_days,
                rule.trigger,
                rule.priority,
                rule.holdout_percent,
                tuple(rule.occasion_ids.mapped("key")),
            )

    def _create_cards(self):
        program = self.env["loyalty.program"].create(
            {"name": "Sim points", "program_type": "loyalty"}
        )
        holders = self.chance.sample(self.members, len(self.members) * 2 // 5)
        days = (self.last - self.first).days
        self.env["loyalty.card"].create(
            [
                {
                    "program_id": program.id,
                    "partner_id": member,
                    "points": self.chance.choice((40, 300, 800)),
                    "expiration_date": self.first
                    + timedelta(self.chance.randrange(days)),
                }
                for member in holders
            ]
        )
