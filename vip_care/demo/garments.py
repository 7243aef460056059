"""What hangs in the stores: garments by season, with their prices in yuan."""

from datetime import date, timedelta
from typing import NamedTuple

# key: name, worn as, sizes
CATEGORIES = {
    "shirt": ("衬衫", "top", "letter"),
    "knit": ("针织", "top", "letter"),
    "coat": ("外套", "top", "letter"),
    "dress": ("连衣裙", "top", "letter"),
    "trousers": ("裤装", "bottom", "waist"),
    "skirt": ("半裙", "bottom", "waist"),
    "shoe": ("鞋履", "shoe", "foot"),
    "extra": ("配饰", None, None),
}
SIZES = {
    "letter": ("上装尺码", ("S", "M", "L", "XL")),
    "waist": (
        "下装尺码",
        ("155/62A", "160/66A", "165/70A", "170/74A", "175/78A"),
    ),
    "foot": ("鞋码", ("35", "36", "37", "38", "39")),
}
PER_SEASON = 8
SPRING_SUMMER = """
真丝翻领衬衫 shirt 899
亚麻直筒西裤 trousers 699
碎花雪纺连衣裙 dress 1099
薄款西装外套 coat 1399
冰丝短袖针织衫 knit 399
高腰百褶半裙 skirt 599
编织平底凉鞋 shoe 569
莨绸无袖连衣裙 dress 1899
天丝泡泡袖衬衫 shirt 499
棉麻阔腿裤 trousers 459
法式方领连衣裙 dress 899
防晒轻薄风衣 coat 999
镂空针织开衫 knit 459
牛仔A字半裙 skirt 399
软皮玛丽珍鞋 shoe 669
香云纱新中式外套 coat 2599
条纹棉质衬衫 shirt 369
垂感烟管裤 trousers 559
收腰衬衫连衣裙 dress 799
提花短款外套 coat 1299
桑蚕丝针织背心 knit 529
开衩缎面半裙 skirt 689
小白鞋 shoe 459
重工刺绣连衣裙 dress 2299
"""
AUTUMN_WINTER = """
双面羊绒大衣 coat 2999
羊毛高领毛衣 knit 799
加绒直筒裤 trousers 499
灯芯绒衬衫 shirt 429
羊毛混纺连衣裙 dress 1199
轻薄鹅绒服 coat 1899
麂皮短靴 shoe 899
毛呢A字半裙 skirt 599
经典驼色风衣 coat 1699
美丽诺开衫 knit 699
羊毛西裤 trousers 799
真丝印花衬衫 shirt 959
丝绒长袖连衣裙 dress 1499
中长款羽绒服 coat 2299
粗跟乐福鞋 shoe 759
格纹毛呢半裙 skirt 529
羊羔毛短外套 coat 1299
羊绒圆领毛衣 knit 1399
弹力小脚裤 trousers 399
长绒棉衬衫 shirt 499
针织两件套连衣裙 dress 1099
皮毛一体外套 coat 2799
骑士长靴 shoe 1199
千鸟格包臀半裙 skirt 629
"""
ALL_YEAR = """
基础款白衬衫 shirt 329
经典直筒牛仔裤 trousers 439
纯棉打底衫 knit 199
通勤黑西裤 trousers 529
真丝小方巾 extra 299
羊绒围巾 extra 899
牛皮腰带 extra 359
复古小羊皮手袋 extra 1299
"""


class Garment(NamedTuple):
    key: str
    name: str
    category: str
    price: int
    season: str | None

    @property
    def cost(self):
        """What it cost the brand: dearer goods are bought at better terms."""
        return round(self.price * (0.32 if self.price > 1000 else 0.38), 2)


class Season(NamedTuple):
    key: str
    name: str
    first_day: date
    last_day: date


def season_of(day):
    """Return the selling season of a day: March to August, September to February."""
    if 3 <= day.month <= 8:
        first, last = date(day.year, 3, 1), date(day.year, 8, 31)
        return Season(f"{day.year}ss", f"{day.year} 春夏", first, last)
    year = day.year if day.month >= 9 else day.year - 1
    last = date(year + 1, 3, 1) - timedelta(days=1)
    return Season(f"{year}aw", f"{year} 秋冬", date(year, 9, 1), last)


def seasons(first_day, last_day):
    """Return the seasons from one day to another, oldest first."""
    found = [season_of(first_day)]
    while found[-1].last_day < last_day:
        found.append(season_of(found[-1].last_day + timedelta(days=1)))
    return found


def collection(known_seasons):
    """Return every garment of these seasons and those of all year."""
    rows = {"ss": _read(SPRING_SUMMER), "aw": _read(AUTUMN_WINTER)}
    garments = [
        Garment(f"basic_{number}", *row, None)
        for number, row in enumerate(_read(ALL_YEAR), 1)
    ]
    for season in known_seasons:
        pool = rows[season.key[-2:]]
        for number in range(1, PER_SEASON + 1):
            row = pool.pop(0)
            garments.append(Garment(f"{season.key}_{number}", *row, season.key))
    return garments


def _read(table):
    rows = [line.split() for line in table.split("\n") if line]
    return [(name, category, int(price)) for name, category, price in rows]
