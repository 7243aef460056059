"""Which words are the same, which language is hers, which text goes to whom."""

from datetime import date

import pytest

from vip_care.tools.text_choice import Bank, Text, Wanted
from vip_care.tools.text_words import bank_language, team, text_digest

BANK = {"zh_CN", "zh_TW", "en_US"}
DAY = date(2026, 2, 17)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{name}{honorific}，生日快乐！", "{name}，生日快乐…… {store} {associate}"),
        ("Be happy, {name}.", "be  HAPPY {name}!"),
        ("Ｂｅ happy", "Be happy"),
    ],
)
def test_marks_case_and_placeholders_make_no_other_text(one, other):
    assert text_digest(one) == text_digest(other)


def test_other_words_are_another_text():
    assert text_digest("Be happy") != text_digest("Be glad")
    assert text_digest("生日快乐") != text_digest("生日快樂")


def test_names_in_a_body_make_no_other_words():
    hers = text_digest(
        "王芳女士，生日快乐。北门店 林月", ["王芳", "女士", "北门店", "林月"]
    )
    his = text_digest(
        "李强先生，生日快乐。南门店 苏青", ["李强", "先生", "南门店", "苏青"]
    )
    assert (
        hers == his == text_digest("{name}{honorific}，生日快乐。{store} {associate}")
    )


def test_the_digest_is_kept_in_databases_and_never_changes():
    assert text_digest("Be happy, {name}.") == "a3ae60e119cc7602d797528bc9833fea"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["zh_CN", "en_US"], "zh_CN"),
        (["zh_HK", "en_US"], "zh_TW"),
        (["zh_SG", "en_US"], "zh_CN"),
        (["en_GB", "zh_CN"], "en_US"),
        (["fr_FR", "zh_TW"], "zh_TW"),
        ([None, "zh_CN"], "zh_CN"),
        (["", None], "en_US"),
    ],
)
def test_the_language_is_hers_then_the_companys_then_english(wanted, found):
    assert bank_language(wanted, BANK) == found


def test_a_language_nobody_wrote_in_is_none():
    assert bank_language(["zh_CN", "fr_FR"], {"zh_TW"}) == ""
    assert bank_language(["fr_CA"], {"fr_FR"}) == "fr_FR"
    assert bank_language(["en_US"], set()) == ""


def test_a_store_signs_as_a_team_in_each_script():
    assert len({team("zh_CN"), team("zh_TW"), team("en_US")}) == 3
    assert team("zh_HK") == team("zh_TW")


def _text(number, **more):
    base = Text(
        number, "edge", "greeting", 0, 0, "en_US", "cheerful", 0, f"d{number}", "", 0
    )
    return base._replace(**more)


def _wanted(partner=1, **more):
    base = Wanted(partner, "edge", "greeting", 0, DAY, "en_US", False, 1)
    return base._replace(**more)


def _ids(bank, wanted):
    return [text.id for text in bank.fitting(wanted)]


def test_the_very_day_the_year_cheerful_and_little_used_go_first():
    bank = Bank(
        [
            _text(1, uses=3),
            _text(2, tone="neutral"),
            _text(3, year=2026),
            _text(4, occasion_id=9, uses=8),
            _text(5, uses=1),
        ]
    )
    assert _ids(bank, _wanted(occasion_id=9)) == [4, 3, 5, 1, 2]
    assert _ids(bank, _wanted(is_quiet=True)) == [2]
    assert _ids(bank, _wanted()) == [3, 5, 1, 2]


def test_what_does_not_fit_is_not_offered():
    texts = [
        _text(1, lang="zh_CN"),
        _text(2, kind="thanks"),
        _text(3, trigger="birthday"),
        _text(4, occasion_id=9),
        _text(5, year=2027),
        _text(6, company_id=2),
    ]
    assert _ids(Bank(texts), _wanted()) == []


def test_equally_used_texts_are_spread_over_members():
    bank = Bank([_text(number) for number in range(1, 9)])
    firsts = {_ids(bank, _wanted(partner))[0] for partner in range(1, 200)}
    assert len(firsts) == 8
    assert _ids(bank, _wanted(5)) == _ids(bank, _wanted(5))


def test_a_circle_remembers_within_the_batch():
    bank = Bank([_text(1)])
    for member in (1, 2):
        bank.circles[member] = [("related", "7")]
    bank.give(_wanted(1), 1, "d1")
    assert bank.is_known(_wanted(1), "d1")
    assert bank.is_known(_wanted(2), "d1")
    assert bank.is_known(_wanted(2), "new", "d1")
    assert not bank.is_known(_wanted(3), "d1")
    assert not bank.is_known(_wanted(2, day=date(2027, 2, 6)), "d1")


def test_one_day_is_one_occasion_whatever_it_is_called():
    bank = Bank([_text(1)])
    bank.circles[1] = bank.circles[2] = [("related", "7")]
    bank.give(_wanted(1, occasion_id=9), 1, "d1")
    assert bank.is_known(_wanted(2, occasion_id=9, trigger="festival"), "d1")
    assert not bank.is_known(_wanted(2, occasion_id=8, trigger="festival"), "d1")
