"""Cells as shops write them."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from vip_care.tools.dates import (
    parse_birthday,
    parse_date,
    parse_lunar_birthday,
    parse_moment,
)
from vip_care.tools.values import (
    CellError,
    Formula,
    parse_amount,
    parse_code,
    parse_gender,
    parse_number,
    parse_text,
    safe_cell,
)


def code_of(function, *args):
    with pytest.raises(CellError) as caught:
        function(*args)
    return caught.value.code


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1234.5", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1,234", "1234.00"),
        ("12,345,678.90", "12345678.90"),
        ("¥1,299", "1299.00"),
        ("￥８８８．００", "888.00"),
        ("NT$ 2,480", "2480.00"),
        ("HK$-99.9", "-99.90"),
        ("-¥99.9", "-99.90"),
        ("199元", "199.00"),
        ("（１２．３０）", "-12.30"),
        ("−5", "-5.00"),
        ("+5", "5.00"),
        ("1200.0000", "1200.00"),
        (199, "199.00"),
        (0.1 + 0.2, "0.30"),
        (2.675, "2.68"),
    ],
)
def test_amounts_are_read_to_the_cent(raw, expected):
    assert parse_amount(raw) == Decimal(expected)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1.234,50", "comma"),
        ("12,50", "comma"),
        ("1,23,456", "comma"),
        ("1.2.3", "amount"),
        ("twelve", "amount"),
        ("1e5", "amount"),
        ("١٢", "amount"),
        ("12.345", "decimals"),
        ("=1+1", "formula"),
        ("@SUM(A1)", "formula"),
        (Formula("=A1*2"), "formula"),
        ("9" * 1_000_000, "too_long"),
        (10**400, "too_big"),
        ("1000000000000", "too_big"),
        (float("nan"), "amount"),
        (float("inf"), "amount"),
    ],
)
def test_amounts_that_are_none_or_may_be_two_are_refused(raw, code):
    assert code_of(parse_amount, raw) == code


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000"])
def test_empty_cells_are_nothing(raw):
    for parse in (parse_amount, parse_number, parse_date, parse_gender):
        assert parse(raw) is None
    assert parse_text(raw) == ""


@pytest.mark.parametrize(
    "raw",
    [
        "2024-03-05",
        "2024/3/5",
        "2024.3.5",
        "20240305",
        "2024年3月5日",
        "２０２４／３／５",
        "民國113年3月5日",
        "2024-03-05 00:00:00",
        datetime(2024, 3, 5),
        date(2024, 3, 5),
        45356,
        45356.0,
        20240305,
    ],
)
def test_dates_are_read(raw):
    assert parse_date(raw) == date(2024, 3, 5)


def test_order_of_day_and_month_is_read_only_where_it_is_certain():
    assert parse_date("25/12/2024") == date(2024, 12, 25)
    assert parse_date("12/25/2024") == date(2024, 12, 25)
    assert parse_date("5.5.2024") == date(2024, 5, 5)
    assert code_of(parse_date, "03/04/2024") == "date_order"
    assert code_of(parse_date, "3.4.2024") == "date_order"
    assert code_of(parse_date, "24/3/5") == "date_order"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2024-02-30", "no_such_day"),
        ("2023-02-29", "no_such_day"),
        ("31/31/2024", "no_such_day"),
        ("0000-01-01", "no_such_day"),
        ("0001-01-01", "date_range"),
        ("9999-12-31", "date_range"),
        ("yesterday", "date"),
        ("45356", "date"),
        (-1, "date"),
        (1e300, "date"),
        (float("nan"), "date"),
        ("=TODAY()", "formula"),
        ("1" * 1_000_000, "too_long"),
        ("2024-03-05 25:00", "time"),
        ("2024-03-05 下午3:00", "date"),
    ],
)
def test_impossible_dates_are_refused(raw, code):
    assert code_of(parse_date, raw) == code


def test_moments_keep_their_time_and_zone():
    assert parse_moment("2024/3/5 14:30") == datetime(2024, 3, 5, 14, 30)
    assert parse_moment(45356.5) == datetime(2024, 3, 5, 12)
    moment = parse_moment("2024-03-05T14:30:00+08:00")
    assert moment.utcoffset() == timedelta(hours=8)
    assert parse_moment("2024-03-05T06:30:00.250Z").tzinfo == timezone.utc
    assert parse_moment("2024-03-05") == date(2024, 3, 5)


def test_birthdays_with_and_without_year():
    assert parse_birthday("1990-02-28") == (date(1990, 2, 28), False)
    assert parse_birthday("2月29日") == (date(1904, 2, 29), True)
    assert parse_birthday("--12-31") == (date(1904, 12, 31), True)
    assert code_of(parse_birthday, "2月30日") == "no_such_day"
    assert code_of(parse_birthday, "12-31") == "date"


def test_lunar_birthdays_stay_as_stated():
    assert parse_lunar_birthday("1990-02-30") == (2, 30, False)
    assert parse_lunar_birthday("闰4月5日") == (4, 5, True)
    assert parse_lunar_birthday("8/15") == (8, 15, False)
    assert parse_lunar_birthday(date(1990, 8, 15)) == (8, 15, False)
    assert code_of(parse_lunar_birthday, "8-31") == "lunar_day"


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("F", "female"),
        ("女", "female"),
        ("女士", "female"),
        ("先生", "male"),
        ("其他", "other"),
    ],
)
def test_genders_in_three_languages(word, gender):
    assert parse_gender(word) == gender


def test_unknown_words_are_refused():
    assert code_of(parse_gender, "maybe") == "gender"


def test_text_is_one_clean_line():
    assert parse_text(" 王\t芳\n") == "王 芳"
    assert parse_text(13800138000.0) == "13800138000"
    assert code_of(parse_text, "a\x00b") == "control"
    assert code_of(parse_text, "a" * 5000) == "too_long"


def test_numbers_that_a_spreadsheet_has_cut_are_seen():
    assert parse_code("Ｃ００１") == "C001"
    assert code_of(parse_code, "1.38E+10") == "scientific"
    assert code_of(parse_code, "=A1") == "formula"


def test_report_cells_are_no_formulas():
    assert [safe_cell(text) for text in ("=1+1", "+86", "-5", "@x", "ok", "a\nb")] == [
        "'=1+1",
        "'+86",
        "'-5",
        "'@x",
        "ok",
        "a b",
    ]
