"""How many parts a text takes, by the rows the browser counts by too."""

import json
from pathlib import Path

import pytest

from vip_care_sms.tools import segments
from vip_care_sms.tools.segments import analyse, count_parts

UNIT = Path(__file__).parents[1] / "vip_care_sms/static/tests/unit"
ROWS = json.loads((UNIT / "segment_vectors.json").read_text())


def whole(row):
    return "".join(part * times for part, times in row["text"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_rows(row):
    text = whole(row)
    expected = tuple(row[key] for key in ("encoding", "units", "parts", "left"))
    assert tuple(analyse(text, row["counting"])) == expected
    assert count_parts(text, row["counting"]) == row["parts"]


def test_the_alphabet_is_the_standard_s():
    """127 characters of one septet and 10 of two; the escape itself writes nothing."""
    assert len(segments.GSM_BASIC) == 127
    assert len(segments.GSM_EXTENSION) == 10
    assert not segments.GSM_BASIC & segments.GSM_EXTENSION


@pytest.mark.parametrize("encoding, char", [("GSM-7", "["), ("UCS-2", "𠮷")])
@pytest.mark.parametrize("before", range(160))
def test_no_character_of_two_units_is_cut(encoding, char, before):
    """Cutting one by one, as a slow reader would, gives the same parts."""
    text = ("a" if encoding == "GSM-7" else "好") * before + char * 90
    found = analyse(text)
    assert found.encoding == encoding
    limit = 153 if encoding == "GSM-7" else 67
    pieces = [[]]
    for letter in text:
        size = 2 if letter == char else 1
        if sum(pieces[-1]) + size > limit:
            pieces.append([])
        pieces[-1].append(size)
    assert found.parts == len(pieces)
    assert found.left == limit - sum(pieces[-1])


def test_no_text_takes_no_part():
    assert count_parts("") == count_parts(None) == count_parts(False, "mainland") == 0
