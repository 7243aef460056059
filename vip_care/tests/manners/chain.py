"""The simulated chain and its members: who they are, whom they know, what they said."""

import random
from datetime import datetime, time, timedelta

from freezegun import freeze_time

from . import people
from .ledger import Ledger
from .shops import Shops

UTC_8 = timedelta(hours=8)


class Chain(Shops):
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

    def at(self, day, hour, minute=0):
        """Let it be this local moment everywhere."""
        moment = datetime.combine(day, time(hour, minute))
        self.freezer.move_to(moment - UTC_8)
        self.moment = moment

    def tick(self):
        """Let a second pass: of two happenings one comes first."""
        self.moment += timedelta(seconds=1)
        self.freezer.move_to(self.moment - UTC_8)

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
            self.ledger.pairs.setdefault(frozenset((one, other)), self.moment)

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
