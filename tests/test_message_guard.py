"""The message guard: each rule alone, and over 900 labelled texts in two scripts and English.

The sets of tests/data/guard_texts.csv:
tuned    the rules may be changed until these come out right (the last 100 are clean);
held     written before any rule by the hand that wrote them; not tuned on at first,
         since then looked at for false alarms;
evasive  written against the finished lists to slip through (0.11 of the bad ones were
         found at first), then used to widen them;
fresh    written after that and measured once (1.0 and 0.68), then used to widen them;
blind    by a second author who had not read the lists; measured once, it gave
         precision 0.93 and recall 0.69 (zh_CN 0.60, zh_TW 0.72, en 0.76), then used
         to widen them;
blind2   60 texts by the hand that had widened them, measured once: precision 1.0 and
         recall 0.47 (zh_CN 0.4, zh_TW 0.5, en 0.5), then used to widen them;
blind3   60 more by that hand, measured once and never used: precision 1.0, recall 0.47
         (zh_CN 0.6, zh_TW 0.5, en 0.3). That is the figure to expect of an offer in
         new words; the 0.85 hoped for was not reached, and people approve each text;
told     advertisements a reviewer got through (top-ups, members' prices, "reply 1",
         "show this message", points times two), their like and their innocent
         neighbours; used to widen the lists;
told2    15 more of the same sorts by the hand that had widened them, measured once:
         recall 0.67, then used to widen them.
"""

import csv
from pathlib import Path

import pytest

from vip_care.tools.message_guard import ALLOWED, CODES, GREETINGS, RULES, check

ROWS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "guard_texts.csv").open(encoding="utf-8")
    )
)
SIGN = "——{store} {associate}"
SAYS = {
    "price": ("这份只收￥599", "￥599"),
    "discount": ("全场八折", "八折"),
    "product": ("推荐您一件大衣", "推荐您一件大衣"),
    "event": ("周年庆开始了", "周年庆"),
    "link": ("看 https://a.example/x", "https"),
    "phone": ("请打13800138000", "13800138000"),
    "bait": ("到店有惊喜", "到店有惊喜"),
    "urging": ("欢迎光临", "欢迎光临"),
    "prying": ("请问您几岁", "几岁"),
    "shouting": ("大吉大利！！！", "！！！"),
    "placeholder": ("{points}", "{points}"),
}


def guard(row):
    """Return the codes found in a labelled text."""
    names = tuple(name for name in row["names"].split(",") if name)
    findings = check(
        row["text"],
        row["kind"],
        store=row["store"],
        associate=row["associate"],
        names=names,
    )
    return {finding.code for finding in findings}


def codes(text, kind="greeting", **options):
    return [finding.code for finding in check(text + SIGN, kind, **options)]


def figures(name):
    """Return precision and recall of "this text must not go" over a set."""
    rows = [row for row in ROWS if row["set"] == name]
    held = {i for i, row in enumerate(rows) if guard(row)}
    bad = {i for i, row in enumerate(rows) if row["codes"]}
    return round(len(held & bad) / len(held), 2), round(len(held & bad) / len(bad), 2)


@pytest.mark.parametrize(
    "name, precision, recall",
    [
        ("tuned", 1.0, 1.0),
        ("held", 1.0, 1.0),
        ("evasive", 1.0, 1.0),
        ("fresh", 1.0, 1.0),
        ("blind", 1.0, 1.0),
        ("blind2", 1.0, 0.96),
        ("blind3", 1.0, 0.47),
        ("told", 1.0, 1.0),
        ("told2", 1.0, 1.0),
    ],
)
def test_precision_and_recall(name, precision, recall):
    found = figures(name)
    assert found[0] >= precision and found[1] >= recall


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r["set"] == "tuned"], ids=lambda row: row["text"][:20]
)
def test_tuned_text_is_held_for_its_reasons(row):
    assert guard(row) == set(row["codes"].split())


def test_the_labelled_texts_are_enough_and_differ():
    languages = [row["lang"] for row in ROWS]
    assert languages.count("zh_CN") >= 110
    assert min(languages.count("zh_TW"), languages.count("en")) >= 80
    assert len({row["text"] for row in ROWS}) == len(ROWS) >= 320
    assert {row["kind"] for row in ROWS} == set(ALLOWED)


@pytest.mark.parametrize("code", SAYS)
@pytest.mark.parametrize("kind", GREETINGS)
def test_a_greeting_asks_and_offers_nothing(kind, code):
    text, found = SAYS[code]
    whole = f"愿您安好。{text}。{SIGN}"
    findings = check(whole, kind)
    assert (code, found, whole.index(found)) in findings
    assert {finding.code for finding in findings} == {code}


