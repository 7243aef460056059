"""The simulated chain: stores of three countries, associates, members, goods."""

import random
from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo.tests import new_test_user

from . import people
from .ledger import Ledger, Rule, Store

UTC_8 = timedelta(hours=8)
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


class Chain:
    """Makes the chain and keeps the ledger; `clock` is every shop's local time."""

    def __init__(self, env, first, last, seed=1, freezer=None):
        self.env = env
        self.cr = env.cr
        self.chance = random.Random(seed)
        self.ledger = Ledger(first, last)
        self.freezer = freezer
        self.first, self.last = first, last
        self.numbers = iter(range(1, 10**6))
        self.users = {}  # employee id: her login
        self.members = []
        self.owners = {}  # member: employee id
        self.rhythm = {}  # member: days between purchases

    @property
    def now(self):
        return self.freezer() + UTC_8

    def at(self, day, hour, minute=0):
        """Let it be this local moment everywhere."""
        moment = datetime.combine(day, time(hour, minute))
        self.freezer.move_to(moment - UTC_8)
        self.moment = moment

    def build(self, members):
        self.at(self.first - timedelta(1), 12)
        for lang in ("zh_CN", "zh_TW"):
            self.env["res.lang"]._activate_lang(lang)
        self._create_stores()
        self._create_goods()
        self._set_rules()
        for start in range(0, members, 500):
            self.enrol(min(500, members - start), is_new=False)
        self._create_cards()
        self.env.flush_all()

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
        for rule in rules:
            is_message = rule.channel == "message"
            self.ledger.rules[rule.id] = Rule(
                rule.id, rule.offset_days, rule.window_days, is_message
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

    def enrol(self, count, is_new=True):
        """Make so many members, with their facts, wishes and acquaintances."""
        chance = self.chance
        stores = [store for store in self.ledger.stores.values() if store.id]
        made = [
            people.member(chance, next(self.numbers), chance.choice(stores))
            for _one in range(count)
        ]
        for values, _facts in made:
            self._place(values, is_new)
        partners = self.env["res.partner"].create([values for values, _facts in made])
        for partner, (values, facts) in zip(partners, made, strict=True):
            self._write_down(partner, values, facts)
        self._record_consents(
            [
                (partner, facts["said"])
                for partner, (_v, facts) in zip(partners, made, strict=True)
            ]
        )
        self._acquaint(partners)
        return partners

    def _place(self, values, is_new):
        chance = self.chance
        if chance.random() < 0.9:
            team = self.teams[values["vip_store_id"]]
            values["vip_owner_id"] = chance.choice(team)
        if chance.random() < 0.02:
            values["vip_store_id"] = False
        values["vip_enrolment_source"] = "store" if is_new else "import"
        values["vip_enrolled_on"] = self.moment.date()
        if not is_new:
            values["vip_enrolled_on"] -= timedelta(chance.randint(30, 3000))
        if self.members and chance.random() < 0.15:
            values["vip_referrer_id"] = chance.choice(self.members[-60:])
            values["vip_enrolment_source"] = "referral" if is_new else "import"
        elif self.members and chance.random() < 0.03:
            # A household is a contact of Odoo's with others under it.
            head = self.env["res.partner"].browse(chance.choice(self.members[-40:]))
            values["parent_id"] = not head.parent_id and head.id

    def _write_down(self, partner, values, facts):
        tell = self.ledger.tell
        for kind in ("birthday", "gender", "channel", "days", "hours", "teacher"):
            tell(partner.id, kind, facts[kind], self.moment)
        tell(partner.id, "member", True, self.moment)
        tell(partner.id, "phone", partner.vip_phone_key, self.moment)
        tell(partner.id, "store", partner.vip_store_id.id, self.moment)
        self.note_owner(partner)
        self.ledger.names[partner.id] = [partner.name]
        self.members.append(partner.id)
        self.rhythm[partner.id] = self.chance.choice((30, 45, 60, 60, 90, 180, 400, 0))
        if referrer := values.get("vip_referrer_id"):
            # Who came by the same friend knows each other through her.
            for other in self._came_by(referrer) + [referrer]:
                self._know(partner.id, other)
            self.referred.setdefault(referrer, []).append(partner.id)
        if values.get("parent_id"):
            self.know_household(partner)

    referred = property(lambda self: self.__dict__.setdefault("_referred", {}))
    households = property(lambda self: self.__dict__.setdefault("_households", {}))

    def _came_by(self, referrer):
        return list(self.referred.get(referrer, ()))

    def know_household(self, partner):
        others = self.households.setdefault(
            partner.parent_id.id, [partner.parent_id.id]
        )
        for other in others:
            self._know(partner.id, other)
        others.append(partner.id)

    def _know(self, one, other):
        if one != other:
            self.ledger.pairs.add(frozenset((one, other)))

    def note_owner(self, partner):
        """Write down who looks after a member now."""
        owner = partner.vip_owner_id
        self.owners[partner.id] = owner.id
        self.ledger.tell(partner.id, "owner", owner.name or None, self.moment)

    def _record_consents(self, said):
        rows = []
        for partner, words in said:
            for purpose, way, given in words:
                rows.append(self.consent_row(partner, purpose, way, given))
        self.env["vip.consent"].create(rows)

    def consent_row(self, partner, purpose, way, given):
        """Return values of a consent said now, which the ledger knows then."""
        told = (self.moment, purpose, way, given)
        self.ledger.consents[partner.id].append(told)
        return {
            "partner_id": partner.id,
            "purpose": purpose,
            "channel": way,
            "given": given,
            "text": "said",
            "method": "paper",
            "date": self.moment - UTC_8,
        }

    def _acquaint(self, partners):
        """Families and friends among these members, special days, children."""
        chance, relations, days = self.chance, [], []
        for partner in partners:
            if chance.random() < 0.15:
                other = chance.choice(self.members[-30:])
                kind = chance.choice(("spouse", "friend", "child", "parent", "sibling"))
                relations.append(self.relation(partner.id, kind, other))
            if chance.random() < 0.2:
                relations.append(self.relation(partner.id, "child"))
            if chance.random() < 0.15:
                days.append(self._special_day(partner.id))
        self.env["vip.relation"].create(relations)
        self.env["vip.special.day"].create(days)

    def relation(self, member, kind, other=None):
        """Return values of somebody of hers, which the ledger knows then."""
        values = {"partner_id": member, "kind": kind, "name": "小宝"}
        if other and other != member:
            values["related_partner_id"] = other
            self._know(member, other)
        if self.chance.random() < 0.4:
            month, day = self.chance.randint(1, 12), self.chance.randint(1, 28)
            calendar = self.chance.choice(("solar", "lunar"))
            values |= {"birthday_month": month, "birthday_day": day}
            values["birthday_calendar"] = calendar
            self.ledger.dates[member].append((calendar, month, day, False))
        if kind == "child":
            self.ledger.tell(member, "child", True, self.moment)
        return values

    def _special_day(self, member):
        month, day = self.chance.randint(1, 12), self.chance.randint(1, 28)
        calendar = self.chance.choice(("solar", "lunar"))
        self.ledger.dates[member].append((calendar, month, day, False))
        return {
            "partner_id": member,
            "name": "Wedding day",
            "calendar": calendar,
            "month": month,
            "day": day,
            "year": self.chance.choice((False, 2015)),
        }


def frozen(first):
    """Return a clock to be used with `with`: it stands until it is moved."""
    return freeze_time(datetime.combine(first, time(0)))
