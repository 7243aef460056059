"""Members: planned with all their tickets, enrolled as the history goes on."""

from datetime import datetime, time, timedelta

from . import buying, people, profiles
from .organisation import STORES, team

BIRTHDAYS_SOON = 16
FRIENDS = 14
GRANTS = 3


def plan(chain):
    """Draw `chain.people` and `chain.tickets`; nothing is written yet."""
    chain.teams = {store: team(store) for store in STORES}
    chain.people = people.draw_people(chain.draw("people"), chain.teams)
    buying.deal_kinds(chain.draw("kinds"), chain.people, chain.first_day, chain.today)
    chain.people.sort(key=lambda person: person.enrolled_on)
    chain.tickets = buying.draw_tickets(
        chain.draw("tickets"), chain.people, chain.teams, chain.items
    )
    rng = chain.draw("birthdays")
    lucky = rng.sample([p for p in chain.people if p.kind != "lost"], BIRTHDAYS_SOON)
    chain.birthdays = {id(person): number // 2 for number, person in enumerate(lucky)}
    chain.profile_draw = chain.draw("profiles")
    chain.tags = chain.env["vip.profile.tag"].search([])


def enrol(chain, newcomers):
    """Create members as they were enrolled on their day."""
    rng = chain.profile_draw
    languages = dict(chain.env["res.lang"].get_installed())
    vals_list = []
    for person in newcomers:
        owner = chain.staff[person.owner].id if person.owner else False
        vals_list.append(
            {
                "name": person.name,
                "phone": person.phone,
                "lang": "zh_CN" if "zh_CN" in languages else "en_US",
                "is_vip_member": True,
                "vip_store_id": chain.stores[person.store].id,
                "vip_owner_id": owner,
                "vip_enrolled_on": person.enrolled_on,
                "vip_enrolled_by_id": owner,
                "vip_enrolment_source": _source(chain, person),
            }
            | _draw_all(chain, rng, person)
        )
    records = chain.env["res.partner"]._vip_decided("enrol")
    for person, partner in zip(newcomers, records.create(vals_list), strict=True):
        person.partner = partner
    _date_owners(chain, newcomers)


def _source(chain, person):
    # Nobody was online before there was anything but paper.
    is_old = person.enrolled_on < chain.first_day
    return "import" if is_old and person.source == "online" else person.source


def _draw_all(chain, rng, person):
    known = min(1.0, max(0.0, rng.gauss(buying.KINDS[person.kind].known, 0.22)))
    if person.kind == "star" and rng.random() < 0.3:
        known = 1.0
    birthday_in = chain.birthdays.get(id(person))
    vals = profiles.draw_profile(rng, person, chain.today, known, birthday_in)
    if vals.get("city"):
        vals["country_id"] = chain.env.ref("base.cn").id
    if rng.random() < known * 0.9:
        tags = rng.sample(chain.tags.ids, rng.randint(1, 5))
        vals["vip_tag_ids"] = [(6, 0, tags)]
    if known == 1 or rng.random() < known * 0.5:
        names = people.WOMEN[2000].split() + people.MEN[1980].split()
        relations = profiles.draw_relations(rng, person, names)
        vals["vip_relation_ids"] = [(0, 0, relation) for relation in relations]
    if known == 1 or rng.random() < known * 0.3:
        day = profiles.draw_special_day(rng, person)
        vals["vip_special_day_ids"] = [(0, 0, day)]
    return vals


def _date_owners(chain, newcomers):
    """Have the history of owners begin on the day of enrolment."""
    chain.env.flush_all()
    for person in newcomers:
        moment = datetime.combine(person.enrolled_on, time(1))
        chain.env.cr.execute(
            "UPDATE vip_ownership_change SET date = %s WHERE partner_id = %s",
            [moment, person.partner.id],
        )


def hand_over(chain, from_login, to_login, count, moment):
    """Give some of one associate's members to a colleague, as a manager would."""
    given = [p for p in chain.people if p.partner and p.owner == from_login][:count]
    partners = chain.env["res.partner"].union(*(person.partner for person in given))
    partners._vip_decided("rebalance").vip_owner_id = chain.staff[to_login]
    chain.env.flush_all()
    chain.env.cr.execute(
        """
        UPDATE vip_ownership_change SET date = %s
         WHERE partner_id = ANY(%s) AND old_owner_id = %s
        """,
        [moment, partners.ids, chain.staff[from_login].id],
    )
    for person in given:
        person.owner = to_login


def connect(chain):
    """Say who referred whom and who is whose friend."""
    rng = chain.draw("friends")
    for number, person in enumerate(chain.people):
        if person.source == "referral" and number:
            earlier = [p for p in chain.people[:number] if p.store == person.store]
            if earlier:
                person.partner.vip_referrer_id = rng.choice(earlier).partner
    chain.env["vip.relation"].create(_draw_friends(chain, rng))


def _draw_friends(chain, rng):
    women = [p for p in chain.people if p.gender == "female" and p.kind != "lost"]
    friends = []
    for _number in range(FRIENDS):
        first = rng.choice(women)
        second = rng.choice([p for p in women if p.store == first.store and p != first])
        age = abs(first.birth.year - second.birth.year)
        friends.append(
            {
                "partner_id": first.partner.id,
                "kind": "parent" if age > 20 else "friend",
                "name": second.name,
                "related_partner_id": second.partner.id,
            }
        )
    return friends


def grant_tiers(chain):
    """Three members hold the next tier by hand for some months."""
    silver, gold = chain.company._vip_tiers()[:2]
    owned = [person.partner for person in chain.people if person.owner]
    regulars = [
        partner
        for partner in owned
        if partner.vip_tier_id == silver and partner.vip_layer == "loyal"
    ]
    for months, partner in enumerate(regulars[:GRANTS], 1):
        until = chain.today + timedelta(days=90 * months)
        partner._vip_grant_tier(gold, until, "门店推荐：常介绍朋友入会")