def test_every_code_has_a_test_of_its_own():
    assert {CODES.get(code, code) for code in RULES} | {"placeholder"} == set(SAYS)


@pytest.mark.parametrize("kind", [kind for kind in ALLOWED if kind not in GREETINGS])
def test_other_kinds_have_their_own_rules(kind):
    for code, (text, _found) in SAYS.items():
        assert (code in codes(text, kind)) == (code not in ALLOWED[kind]), code


def test_pressure_is_allowed_in_no_kind():
    for kind in ALLOWED:
        assert codes("限时抢购", kind) == ["urging", "urging"]


@pytest.mark.parametrize(
    "text, found",
    [
        ("全场打 折", "打 折"),
        ("全场打.折", "打.折"),
        ("全场打\u200b折", "打\u200b折"),
        ("全館８折", "８折"),
        ("新年特惠", "特惠"),
        ("enjoy ５０％ ｏｆｆ", "５０％ ｏｆｆ"),
        ("h a l f  p r i c e", "h a l f  p r i c e"),
        ("優 惠券", "優 惠"),
    ],
)
def test_disguises_are_found_where_they_stand(text, found):
    whole = "🎂 愿您安好，" + text + SIGN
    findings = [f for f in check(whole, "greeting") if f.code == "discount"]
    assert (findings[0].words, findings[0].position) == (found, whole.index(found))


@pytest.mark.parametrize("finding_row", [row for row in ROWS if row["codes"]])
def test_words_stand_in_the_text_at_the_position_given(finding_row):
    text = finding_row["text"]
    for _code, found, position in check(text, finding_row["kind"]):
        assert text[position : position + len(found)] == found


@pytest.mark.parametrize(
    "text, names",
    [
        ("张惠来您好", {"names": ("张惠来",)}),
        ("新款姑娘您好", {"names": ("新款",)}),
        ("Dear Ms Price", {"names": ("Ann Price",)}),
        ("优惠坊祝您新年好", {"store": "优惠坊"}),
        ("戴礼礼品祝您新年好", {"associate": "戴礼礼品"}),
    ],
)
def test_names_are_no_findings(text, names):
    assert codes(text, **names) == []


def test_a_name_hides_nothing_beyond_itself():
    assert codes("sales of Al", names=("Al",)) == ["event"]
    assert codes("全场八折", names=("折",)) == ["discount"]


@pytest.mark.parametrize(
    "end, good",
    [
        ("{store} {associate}", True),
        ("{associate}，{store}", True),
        ("{associate} at {store} 🌸", True),
        ("{store}・{associate} 敬上", True),
        ("{store}", False),
        ("{associate}", False),
        ("{store}。谢谢！{associate}", False),
        ("{store} {associate}祝您新年快乐，万事如意，阖家安康", False),
        ("", False),
    ],
)
def test_a_greeting_ends_with_store_and_associate(end, good):
    findings = check("新年好。" + end, "greeting")
    assert [f.code for f in findings] == ([] if good else ["signature"])
    assert all(f == ("signature", "", 4 + len(end)) for f in findings)


def test_points_and_invitations_name_at_least_the_store():
    for kind in ("points", "invitation"):
        assert not check("敬请留意。{store}", kind)
        assert [f.code for f in check("敬请留意。", kind)] == ["signature"]


def test_a_rendered_message_has_names_and_no_placeholders():
    options = {"store": "南京西路店", "associate": "李 新", "placeholders": False}
    assert not check("新年好。——南京西路店 李新", "greeting", **options)
    found = check("{name}，新年好。——{store} {associate}", "greeting", **options)
    assert [f.words for f in found] == ["{name}", "{store}", "{associate}", ""]


def test_percent_of_weather_and_of_fabric_is_no_discount():
    assert codes("降雨概率80%", "season") == []
    assert codes("含羊毛70%", "service") == []
    assert codes("降雨概率80%", "greeting") == ["discount"]
    assert codes("羊毛50% off", "service") == ["discount"]


def test_a_garment_that_is_hers_is_no_offer_in_service():
    assert codes("您订的外套已到货", "service") == []
    assert codes("外套已到货", "service") == ["product"]
    assert codes("您订的外套已到货") == ["product"]


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        check("新年好", "advert")


@pytest.mark.parametrize(
    "piece", ["a", "a.", "a ", "1", "1 ", "来", "我们的 ", "三", "[{(!?", "-", "大衣"]
)
def test_no_long_text_takes_for_ever(piece):
    check((piece * 20_000)[:20_000], "greeting")
