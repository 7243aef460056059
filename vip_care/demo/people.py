"""Who the members are: names by generation, numbers, store, owner and habits."""

from dataclasses import dataclass, field
from datetime import date

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
)
COMPOUND_SURNAMES = ("欧阳", "上官", "司徒")
# Given names by the decade of birth.
WOMEN = {
    1950: "秀英 桂兰 玉梅 凤英 淑珍 美华 惠芳 月娥 金凤 素琴 爱华 国芬",
    1960: "丽华 秀兰 建英 美玲 志红 玉兰 慧珍 淑芬 春梅 卫红 晓萍 敏芝",
    1970: "丽娟 海燕 红梅 晓红 艳萍 冬梅 静芳 文娟 慧玲 雪梅 亚琴 小燕 丽君 春燕 雅芬",
    1980: "静 婷婷 丹丹 晓婷 佳琪 雯 思敏 慧 莉莎 倩 媛媛 蓓 晶晶 雅丽 楠 海霞 璐 颖 佳慧 文静",
    1990: "雨欣 梦洁 诗雨 思琪 梦瑶 欣怡 雨婷 可欣 佳怡 晓雯 紫薇 若曦 思远 雪莹 慧敏 嘉怡 语嫣 婧雯 依琳 心怡",
    2000: "梓涵 雨桐 子萱 欣妍 诗涵 一诺 语桐 梓萱 可馨 佳宁 晨曦 若溪 沐晴 芷若 安琪",
}
MEN = {
    1950: "建国 国强 志明",
    1960: "卫东 建军 志强 国平",
    1970: "海波 勇 伟民 晓东 建华",
    1980: "磊 鹏飞 俊杰 浩 志远 凯",
    1990: "浩然 子轩 宇航 家豪 俊熙 博文",
    2000: "梓豪 宇轩 皓轩 一鸣",
}
DECADES = {1950: 3, 1960: 10, 1970: 22, 1980: 32, 1990: 26, 2000: 7}
# How many members each store has; the chances of how one came to be a member.
MEMBERS = {"shanghai": 120, "hangzhou": 90, "guangzhou": 105, "shenzhen": 85}
SOURCES = {
    "store": 58,
    "referral": 14,
    "event": 10,
    "online": 8,
    "import": 7,
    "partner": 3,
}
# Mobile ranges followed by four zeros: numbers that look like what they are.
PREFIXES = ("1380000", "1390000", "1520000", "1770000", "1860000", "1990000")
SPELLINGS = ("{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", "+86 {0} {1} {2}")
MALE_SHARE = 0.07
# Nobody was named for some: the store's specialist looks after them.
OWNERLESS_SHARE = 0.05


@dataclass
class Person:
    """A member of the demo chain, before she is a record."""

    name: str
    gender: str
    birth: date
    phone: str
    store: str
    owner: str | None
    source: str
    kind: str = ""
    enrolled_on: date = None
    days: list = field(default_factory=list)
    sizes: dict = field(default_factory=dict)
    partner: object = None
    points: int = 0


def draw_people(rng, teams):
    """Return the members without their purchases; `teams` maps stores to logins."""
    stores = [store for store, count in MEMBERS.items() for _number in range(count)]
    rng.shuffle(stores)
    names = _distinct_names(rng, len(stores))
    phones = _distinct_phones(rng, len(stores))
    return [
        Person(
            name=name,
            gender=gender,
            birth=birth,
            phone=phone,
            store=store,
            owner=None if rng.random() < OWNERLESS_SHARE else rng.choice(teams[store]),
            source=_pick(rng, SOURCES),
            sizes=_draw_sizes(rng),
        )
        for store, (name, gender, birth), phone in zip(
            stores, names, phones, strict=True
        )
    ]


def _pick(rng, weights):
    return rng.choices(list(weights), list(weights.values()))[0]


def _distinct_names(rng, count):
    taken, people = set(), []
    while len(people) < count:
        gender = "male" if rng.random() < MALE_SHARE else "female"
        decade = _pick(rng, DECADES)
        birth = date(decade, 1, 1).replace(
            year=decade + rng.randrange(10 if decade < 2000 else 7),
            month=rng.randint(1, 12),
            day=rng.randint(1, 28),
        )
        given = rng.choice((MEN if gender == "male" else WOMEN)[decade].split())
        name = _draw_surname(rng) + given
        if name not in taken:
            taken.add(name)
            people.append((name, gender, birth))
    return people


def _draw_surname(rng):
    if rng.random() < 0.01:
        return rng.choice(COMPOUND_SURNAMES)
    # The first of the list are by far the most frequent.
    return SURNAMES[int(len(SURNAMES) * rng.random() ** 1.7)]


def _distinct_phones(rng, count):
    phones = []
    for last in rng.sample(range(1000, 10_000), count):
        number = rng.choice(PREFIXES) + str(last)
        spelling = SPELLINGS[0] if rng.random() < 0.7 else rng.choice(SPELLINGS[1:])
        phones.append(spelling.format(number[:3], number[3:7], number[7:]))
    return phones


def _draw_sizes(rng):
    place = min(3, max(0, round(rng.gauss(1.2, 0.9))))
    return {
        "top": ("S", "M", "L", "XL")[place],
        "bottom": ("155/62A", "160/66A", "165/70A", "170/74A")[place],
        "shoe": str(min(39, max(35, 36 + round(rng.gauss(0.6, 1))))),
    }
