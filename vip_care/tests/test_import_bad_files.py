import base64
import io
from pathlib import Path

import openpyxl

from odoo.tests import tagged

from ..tools import headings
from .import_common import VipImportCommon

MEMBERS = "phone,name\n13800000001,王芳\n"
# What is in the file, and words the message must hold.
BAD_FILES = [
    (b"\n\n", "empty"),
    ("phone,name\n1,Zoë\n".encode("latin-1"), "CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .xlsx"),
    (b"%PDF-1.7", "neither CSV nor XLSX"),
    (b"PK\x03\x04 broken", "damaged"),
    (b"<html><table>", "web page"),
    (b"phone,name\n1,a\0b\n", "neither CSV nor XLSX"),
    (b"name,shop\nWang,T1\n", "A column is missing"),
    (b"phone,mobile,name\n1,2,Wang\n", "Two columns mean the same: phone, mobile"),
    (b'phone,name\n1,"Wang\n', "Row 2: a quotation mark"),
    (b",".join(b"c%d" % i for i in range(200)), "more than 100 columns"),
]
# A column, a cell, and words the error must hold.
BAD_CELLS = [
    ("date", "2024-02-30", "no such day"),
    ("date", "03/04/2024", "Day and month cannot be told apart"),
    ("date", "2999-01-01", "out of range"),
    ("date", "2099-01-01", "in the future"),
    ("date", "soon", "not a date"),
    ("date", "2024-03-05 25:61", "not a time"),
    ("date", "", "date of the sale is missing"),
    ("amount", '"1.234,50"', "decimal comma is not read"),
    ("amount", '"12,50"', "decimal comma is not read"),
    ("amount", "=1+1", "holds a formula"),
    ("amount", "9" * 1_000_000, "too long to be true"),
    ("amount", "9" * 100_000, "longer than 40 characters"),
    ("amount", "9" * 30, "too big to be true"),
    ("amount", "1.005", "More than 2 decimals"),
    ("amount", "much", "not a number"),
    ("amount", "", "amount is missing"),
    ("amount", "1,50", "more cells than the headings"),
    ("phone", "1.38E+10", "digits are lost"),
    ("phone", "02112345678", "not a mobile number"),
    ("phone", "13800000001/13800000002", "more than one number"),
    ("phone", "12", "not a phone number"),
    ("phone", "", "nobody can be found"),
    ("store", "Nowhere", "no store with this code or name"),
    ("units", "two", "not a number"),
]


@tagged("post_install", "-at_install")
class TestImportBadFiles(VipImportCommon):
    def test_bad_files_end_in_a_clear_message(self):
        for content, words in BAD_FILES:
            with self.subTest(content=content[:30]):
                record = self._check(content)
                self.assertEqual(record.state, "failed")
                self.assertIn(words, record.message)
                self.assertTrue(record.message.startswith("members.csv: "))

    def test_a_missing_column_names_the_accepted_headings(self):
        message = self._check(b"name,shop\nWang,T1\n").message
        for words in ("phone", "手机号", "card", "name, shop"):
            self.assertIn(words, message)

    def test_bad_cells_end_in_a_clear_error_with_row_and_column(self):
        self._create_member(phone="13800000001")
        for column, cell, words in BAD_CELLS:
            good = {
                "phone": "13800000001",
                "date": "2024-03-05",
                "amount": "5",
                "units": "1",
                "store": "T1",
                "ticket": "X",
            }
            lines = [",".join(good), ",".join((good | {column: cell}).values())]
            with self.subTest(column=column, cell=cell[:20]):
                record = self._check(purchases="\n".join(lines))
                self.assertEqual(record.state, "checked", record.message)
                [line] = self._errors(record)
                self.assertEqual(line[:3], ["purchases.csv", "2", "Error"])
                self.assertIn(words, line[5])
                self.assertLess(len(line[4]), 70)

    def test_nothing_in_the_error_file_is_a_formula(self):
        record = self._check("phone,name,store\n13800000001,A,+cmd|' /C calc'!A0\n")
        [line] = self._errors(record)
        self.assertEqual(line[4][:2], "'+")

    def test_names_may_begin_like_formulas_but_are_not_run(self):
        record = self._check("phone,name\n13800000001,=1+1\n")
        self.assertEqual(record.state, "checked")

    def test_formulas_in_a_workbook_are_errors_of_their_cells(self):
        self._create_member(phone="13800000001")
        book = openpyxl.Workbook()
        book.active.append(["手机号", "日期", "金额"])
        book.active.append([13800000001, "2024-03-05", "=1+1"])
        file = io.BytesIO()
        book.save(file)
        record = self._check(purchases=file.getvalue(), purchase_filename="p.xlsx")
        [line] = self._errors(record)
        self.assertEqual(line[:4], ["p.xlsx", "2", "Error", "金额"])
        self.assertIn("paste it as values", line[5])

    def test_a_failed_check_can_be_repeated_with_a_better_file(self):
        record = self._check(b"\n")
        record.member_file = base64.b64encode(MEMBERS.encode())
        record.action_check()
        self.assertEqual((record.state, record.member_new), ("checked", 1))
        record.action_back()
        self.assertEqual((record.state, record.member_new), ("draft", 0))

    def test_columns_not_known_are_told(self):
        record = self._check("phone,name,星座\n13800000001,A,Leo\n")
        self.assertIn("星座", record.column_text)

    def test_every_sample_passes_the_check(self):
        folder = Path(headings.__file__).parents[1] / "static" / "import"
        for language in ("en", "zh_CN", "zh_TW"):
            with self.subTest(language=language):
                record = self._check(
                    Path(folder, f"members_{language}.csv").read_bytes(),
                    Path(folder, f"purchases_{language}.csv").read_bytes(),
                )
                self.assertEqual(record.state, "checked", record.message)
                self.assertFalse(record.problem_text)
                self.assertEqual((record.member_new, record.purchase_new), (2, 2))
                self.assertNotIn("not imported", record.column_text)
