"""How members buy: how often, until when, what and from whom."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from .garments import season_of

UTC_OFFSET = timedelta(hours=8)


class Kind(NamedTuple):
    """A type of buyer. `ended` are the days since her last purchase, if she left."""

    count: int
    tickets_a_year: tuple
    pieces: tuple
    love_of_price: float
    ended: tuple
    known: float


KINDS = {
    "star": Kind(18, (12, 18), (2, 4), 0.9, (0, 0), 0.9),
    "loyal": Kind(58, (6, 10), (1, 3), 0.2, (0, 0), 0.75),
    "regular": Kind(86, (3, 5), (1, 3), 0, (0, 0), 0.55),
    "occasional": Kind(74, (1, 2), (1, 2), -0.3, (0, 0), 0.4),
    "cooling": Kind(22, (5, 8), (1, 3), 0.2, (5, 80), 0.6),
    "fading": Kind(34, (4, 7), (1, 3), 0.2, (95, 178), 0.6),
    "dormant": Kind(32, (2, 5), (1, 3), 0, (188, 360), 0.45),
    "lost": Kind(34, (1, 4), (1, 2), -0.2, (372, 650), 0.3),
    "once": Kind(24, (0, 0), (1, 2), -0.4, (20, 700), 0.2),
    "prospect": Kind(18, (0, 0), (0, 0), 0, (0, 0), 0.1),
}
# Chinese New Year, May holiday, mid-year sale, National Day, Singles' Day.
MONTHS = (1.5, 0.8, 1.0, 1.1, 1.3, 1.2, 0.8, 0.7, 1.2, 1.4, 1.5, 1.2)
# Guests in each hour from ten in the morning.
OPENING_HOUR = 10
GUESTS = (1, 2, 2, 2, 3, 4, 4, 3, 3, 5, 4)
NEW_MEMBER_SHARE = 0.45
OTHER_STORE_SHARE = 0.05
OWNER_SERVES_SHARE = 0.72


class Line(NamedTuple):
    item: object
    discount: int

    @property
    def amount(self):
        return round(self.item.price * (100 - self.discount) / 100, 2)


@dataclass
class Ticket:
    """A purchase to be imported or rung up; `person` is None for a passer-by."""

    person: object
    moment: datetime
    store: str
    receiver: str
    lines: list

    @property
    def day(self):
        return (self.moment + UTC_OFFSET).date()


def deal_kinds(rng, people, first_day, today):
    """Give everybody a kind, the days on which she bought and that of enrolment."""
    kinds = [name for name, kind in KINDS.items() for _number in range(kind.count)]
    rng.shuffle(kinds)
    for person, kind in zip(people, kinds, strict=True):
        person.kind = kind
        person.days = _draw_days(rng, kind, first_day, today)
        person.enrolled_on = _draw_enrolment(rng, person, first_day, today)


def _draw_days(rng, kind, first_day, today):
    _count, rate, _pieces, _love, ended, _known = KINDS[kind]
    end = today - timedelta(days=rng.randint(*ended))
    if kind == "prospect":
        return []
    if kind == "once":
        return [end]
    start = first_day + timedelta(days=rng.randrange(40))
    if kind != "cooling" and rng.random() < NEW_MEMBER_SHARE:
        start += timedelta(days=rng.randrange(max(1, (end - start).days - 40)))
    # Who cools down bought for long, stopped, and came back only once.
    until = today - timedelta(days=210) if kind == "cooling" else end
    years = max(0, (until - start).days) / 365
    count = max(
        2 if kind in ("star", "loyal") else 1, round(rng.uniform(*rate) * years)
    )
    known = [start + timedelta(days=n) for n in range(max(1, (until - start).days))]
    days = set(rng.choices(known, [_weight(day) for day in known], k=count))
    return sorted(days | ({end} if ended[1] else set()))


def _weight(day):
    return MONTHS[day.month - 1] * (1.9 if day.weekday() >= 5 else 1)


def _draw_enrolment(rng, person, first_day, today):
    if not person.days:
        return today - timedelta(days=rng.randint(3, 200))
    first = person.days[0]
    if (first - first_day).days < 75:
        # Her paper card is older than the history that was brought along.
        return first - timedelta(days=rng.randrange(1500))
    return first


def draw_tickets(rng, people, teams, items):
    """Return everybody's tickets, oldest first; `items` are lists by garment."""
    racks = {}
    for sizes in items.values():
        racks.setdefault(sizes[0].season, []).append(sizes)
    tickets = []
    for person in people:
        for day in person.days:
            tickets.append(_draw_ticket(rng, person, day, teams, racks))
    return sorted(tickets, key=lambda ticket: ticket.moment)


def draw_passers_by(rng, days, teams, items, a_day):
    """Return tickets of people who are no members."""
    racks = {}
    for sizes in items.values():
        racks.setdefault(sizes[0].season, []).append(sizes)
    return [
        _draw_ticket(rng, None, day, teams, racks)
        for day in days
        for _number in range(rng.randint(*a_day))
    ]


def _draw_ticket(rng, person, day, teams, racks):
    store, kind = rng.choice(list(teams)), KINDS["occasional"]
    sizes = {}
    if person:
        kind, sizes = KINDS[person.kind], person.sizes
        if rng.random() > OTHER_STORE_SHARE:
            store = person.store
    receiver = rng.choice(teams[store])
    if person and person.owner in teams[store] and rng.random() < OWNER_SERVES_SHARE:
        receiver = person.owner
    lines = [
        _draw_line(rng, day, racks, kind.love_of_price, sizes)
        for _number in range(rng.randint(*kind.pieces))
    ]
    return Ticket(person, _draw_moment(rng, day), store, receiver, lines)


def _draw_moment(rng, day):
    hour = OPENING_HOUR + rng.choices(range(len(GUESTS)), GUESTS)[0]
    clock = time(hour, rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, clock) - UTC_OFFSET


def _draw_line(rng, day, racks, love_of_price, sizes):
    """Take a garment: mostly this season's, sometimes last season's on sale."""
    season = season_of(day)
    last_season = season_of(season.first_day - timedelta(days=1))
    chance, discount = rng.random(), 0
    rack = racks[season.key]
    if chance < 0.12:
        rack = racks[None]
    elif chance < 0.26 and last_season.key in racks:
        rack, discount = racks[last_season.key], rng.choice((20, 30, 40))
    garment = rng.choices(rack, [one[0].price ** love_of_price for one in rack])[0]
    own = [item for item in garment if item.size == sizes.get(item.kind)]
    item = own[0] if own and rng.random() < 0.9 else rng.choice(garment)
    return Line(item, discount)
