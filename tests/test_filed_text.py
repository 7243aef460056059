"""What a mainland provider files, refuses, and reads a message as."""

import time

import pytest

from vip_care_sms.tools.filed_text import (
    ENDING,
    bare,
    draft,
    findings,
    read,
    render,
    signature_findings,
    value_finding,
)
from vip_care_sms.tools.traditional import traditional

NAMES = {
    "{name}": "name",
    "{honorific}": "honorific",
    "{store}": "store",
    "{associate}": "associate",
}
GOOD = f"${{name}}，新春快乐，愿您平安喜乐。——${{store}}，{ENDING}"


def _codes(body, has_ending=True):
    return [finding.code for finding in findings(body, has_ending, "衣品女装")]


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        f"生日快乐！{ENDING}",
        f"Happy birthday, ${{name}}! ${{store}}, {ENDING}",
        f"${{a}}您好，~今天+明天～${{b}}\n{ENDING}",
        f"[1]${{name}}您好{ENDING}",
    ],
)
def test_what_can_be_filed(body):
    wanted = ["brackets"] if body.startswith("[") else []
    assert _codes(body) == wanted


@pytest.mark.parametrize("mark", "【】〖〗『』「」¥￥★☆※✓→①²•#€\u200b🎂❤\ufe0f{}\t^")
def test_marks_that_are_not_sent(mark):
    body = GOOD.replace("新春", f"新{mark}春")
    found = [finding for finding in findings(body, True) if finding.code == "mark"]
    assert [finding.words for finding in found] == [mark]


@pytest.mark.parametrize(
    "body, code",
    [
        ("${name}${honorific}您好" + ENDING, "adjacent"),
        ("您好，${store} ${associate}" + ENDING, "adjacent"),
        ("${name}您好，${name}" + ENDING, "twice"),
        ("${name}" + ENDING, "only_variables"),
        ("${name}，${store}。" + ENDING, "only_variables"),
        (ENDING, "empty"),
        ("您好，${name", "mark"),
        ("${name}您好", "ending"),
        ("${name}您好，" + ENDING + "。", "ending"),
        ("${name}您好，" + ENDING + " ", "ending"),
        ("${name}您好，" + ENDING + "，" + ENDING, "ending_twice"),
        ("${name}您好，拒收请回复Ｒ", "ending"),
        ("请看https://a.cn/${x}祝好" + ENDING, "link"),
        ("请看${x}.com祝好" + ENDING, "link"),
        ("请看www.${x}祝好" + ENDING, "link"),
        ("请看${url}祝好" + ENDING, "link"),
        ("请拨打${x}祝好" + ENDING, "link"),
        ("${name}，電話祝福" + ENDING, "traditional"),
        ("好" * 500 + ENDING, "long"),
    ],
)
def test_what_cannot_be_filed(body, code):
    assert code in _codes(body)


def test_service_says_nothing_of_refusing():
    assert _codes("${name}，您的衣服修好了。", has_ending=False) == []
    assert _codes("${name}，您的衣服修好了。" + ENDING, False) == ["no_ending"]


@pytest.mark.parametrize(
    "signature, codes",
    [
        ("衣品女装", []),
        ("ZARA中国", []),
        ("衣", ["signature"]),
        ("", ["signature"]),
        ("衣" * 13, ["signature"]),
        ("【衣品】", ["signature"]),
        ("衣品 女装", ["signature"]),
        ("衣品女裝", ["traditional"]),
    ],
)
def test_signatures(signature, codes):
    assert [finding.code for finding in signature_findings(signature)] == codes


@pytest.mark.parametrize("text", ["王喆", "李昇", "陈堃", "欧阳娜娜", "乾隆", "上海"])
def test_characters_of_the_mainland_are_none_of_the_others(text):
    assert traditional(text) == []


def test_traditional_characters_are_named_once():
    assert traditional("陳陳女士，歡迎") == ["陳", "歡"]


