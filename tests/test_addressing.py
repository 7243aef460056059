"""How a member is called: names that are names, and nothing else."""

import pytest

from vip_care.tools.addressing import address, addressable, fill, honorific

NAMES = (
    *(
        "王敏",
        "欧阳娜娜",
        "李老师",
        "王姐",
        "张惠来",
        "陳怡君",
        "林佳惠小姐",
        "李",
        "何來春",
    ),
    *("阿依古丽·买买提", "陳三元", "Anna 王", "Mei", "Jo", "Ann Price", "Carl Link"),
    *("Jean Sablon", "Mary-Jane O'Brien", "Renée Zellweger", "J. R. Smith", "Dr Lee"),
    *("Summer Wells", "José", "Nguyễn Văn An", "Christopher Guest", "Ed Testino"),
)
REFUSED = (
    *(
        "",
        "   ",
        None,
        False,
        7,
        ["王敏"],
        "13800138000",
        "王敏2",
        "王敏２",
        "①号",
        "...",
    ),
    *("https://a.example", "a.example.com", "mei@example.com", "@mei", "www.mei.shop"),
    *(
        "全场八折",
        "優惠券",
        "优惠 小王",
        "新款大衣",
        "周年庆",
        "到店有惊喜",
        "买一送一",
    ),
    *("五zhe起", "Price", "Summer Sale", "Half Off", "Free Gift", "Black Friday"),
    *(
        "（王敏）",
        "(May)",
        "{name}",
        "{store}",
        "<b>",
        "【会员】",
        "王敏#",
        "王敏/李明",
    ),
    *(
        "测试",
        "測試用戶",
        "test",
        "Test User",
        "无名",
        "無名氏",
        "散客",
        "VIP客户",
        "vip",
    ),
    *(
        "walk-in",
        "Walk In",
        "N/A",
        "unknown",
        "No Name",
        "Guest",
        "先生",
        "xxx",
        "哈哈哈",
    ),
    *("x", "王氏服饰有限公司", "Chan Ltd", "Fan & Co.", "Acme Inc.", "Style Trading"),
    *("\u200b\u200b", "王\n敏1", "😀", "a" * 41, "王" * 100_000, "A\ud800"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_may_stand(name):
    assert addressable(name) == name


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_name_may_not(name):
    assert addressable(name) == ""


@pytest.mark.parametrize(
    "name, cleaned",
    [
        ("Mei (May) Chan", "Mei"),
        ("王敏（老客户）", "王敏"),
        ("  王  敏 ", "王 敏"),
        ("王\u200b敏", "王敏"),
        ("王敏\t女士", "王敏 女士"),
        ("Ann-", "Ann"),
        ("ab " * 13 + "c", "ab " * 13 + "c"),
    ],
)
def test_a_name_is_cleaned(name, cleaned):
    assert addressable(name) == cleaned


@pytest.mark.parametrize(
    "lang, gender, word",
    [
        ("zh_CN", "female", "女士"),
        ("zh_TW", "male", "先生"),
        ("zh_HK", "female", "女士"),
        ("en_US", "female", "Ms"),
        ("fr_FR", "male", "Mr"),
        (None, "female", "Ms"),
        ("zh_CN", False, ""),
        ("zh_CN", "other", ""),
        ("zh_CN", ["female"], ""),
    ],
)
def test_an_honorific_follows_the_language(lang, gender, word):
    assert honorific(lang, gender) == word


@pytest.mark.parametrize(
    "lang, name, salutation, called",
    [
        ("zh_CN", "王敏", "", ("王敏", "女士")),
        ("zh_CN", "王敏", "敏姐", ("敏姐", "")),
        ("zh_CN", "王敏", "全场八折", ("王敏", "女士")),
        ("zh_CN", "李老师", False, ("李老师", "")),
        ("zh_TW", "陳小姐", "", ("陳小姐", "")),
        ("en_US", "Dr. Lee", None, ("Dr. Lee", "")),
        ("en_US", "Drew Lee", None, ("Drew Lee", "Ms")),
        ("en_US", "13800138000", "May", ("May", "")),
        ("zh_CN", "测试", "", ("贵宾", "")),
        ("zh_TW", "", "", ("貴賓", "")),
        ("zh_HK", "VIP客戶", "", ("貴賓", "")),
        ("fr_FR", "@mei", "", ("Guest", "")),
    ],
)
def test_she_is_called_as_she_likes_or_courteously(lang, name, salutation, called):
    assert address(lang, name, salutation, "female") == called


def filled(body, lang="en_US", **values):
    base = {"name": "Mei", "honorific": "Ms", "store": "Bond Street", "associate": "Jo"}
    return fill(body, lang=lang, **(base | values))


@pytest.mark.parametrize(
    "body, values, text",
    [
        ("Dear {honorific} {name}, hello.", {}, "Dear Ms Mei, hello."),
        ("Dear {honorific} {name}, hello.", {"honorific": ""}, "Dear Mei, hello."),
        ("Dear {name} {honorific}, hello.", {"honorific": ""}, "Dear Mei, hello."),
        ("{honorific} {name}, hello", {"honorific": None}, "Mei, hello"),
        ("{name}\n{store} {associate}", {"associate": ""}, "Mei\nBond Street"),
        ("{name}, {other} {", {}, "Mei, {other} {"),
        ("{name} {store}", {"name": "{store}", "store": "{name}"}, "{store} {name}"),
        ("{name} {name}", {"name": r"\1 \g<0>"}, r"\1 \g<0> \1 \g<0>"),
        ("Dear {name}, hi", {"name": ""}, "Dear Guest, hi"),
        ("a\n\n{name}", {}, "a\n\nMei"),
    ],
)
def test_placeholders_are_filled_once(body, values, text):
    assert filled(body, **values) == text


def test_a_chinese_greeting_has_no_gap_and_no_hole():
    body = "{name}{honorific} ，您好。——{store} {associate}"
    values = {"store": "南京西路店", "associate": "李新"}
    tail = "，您好。——南京西路店 李新"
    assert filled(body, "zh_CN", name="王敏", honorific="女士", **values) == (
        "王敏女士" + tail
    )
    assert filled(body, "zh_CN", name="", honorific="", **values) == "贵宾" + tail
    assert filled(body, "zh_HK", name="", honorific="", **values) == "貴賓" + tail
