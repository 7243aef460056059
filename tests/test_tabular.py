"""Files of members and purchases as they come from tills and spreadsheets."""

import codecs
import zipfile
from datetime import datetime

import openpyxl
import pytest

from vip_care.tools.table_errors import FileError, RowError
from vip_care.tools.tabular import Table
from vip_care.tools.values import Formula

SIMPLIFIED = (
    "手机号,姓名,门店\n13800138000,王小芳,南京西路店\n13900139000,李晓明,人民广场店\n"
)
TRADITIONAL = (
    "手機號碼,姓名,門市\n0912345678,陳怡君,信義威秀店\n0922345678,林志豪,忠孝敦化店\n"
)


@pytest.fixture
def write(tmp_path):
    def _write(content, name="file.csv", encoding="utf-8"):
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content.encode(encoding)
        path.write_bytes(data)
        return str(path)

    return _write


@pytest.fixture
def workbook(tmp_path):
    def _workbook(*rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / "book"  # Odoo keeps files without their endings
        book.save(str(path) + ".xlsx")
        return str(path.with_suffix(".xlsx").rename(path))

    return _workbook


def read(path, kind="member"):
    return list(Table(path, kind).rows())


def code_of(path, kind="member"):
    with pytest.raises(FileError) as caught:
        read(path, kind)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "encoding", "bom"),
    [
        (SIMPLIFIED, "utf-8", b""),
        (SIMPLIFIED, "utf-8", codecs.BOM_UTF8),
        (SIMPLIFIED, "utf-16-le", codecs.BOM_UTF16_LE),
        (SIMPLIFIED, "utf-16-be", codecs.BOM_UTF16_BE),
        (SIMPLIFIED, "gb18030", b""),
        (TRADITIONAL, "big5", b""),
        (TRADITIONAL, "utf-8", b""),
    ],
)
def test_encodings_are_found(write, text, encoding, bom):
    rows = read(write(bom + text.encode(encoding)))
    expected = text.splitlines()[1].split(",")
    assert rows[0] == (
        2,
        dict(zip(("phone", "name", "store"), expected, strict=True)),
    )
    assert len(rows) == 2


def test_english_headings_do_not_hide_the_encoding(write):
    text = SIMPLIFIED.replace("手机号,姓名,门店", "phone,name,store")
    assert read(write(text, encoding="gb18030"))[0][1]["name"] == "王小芳"
    text = TRADITIONAL.replace("手機號碼,姓名,門市", "phone,name,store")
    assert read(write(text, encoding="big5"))[0][1]["name"] == "陳怡君"


def test_an_encoding_that_cannot_be_told_is_refused(write):
    assert code_of(write("phone,name\n1,Zoë\n", encoding="latin-1")) == "encoding"
    assert code_of(write(b"phone,name\n1,\xff\xfe\xff\n")) == "encoding"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_are_found(write, separator):
    text = 'Phone,"Full name"\n138,"Wang, Fang"\n'
    text = text.replace(",", separator).replace(f"Wang{separator}", "Wang,")
    assert read(write(text)) == [(2, {"phone": "138", "name": "Wang, Fang"})]


def test_row_numbers_are_those_a_spreadsheet_shows(write):
    text = '\nphone,name\n\n1,"Wang\nFang"\n,,\n2,Li\n'
    assert [row for row, _cells in read(write(text))] == [4, 6]


def test_headings_match_in_any_spelling_and_unknown_ones_are_reported(write):
    table = Table(write("MOBILE NO.,* Name *,Shoe-Size,Colour\n1,2,3,4\n"), "member")
    assert table.columns == ["phone", "name", "size_shoe", None]
    assert table.ignored == ["Colour"]


def test_a_missing_column_names_what_is_accepted(write):
    with pytest.raises(FileError) as caught:
        Table(write("name,shop\nWang,S1\n"), "member")
    assert caught.value.code == "column_missing"
    assert caught.value.details["missing"] == [("phone", "card")]
    assert code_of(write("phone,name\n1,2\n"), "purchase") == "column_missing"
    assert code_of(write("phone,手机号,name\n1,2,3\n")) == "column_twice"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old_excel"),
        (b"%PDF-1.7\n", "no_table"),
        (b"\x89PNG\r\n", "no_table"),
        (b"phone,name\n1,a\0b\n", "no_table"),
        (b"<html><table><tr><td>phone</td></tr></table></html>", "html"),
        (b"PK\x03\x04nonsense", "broken_xlsx"),
        (b'phone,name\n1,"Wang\n2,Li\n', "quotes"),
    ],
)
def test_files_that_are_no_tables(write, content, code):
    assert code_of(write(content)) == code


def test_unquoted_comma_is_one_bad_row(write):
    rows = read(write("phone,name,city\n1,Wang,X\n2,Li,Y,Z\n3,Wu,Z,,\n"))
    assert rows[1][0] == 3 and rows[1][1].code == "surplus"
    assert rows[2][1]["name"] == "Wu"


def test_a_monster_row_is_one_bad_row(write):
    monster = "9" * 1_000_000
    rows = read(write(f"phone,name\n1,Wang\n{monster},Li\n3,Wu\n"))
    assert [(row, isinstance(cells, RowError)) for row, cells in rows] == [
        (2, False),
        (3, True),
        (4, False),
    ]
    rows = read(write(f'phone,name\n1,"{monster}"\n3,Wu\n'))
    assert [isinstance(cells, RowError) for _row, cells in rows] == [True, False]


def test_xlsx_gives_values_dates_and_formulas(workbook):
    path = workbook(
        ["手机号", "日期", "金额", None, None],
        [13800138000, datetime(2024, 3, 5, 14, 30), 99.5, None, "a remark"],
        [None, None, None],
        ["13900139000", "2024-03-05", "=1+1"],
        ["13900139000", "2024-03-05", "#REF!"],
    )
    rows = read(path, "purchase")
    assert [row for row, _cells in rows] == [2, 4, 5]
    assert rows[0][1] == {
        "phone": 13800138000,
        "date": datetime(2024, 3, 5, 14, 30),
        "amount": 99.5,
    }
    assert isinstance(rows[1][1]["amount"], Formula)
    assert isinstance(rows[2][1]["amount"], Formula)


def test_other_archives_are_no_workbooks(tmp_path):
    path = tmp_path / "file.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert code_of(str(path)) == "no_table"


def test_a_zip_bomb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            for _megabyte in range(160):
                part.write(b" " * 1_000_000)
    assert code_of(str(path)) == "bomb"


def test_entities_are_refused(tmp_path):
    path = tmp_path / "lol.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        )
    assert code_of(str(path)) == "broken_xlsx"
