"""What the associates wrote down about their members: from a name to a whole life."""

from datetime import date, timedelta

from ..tools.dates import NO_YEAR

WORK = (
    "外企人力资源经理 律师 小学语文老师 三甲医院护士长 银行客户经理 会计师事务所经理 "
    "室内设计师 自媒体博主 服装买手 大学教授 地产公司总监 咖啡店老板 全职妈妈 公务员 "
    "互联网产品经理 钢琴老师 外贸公司老板 牙科医生 瑜伽馆主理人 已退休教师 广告公司合伙人"
).split()
FAMILY = (
    "先生在金融行业，女儿读小学三年级。",
    "和父母同住，周末全家一起逛街。",
    "单身，养了两只猫。",
    "儿子明年高考，最近来店少一些。",
    "刚结婚，常和先生一起来挑衣服。",
    "二胎妈妈，小宝一岁半。",
    "女儿在英国留学，每年暑假回来一起买衣服。",
    "和婆婆关系好，常给婆婆带围巾、羊绒衫。",
)
PERSONALITY = (
    "爽快，看中就买，不喜欢反复推荐。",
    "话不多，先自己看，有需要会叫人。",
    "很有主见，喜欢听专业的搭配建议。",
    "开朗健谈，记得聊聊她的旅行。",
    "细心，会看面料成分和走线。",
)
SPENDING = (
    "换季集中买，一次两三套。",
    "平时少买，店庆和节日前来得多。",
    "只买正价新品，不看折扣。",
    "单件预算一千以内，外套可以放宽。",
    "常送礼，围巾和丝巾为主。",
    "喜欢成套买，省得自己搭。",
)
TASTE = (
    "偏爱米白、驼色、藏青，不穿亮色。",
    "通勤为主，要显利落，不要太正式。",
    "喜欢真丝、亚麻等天然面料。",
    "新中式、香云纱，盘扣细节很加分。",
    "法式连衣裙控，腰线要高。",
    "宽松舒服第一，不穿紧身款。",
    "喜欢设计感单品，不介意价格。",
)
PASTIMES = (
    "瑜伽，每周三次。",
    "周末徒步、露营。",
    "看展、看话剧。",
    "烘焙，会带饼干来店里。",
    "广场舞队领队，常帮队友参谋衣服。",
    "旅行，一年出国两次。",
    "养花、茶道。",
)
HABITS = (
    "周六下午来，先喝杯热水。",
    "喜欢一次试七八件。",
    "下班后七点左右来，时间不多。",
    "总和闺蜜一起来。",
    "习惯先在微信上看图再来店。",
)
SERVICE = (
    "提前留试衣间，备好尺码。",
    "不要跟太紧，她会主动叫人。",
    "裤长都要改短两厘米，记得先量。",
    "新款到店先发图给她。",
    "买完送到停车场。",
)
VALUES = (
    "看重品质，愿意为面料付钱。",
    "重视家庭，给家人买得比自己多。",
    "在意环保，不喜欢过度包装。",
    "认品牌，也常带朋友来。",
)
STREETS = {
    "shanghai": ("上海", "静安区武定路", "徐汇区乌鲁木齐中路", "长宁区番禺路"),
    "hangzhou": ("杭州", "上城区平海路", "西湖区文三路", "拱墅区环城北路"),
    "guangzhou": ("广州", "天河区体育东路", "越秀区东风中路", "海珠区滨江东路"),
    "shenzhen": ("深圳", "罗湖区宝安南路", "福田区福华路", "南山区后海大道"),
}
SPECIAL_DAYS = (
    "结婚纪念日",
    "宝宝生日",
    "公司成立日",
    "乔迁纪念日",
    "领养毛孩子的日子",
)
RELATIVES = {
    "spouse": ("先生", "male", 0),
    "child": ("女儿", "female", 28),
    "parent": ("妈妈", "female", -27),
    "friend": ("闺蜜", "female", 1),
    "sibling": ("妹妹", "female", 3),
}
ATTITUDES = ("seeks", "welcomes", "welcomes", "indifferent", "dislikes")
CHANNELS = ("message", "message", "message", "call", "call", "visit", "none")
DAYS = ("any", "weekday", "weekend", "weekend")
HOURS = ("any", "morning", "noon", "afternoon", "evening", "evening")
AGE_BANDS = ((20, "under_20"), (30, "20s"), (40, "30s"), (50, "40s"), (60, "50s"))
# Field: what may be known, and how readily it is found out (1 is average).
TEXTS = {
    "vip_work": (WORK, 1),
    "vip_family": (FAMILY, 0.7),
    "vip_personality": (PERSONALITY, 0.9),
    "vip_spending_habits": (SPENDING, 0.8),
    "vip_dress_taste": (TASTE, 1.1),
    "vip_pastimes": (PASTIMES, 0.7),
    "vip_habits": (HABITS, 0.7),
    "vip_preferred_service": (SERVICE, 0.7),
    "vip_values": (VALUES, 0.5),
    "vip_promotion_attitude": (ATTITUDES, 0.8),
    "vip_preferred_channel": (CHANNELS, 1.1),
    "vip_preferred_days": (DAYS, 0.8),
    "vip_preferred_hours": (HOURS, 0.9),
}