@pytest.mark.parametrize(
    "value, code",
    [
        ("王芳女士", ""),
        ("衣品南京路店 林悦", ""),
        ("2026-03-05", ""),
        ("a" * 35, ""),
        ("a" * 36, "value_long"),
        ("", "value_long"),
        ("t.cn", "value_link"),
        ("shop.com/x", "value_link"),
        ("13800138000", "value_link"),
        ("021-6234 5678", "value_link"),
        ("陳女士", "value_traditional"),
        ("芳🌸", "value_mark"),
        ("【王】", "value_mark"),
    ],
)
def test_values(value, code):
    assert value_finding(value) == code


@pytest.mark.parametrize(
    "text",
    [
        "王芳女士，新春快乐，愿您平安喜乐。——南京路店 林悦",
        "王芳女士，新春快乐，愿您平安喜乐。——南京路店 林悦，拒收请回复R",
        "【衣品女装】王芳女士，新春快乐，愿您平安喜乐。——南京路店 林悦 拒收请回复R",
        "\n王芳女士，新春快乐，愿您平安喜乐。——南京路店 林悦\n拒收请回复R ",
    ],
)
def test_a_text_is_read_with_or_without_signature_and_ending(text):
    values = read(bare(GOOD), bare(text, "衣品女装"))
    assert values == {"name": "王芳女士", "store": "南京路店 林悦"}
    assert render(bare(GOOD), values) == bare(text, "衣品女装")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "王芳女士，新春快乐，愿您平安喜乐。——",
        "，新春快乐，愿您平安喜乐。——南京路店",
        "王芳女士，新年快乐，愿您平安喜乐。——南京路店",
        "王芳女士，新春快乐，愿您平安喜乐。——南京路店，明天见",
        "昨天说的裙子到了，王芳女士，新春快乐，愿您平安喜乐。——南京路店",
    ],
)
def test_reworded_is_another_text(text):
    assert read(bare(GOOD), bare(text)) is None
    assert read(bare(GOOD), bare(text), is_strict=False) is None


def test_values_a_provider_refuses_are_read_when_not_strict():
    text = "陳" * 40 + "，新春快乐，愿您平安喜乐。——南京路店"
    assert read(bare(GOOD), text) is None
    assert read(bare(GOOD), text, is_strict=False)["name"] == "陳" * 40


def test_of_several_readings_the_left_is_shortest():
    values = read("${a}和${b}好", "你和我和他好")
    assert values == {"a": "你", "b": "我和他"}
    # The shortest is taken among those the provider takes.
    values = read("${a}和${b}好", "你和" + "我" * 30 + "和" + "他" * 10 + "好")
    assert values == {"a": "你和" + "我" * 30, "b": "他" * 10}


def test_fixed_words_read_as_themselves_only():
    assert read("生日快乐！", "生日快乐！") == {}
    assert read("生日快乐！", "生日快乐！！") is None
    # Marks of regular expressions are words here.
    assert read("(a.b)*${x}", "(a.b)*c") == {"x": "c"}
    assert read("(a.b)*${x}", "(aXb)*c") is None


def test_a_text_made_to_be_slow_is_read_at_once():
    body = "a".join(f"${{v{index}}}" for index in range(20))
    begun = time.monotonic()
    assert read(body, "a" * 480 + "！") is None
    # Trying every length of every variable would not end in our time.
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "words, body",
    [
        (
            "{name}{honorific}，生日快乐！\n{store} {associate}",
            "${name}，生日快乐！ ${store}，拒收请回复R",
        ),
        (
            "{honorific}好。——{associate}，{store}",
            "${honorific}好。——${associate}，${store}，拒收请回复R",
        ),
        ("节日快乐。", "节日快乐。拒收请回复R"),
    ],
)
def test_a_text_of_the_bank_becomes_one_to_file(words, body):
    assert draft(words, NAMES, True) == body
    assert draft(words, NAMES, False) == body.removesuffix(ENDING).rstrip("，")
    assert findings(body, True) == []
