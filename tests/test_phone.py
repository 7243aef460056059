"""Phone keys: vectors from shops, and from the numbering plans."""

import pytest

from vip_care.tools.phone import (
    PhoneError,
    is_unverified,
    mask_number,
    phone_key,
    plain_digits,
)

SAME_NUMBER = [
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    "(138)00138000",
    "+86 138 0013 8000",
    "+8613800138000",
    "8613800138000",
    "008613800138000",
    "0086-138-0013-8000",
    "013800138000",
    "1795113800138000",
    "12593 13800138000",
    "１３８００１３８０００",
    "＋８６ １３８ ００１３ ８０００",
    "\u202a138\u200b00138000\u202c",
    "138\u2010 0013\u20138000",
]


@pytest.mark.parametrize("text", SAME_NUMBER)
def test_any_spelling_is_one_number(text):
    assert phone_key(text, "CN") == "+8613800138000"


@pytest.mark.parametrize("text", [t for t in SAME_NUMBER if "86" in t or "８６" in t])
def test_country_code_wins_over_the_stores_country(text):
    for country in ("TW", "HK", "US"):
        if text.startswith("0086") and country == "HK":
            continue
        assert phone_key(text, country) == "+8613800138000"


@pytest.mark.parametrize("prefix", ["162", "165", "167", "170", "171", "190", "199"])
def test_known_ranges(prefix):
    assert phone_key(f"{prefix}12345678", "CN") == f"+86{prefix}12345678"


@pytest.mark.parametrize("prefix", ["154", "160", "161", "163", "164", "168", "194"])
def test_new_ranges_are_accepted_though_the_library_doubts_them(prefix):
    assert phone_key(f"{prefix}12345678", "CN") == f"+86{prefix}12345678"


@pytest.mark.parametrize("prefix", ["140", "141", "144", "146", "148", "149"])
def test_numbers_of_machines_are_refused(prefix):
    with pytest.raises(PhoneError) as error:
        phone_key(f"{prefix}12345678", "CN")
    assert error.value.code == "invalid"


@pytest.mark.parametrize(
    "text, country, key",
    [
        ("0912345678", "TW", "+886912345678"),
        ("912345678", "TW", "+886912345678"),
        ("886912345678", "TW", "+886912345678"),
        ("886912345678", "CN", "+886912345678"),
        ("51234567", "HK", "+85251234567"),
        ("85251234567", "CN", "+85251234567"),
        ("66123456", "HK", "+85266123456"),
        ("66123456", "MO", "+85366123456"),
        ("(201) 555-0123", "US", "+12015550123"),
    ],
)
def test_other_countries(text, country, key):
    assert phone_key(text, country) == key


@pytest.mark.parametrize(
    "text, code",
    [
        ("", "empty"),
        (None, "empty"),
        ("   ", "empty"),
        ("010-12345678", "landline"),
        ("0755 8888 6666", "landline"),
        ("4008123123", "landline"),
        ("95588", "invalid"),
        ("1380013800", "invalid"),
        ("138001380000", "invalid"),
        ("12345678901", "invalid"),
        ("王芳", "invalid"),
        ("138001380oo", "invalid"),
        ("0571-87654321转8001", "invalid"),
        ("13800138001/13800138002", "several"),
        ("13800138001,13800138002", "several"),
        ("13800138001、13800138002", "several"),
        ("1" * 1_000_000, "several"),
    ],
)
def test_what_is_refused_and_why(text, code):
    with pytest.raises(PhoneError) as error:
        phone_key(text, "CN")
    assert error.value.code == code
    assert error.value.example == "13800138000"


@pytest.mark.parametrize(
    "key, masked",
    [
        ("+8613800138000", "138****8000"),
        ("+886912345678", "91****678"),
        ("+85251234567", "51****67"),
        ("", ""),
        (False, ""),
    ],
)
def test_masked(key, masked):
    assert mask_number(key) == masked
    assert mask_number(key).count("*") >= min(3, len(key or ""))


@pytest.mark.parametrize("text", ["0012", "００12", "0 0-1 2"])
def test_part_of_a_number_may_begin_with_zeros(text):
    assert plain_digits(text) == "0012"


@pytest.mark.parametrize(
    "key, unverified",
    [
        ("+8613800138000", False),
        ("+8616512345678", False),
        # In the numbering plan, in no list yet.
        ("+8616012345678", True),
        ("+8619412345678", True),
        ("+886912345678", False),
        ("+12015550123", False),
        ("junk", True),
    ],
)
def test_new_ranges_are_told_apart(key, unverified):
    assert is_unverified(key) is unverified