def draw_profile(rng, person, today, known, birthday_in=None):
    """Return a profile known by the share `known`; her birthday may be near."""

    def knows(readiness=1.0):
        return known >= 1 or rng.random() < known * readiness

    if birthday_in is not None:
        day = today + timedelta(days=birthday_in)
        person.birth = date(person.birth.year, day.month, min(day.day, 28))
    vals = {
        name: rng.choice(choices)
        for name, (choices, readiness) in TEXTS.items()
        if knows(readiness)
    }
    vals |= {f"vip_size_{kind}": size for kind, size in person.sizes.items() if knows()}
    if known > 0:
        vals["vip_gender"] = person.gender
    if birthday_in is not None or knows(1.3):
        vals |= _draw_birthday(rng, person, birthday_in is not None)
    elif knows(0.8):
        vals["vip_age_band"] = age_band(today.year - person.birth.year)
    if knows(0.6):
        vals |= _draw_address(rng, person)
    if knows(0.3):
        vals["email"] = f"member{person.phone[-4:]}@example.com"
    if knows(0.4):
        vals["vip_salutation"] = _draw_salutation(rng, person)
    return vals


def age_band(age):
    return next((band for limit, band in AGE_BANDS if age < limit), "60_up")


def _draw_birthday(rng, person, sure):
    chance = 0 if sure else rng.random()
    if chance > 0.85:
        return {
            "vip_birthday_calendar": "lunar",
            "vip_lunar_month": person.birth.month,
            "vip_lunar_day": rng.randint(1, 30),
            "vip_lunar_is_leap": rng.random() < 0.05,
        }
    if chance > 0.75:
        day = person.birth.replace(year=NO_YEAR)
        return {"vip_birthday": day, "vip_birthday_year_unknown": True}
    return {"vip_birthday": person.birth}


def _draw_salutation(rng, person):
    if person.gender == "male":
        return person.name[0] + "先生"
    return person.name[0] + rng.choice(("姐", "女士", "小姐"))


def _draw_address(rng, person):
    city, *streets = STREETS[person.store]
    number, floor = rng.randint(1, 380), rng.randint(2, 28)
    return {"city": city, "street": f"{rng.choice(streets)} {number} 号 {floor}02 室"}


def draw_relations(rng, person, given_names):
    """Return one or two relatives or friends as values of `vip.relation`."""
    kinds = rng.sample(list(RELATIVES), rng.randint(1, 2))
    relations = []
    for kind in kinds:
        name, gender, younger = RELATIVES[kind]
        vals = {"kind": kind, "name": f"{name}{rng.choice(given_names)}"}
        vals["gender"] = gender
        if rng.random() < 0.6:
            vals["birthday_month"] = rng.randint(1, 12)
            vals["birthday_day"] = rng.randint(1, 28)
            vals["birthday_calendar"] = rng.choice(("solar", "solar", "lunar"))
        if rng.random() < 0.4:
            vals["birthday_year"] = person.birth.year + younger
        if rng.random() < 0.3 and gender == "female":
            vals["size_top"] = rng.choice("SML")
        relations.append(vals)
    return relations


def draw_special_day(rng, person):
    """Return a day that matters to her as values of `vip.special.day`."""
    return {
        "name": rng.choice(SPECIAL_DAYS),
        "month": rng.randint(1, 12),
        "day": rng.randint(1, 28),
        "calendar": "solar",
        "year": person.birth.year + 28 if rng.random() < 0.5 else 0,
    }
