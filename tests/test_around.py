"""What goes around a text, by the rows the browser goes by too."""

import json
from pathlib import Path

import pytest

from vip_care_sms.tools.around import Around, frame, wrap
from vip_care_sms.tools.traditional import TRADITIONAL, traditional_in

UNIT = Path(__file__).parents[1] / "vip_care_sms/static/tests/unit"
ROWS = json.loads((UNIT / "around_vectors.json").read_text())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_rows(row):
    whole = wrap(row["words"], Around(**row["around"]))
    assert whole == row["whole"]
    # Once around is around.
    assert wrap(whole, Around(**row["around"])) == whole


def test_a_signature_is_framed_once():
    assert frame("【衣品女装】", True) == ("【衣品女装】", "【衣品女装】")
    assert frame(" Mode ", False) == ("【Mode】", "Mode: ")
    assert frame("", True) == frame(None, False) == ("", "")


def test_traditional_characters():
    assert traditional_in("祝您聖誕快樂，快樂") == ["聖", "誕", "樂"]
    assert traditional_in("后来里面乾隆著作，陈昇和喆、堃") == []
    for char in TRADITIONAL:
        with pytest.raises(UnicodeEncodeError):
            char.encode("gb2312")
