"""Who the members of the simulated chain are: values for records, facts for the ledger.

Everybody comes from one random generator: the same seed makes the same people.
"""

from datetime import date, timedelta

FAMILY = "王李张刘陈杨黄赵吴周林何郭罗梁宋郑谢韩唐"
GIVEN = ("芳", "丽华", "静", "敏", "秀英", "婉婷", "雅雯", "志明", "建国", "伟", "佳怡")
WESTERN = ("Emily Chan", "May Wong", "Peter Lam", "Grace Ho", "Anna Lee", "Kelly Ng")
LANGS = {
    "CN": (("zh_CN", 85), ("en_US", 15)),
    "TW": (("zh_TW", 90), ("en_US", 10)),
    "HK": (("zh_TW", 65), ("en_US", 35)),
}
PHONES = {"CN": "+86138{:08d}", "TW": "+886912{:06d}", "HK": "+85261{:06d}"}
GENDERS = (("female", 60), ("male", 22), ("other", 4), (False, 14))
CHANNELS = ((False, 55), ("call", 15), ("message", 20), ("visit", 5), ("none", 5))
DAYS = ((False, 60), ("any", 10), ("weekday", 15), ("weekend", 15))
HOURS = (
    *((False, 55), ("any", 10), ("morning", 9), ("noon", 8)),
    *(("afternoon", 9), ("evening", 9)),
)
WORK = ((False, 80), ("小学教师", 6), ("會計", 8), ("Teacher", 6))
BIRTHDAYS = (
    *(("solar", 32), ("no_year", 8), ("lunar", 24), ("leap_month", 7)),
    *(("thirtieth", 6), ("leap_day", 4), ("default", 6), ("lunar_untold", 4)),
    ("none", 9),
)
# The zero of spreadsheets and clocks: nobody's birthday.
DEFAULT_DATES = (date(1900, 1, 1), date(1970, 1, 1), date(1899, 12, 30))
# What they said at first: (purpose, way, yes or no).
CONSENTS = (
    ("all", 58),
    ("no_marketing", 12),
    ("none", 10),
    ("no_texts", 6),
    ("no_calls", 6),
    ("texts_only", 4),
    ("no_service", 4),
)
YES = [(purpose, "any", True) for purpose in ("service", "care", "marketing")]
SAID = {
    "all": YES,
    "no_marketing": [*YES[:2], ("marketing", "any", False)],
    "none": [],
    "no_texts": [*YES, ("care", "sms", False)],
    "no_calls": [*YES, ("care", "phone", False)],
    "texts_only": [("care", "any", False), ("care", "sms", True)],
    "no_service": [("care", "any", True), ("service", "phone", False)],
}


def pick(chance, choices):
    values, weights = zip(*choices, strict=True)
    return chance.choices(values, weights)[0]


def birthday(chance):
    """Return (values of a member, birthday as she keeps it or None)."""
    kind = pick(chance, BIRTHDAYS)
    born = date(1950, 1, 1) + timedelta(chance.randrange(20000))
    if kind in ("solar", "no_year"):
        if kind == "solar" and born in DEFAULT_DATES:
            born += timedelta(1)
        values = {"vip_birthday": born, "vip_birthday_year_unknown": kind == "no_year"}
        return values, ("solar", born.month, born.day, False)
    if kind == "leap_day":
        return {"vip_birthday": date(1984, 2, 29)}, ("solar", 2, 29, False)
    if kind == "default":
        return {"vip_birthday": chance.choice(DEFAULT_DATES)}, None
    if kind == "lunar_untold":
        return {"vip_birthday": born, "vip_birthday_calendar": "lunar"}, None
    if kind == "none":
        return {}, None
    month = chance.randint(1, 12)
    day = 30 if kind == "thirtieth" else chance.randint(1, 29)
    is_leap = kind == "leap_month"
    if is_leap:
        month = chance.choice((4, 5, 5, 6, 6, 7))
    return lunar(month, day, is_leap), ("lunar", month, day, is_leap)


def lunar(month, day, is_leap=False):
    return {
        "vip_birthday_calendar": "lunar",
        "vip_lunar_month": month,
        "vip_lunar_day": day,
        "vip_lunar_is_leap": is_leap,
    }


def member(chance, number, store):
    """Return (values of a contact, facts for the ledger) of a new member."""
    dates, kept = birthday(chance)
    lang = pick(chance, LANGS[store.country])
    name = chance.choice(WESTERN)
    if lang != "en_US":
        name = chance.choice(FAMILY) + chance.choice(GIVEN)
    facts = {
        "birthday": kept,
        "gender": pick(chance, GENDERS),
        "channel": pick(chance, CHANNELS),
        "days": pick(chance, DAYS),
        "hours": pick(chance, HOURS),
    }
    work = pick(chance, WORK)
    values = {
        "name": name,
        "phone": chance.random() > 0.04 and PHONES[store.country].format(number),
        "lang": lang,
        "is_vip_member": True,
        "vip_store_id": store.id,
        "vip_gender": facts["gender"],
        "vip_work": work,
        "vip_preferred_channel": facts["channel"],
        "vip_preferred_days": facts["days"],
        "vip_preferred_hours": facts["hours"],
        "vip_size_top": chance.choice(["S", "M", "L"]),
        **dates,
    }
    facts |= {"teacher": work in ("小学教师", "Teacher")}
    facts |= {"said": SAID[pick(chance, CONSENTS)]}
    return values, facts
