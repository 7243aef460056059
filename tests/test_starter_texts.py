"""The texts that come with VIP Care, in three languages: fit to go, and never twice."""

import csv
import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

from vip_care.tools.guard_view import read
from vip_care.tools.message_guard import ALLOWED, GREETINGS, check
from vip_care.tools.occasion_list import OCCASIONS

FOLDER = Path(__file__).parents[1] / "vip_care" / "data" / "texts"
LANGUAGES = ("zh_CN", "zh_TW", "en_US")
CHINESE = ("zh_CN", "zh_TW")
HEADER = ["key", "kind", "trigger", "occasion", "tone", "body"]
SAME = ("kind", "trigger", "occasion", "tone")
COUNTS = {
    "birthday": 21,
    "special_day": 5,
    "family_birthday": 4,
    "festival": 85,
    "season": 46,
    "weather": 28,
    "purchase": 12,
    "referral": 4,
    "referred": 4,
    "enrolment": 5,
    "edge": 5,
    "points_reminder": 6,
    "points_lapse": 5,
    "tier_lapse": 5,
    "card_lapse": 5,
    "apology": 4,
}
MANY = {
    "spring_festival": 6,
    "mid_autumn": 5,
    "new_years_eve_lunar": 4,
    "new_year": 4,
}  # of the festivals; the others have three
WEATHERS = ("heat", "cold", "rain", "typhoon", "snow", "haze", "dry")
OCCASION = {occasion.key: occasion for occasion in OCCASIONS}

# What a member may be called, with and without an honorific.
CALLED = {
    "zh_CN": [("林晓月", "女士"), ("王姐", ""), ("April Price", "")],
    "zh_TW": [("林曉月", "小姐"), ("貴賓", ""), ("April Price", "")],
    "en_US": [("Grace Lam", "Ms"), ("Guest", ""), ("欧阳晓雯", "")],
}
SIGNERS = [
    ("春熙路远洋太古里东广场一层旗舰店", "欧阳晓雯"),
    ("Harbour City Ocean Terminal Level 2 Flagship Boutique", "Joy Fitzgerald-Sale"),
]

SIGNATURE = re.compile(
    r"(?:\n[^\n{}]{0,30},)?[\W_]*"
    r"\{(?:store|associate)\}[^{}]{0,20}\{(?:store|associate)\}[^{}]*$"
)
MERRY = re.compile(
    "快乐|欢喜|恭喜|喜气|欢聚|尽兴|热热闹闹|过年啦"
    r"|\b(?:happy(?! to| that)|happiness|merry|joy\w*|celebrat\w+|cheers|laughter|congratulat\w+)\b",
    re.I,
)
# Characters of the other script that the old national code pages hold all the same.
BIG5_SIMPLIFIED = (
    "万与么价优体儿党厂听圣坏复怀怜惊愿扑扰据机极构柜气洁洒离种筑网胜虫蚕触赶适"
)
GB2312_TRADITIONAL = "後徵於菸夥"
# Words of the other side of the strait.
ELSEWHERE = {
    "zh_CN": "点数|门市|冷气|连假|简讯|品质|计程车|机车",
    "zh_TW": "積分|門店|空調|短信|質量|視頻|摩托車|三八",
}
TIMELESS = re.compile(r"[0-9]{4}|去年|[0-9]岁|\blast year\b", re.I)


def texts(lang):
    """Return the rows of a language's file."""
    with (FOLDER / f"{lang}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BANK = {lang: texts(lang) for lang in LANGUAGES}


def unsigned(row):
    """Return a text without its signature."""
    return SIGNATURE.sub("", row["body"])


def bare(row):
    """Return the letters of a text, without signature, placeholders and marks."""
    words = re.sub(r"\{\w+\}", "", unsigned(row))
    return re.sub(r"[\W_]", "", words).lower()


def by_matter(lang):
    """Return the texts of each trigger and occasion."""
    groups = defaultdict(list)
    for row in BANK[lang]:
        groups[row["trigger"], row["occasion"]].append(row)
    return groups.values()


def rendered(body, name, honorific, store, associate):
    """Return the text as she would read it."""
    values = {
        "{name}": name,
        "{honorific}": honorific,
        "{store}": store,
        "{associate}": associate,
    }
    text = re.sub("|".join(map(re.escape, values)), lambda m: values[m[0]], body)
    return re.sub(" {2,}", " ", text)


def ratio(one, other):
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_are_whole(lang):
    for row in BANK[lang]:
        assert list(row) == HEADER, row
        assert row["kind"] in ALLOWED and row["tone"] in ("cheerful", "neutral"), row
        stem = row["occasion"] or row["trigger"]
        assert re.fullmatch(rf"{stem}_[0-9]{{2}}", row["key"]), row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keys_are_unique(lang):
    keys = Counter(row["key"] for row in BANK[lang])
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_the_same_texts(lang):
    def matters(rows):
        return {row["key"]: [row[column] for column in SAME] for row in rows}

    assert matters(BANK[lang]) == matters(BANK["zh_CN"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_as_many_as_promised(lang):
    assert Counter(row["trigger"] for row in BANK[lang]) == COUNTS
    tones = Counter(row["tone"] for row in BANK[lang] if row["trigger"] == "birthday")
    assert tones == {"cheerful": 16, "neutral": 5}
    found = Counter(row["occasion"] for row in BANK[lang] if row["occasion"])
    seasons = {o.key: 2 for o in OCCASIONS if o.kind == "season"}
    weathers = {f"weather_{weather}": 4 for weather in WEATHERS}
    festivals = {
        o.key: MANY.get(o.key, 3) for o in OCCASIONS if o.kind in ("festival", "family")
    }
    assert found == seasons | weathers | festivals


@pytest.mark.parametrize("lang", LANGUAGES)
def test_occasions_exist_and_keep_their_tone(lang):
    for row in BANK[lang]:
        if row["trigger"] in ("festival", "season"):
            assert row["tone"] == OCCASION[row["occasion"]].tone, row
        elif row["occasion"]:
            assert row["trigger"] == "weather", row
            assert row["occasion"].startswith("weather_"), row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guard_lets_each_text_pass(lang):
    held = {row["key"]: check(row["body"], row["kind"]) for row in BANK[lang]}
    assert {key: findings for key, findings in held.items() if findings} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("store", "associate"), SIGNERS)
def test_the_guard_lets_each_rendered_text_pass(lang, store, associate):
    for name, honorific in CALLED[lang]:
        for row in BANK[lang]:
            text = rendered(row["body"], name, honorific, store, associate)
            found = check(
                text,
                row["kind"],
                store=store,
                associate=associate,
                placeholders=False,
                names=(name,),
            )
            assert not found, (row["key"], text, found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_text_is_signed_and_calls_her_once(lang):
    call = "{honorific} {name}" if lang == "en_US" else "{name}{honorific}"
    for row in BANK[lang]:
        assert unsigned(row) != row["body"], row
        assert unsigned(row).count("{honorific}") == row["body"].count(call), row
        assert row["body"].count("{name}") == 1, row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_there_twice(lang):
    letters = Counter(bare(row) for row in BANK[lang])
    assert [text for text, times in letters.items() if times > 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_texts_on_one_matter_are_nearly_equal(lang):
    near = [
        (one["key"], other["key"])
        for rows in by_matter(lang)
        for one, other in combinations(rows, 2)
        if ratio(bare(one), bare(other)) >= 0.8
    ]
    assert near == []


@pytest.mark.parametrize("lang", CHINESE)
def test_no_two_texts_on_one_matter_open_alike(lang):
    for rows in by_matter(lang):
        openings = Counter(bare(row)[:4] for row in rows)
        assert max(openings.values()) == 1, openings


def test_taiwan_reads_its_own_texts_not_converted_ones():
    # The guard reads both scripts as one, so a mere conversion would be nearly equal.
    mainland = {row["key"]: read(bare(row)).text for row in BANK["zh_CN"]}
    for row in BANK["zh_TW"]:
        assert ratio(read(bare(row)).text, mainland[row["key"]]) < 0.7, row


@pytest.mark.parametrize("lang", CHINESE)
def test_chinese_texts_are_short(lang):
    for row in BANK[lang]:
        text = rendered(unsigned(row), "林晓月", "女士", "", "")
        assert 25 <= len(text) <= 60, (len(text), row)


def test_english_texts_are_short():
    for row in BANK["en_US"]:
        count = len(rendered(unsigned(row), "", "", "", "").split())
        assert 12 <= count <= 35, (count, row)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_greetings_ask_nothing_and_do_not_shout(lang):
    for row in BANK[lang]:
        text = read(row["body"]).text
        assert text.count("!") <= 1, row
        assert row["kind"] not in GREETINGS or "?" not in text, row
        assert not TIMELESS.search(text), row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quiet_texts_are_not_merry(lang):
    merry = [
        row["key"]
        for row in BANK[lang]
        if row["tone"] == "neutral" and MERRY.search(read(row["body"]).text)
    ]
    assert merry == []


@pytest.mark.parametrize(
    ("lang", "page", "foreign"),
    [("zh_CN", "gb2312", GB2312_TRADITIONAL), ("zh_TW", "big5", BIG5_SIMPLIFIED)],
)
def test_chinese_texts_keep_to_their_script(lang, page, foreign):
    # The dash is the one mark that GB 2312 has under another number.
    for row in BANK[lang]:
        row["body"].replace("—", "").encode(page)
        assert not set(foreign) & set(row["body"]), row


@pytest.mark.parametrize("lang", CHINESE)
def test_chinese_texts_keep_to_the_words_of_their_readers(lang):
    for row in BANK[lang]:
        assert not re.search(ELSEWHERE[lang], row["body"]), row
