"""Reading CSV and XLSX tables as shops send them, row by row.

`Table(path, kind)` finds out what the file is, in which encoding and with which
separator, matches its headings and yields `(row number, {column: cell})`. What keeps a
whole file from being read raises FileError; what is wrong with one row comes out as
RowError in its place. Files are streamed: a million rows need no more memory than ten.
"""

import os

from . import csv_table, xlsx_table
from .headings import match_headings, missing_columns
from .table_errors import FileError, RowError

MAX_BYTES = 600_000_000
MAX_ROWS = 3_000_000
MAX_COLUMNS = 100
SIGNATURES = {
    b"\xd0\xcf\x11\xe0": "old_excel",
    b"%PDF": "no_table",
    b"\x1f\x8b": "no_table",
    b"Rar!": "no_table",
    b"7z\xbc\xaf": "no_table",
    b"\x89PNG": "no_table",
    b"\xff\xd8\xff": "no_table",
}


class Table:
    """A file of members or purchases."""

    def __init__(self, path, kind):
        self.path = path
        self.kind = kind
        self._reader = _reader(path, kind)
        self._rows = self._reader.rows()
        self.heading_row, self.headings = self._read_headings()
        self.columns = match_headings(kind, self.headings)
        self._check_columns()

    @property
    def ignored(self):
        """The headings of columns that an import does not know."""
        return [
            str(heading)
            for heading, column in zip(self.headings, self.columns, strict=True)
            if not column and str(heading).strip()
        ]

    def heading(self, column):
        """Return how the file heads a column."""
        if column in self.columns:
            return str(self.headings[self.columns.index(column)])
        return column

    def _read_headings(self):
        for row, cells in self._rows:
            if isinstance(cells, RowError):
                raise FileError("headings_unreadable", row=row)
            if any(str(cell or "").strip() for cell in cells):
                cells = [str("" if cell is None else cell)[:200] for cell in cells]
                while not cells[-1].strip():
                    cells.pop()
                if len(cells) > MAX_COLUMNS:
                    raise FileError("many_columns", count=MAX_COLUMNS)
                return row, cells
        raise FileError("empty")

    def _check_columns(self):
        known = [column for column in self.columns if column]
        for column in known:
            if known.count(column) > 1:
                twice = [
                    heading
                    for heading, name in zip(self.headings, self.columns, strict=True)
                    if name == column
                ]
                raise FileError("column_twice", headings=twice)
        missing = missing_columns(self.kind, known)
        if missing:
            raise FileError(
                "column_missing", missing=missing, found=self.headings, kind=self.kind
            )

    def rows(self, after=0):
        """Yield (row number, {column: cell} or RowError) of rows that are not empty."""
        width = len(self.columns)
        places = [(i, name) for i, name in enumerate(self.columns) if name]
        for row, cells in self._rows:
            if row > MAX_ROWS:
                raise FileError("many_rows", count=MAX_ROWS)
            if row <= after:
                continue
            if isinstance(cells, RowError):
                yield row, cells
                continue
            if len(cells) > width:
                if any(cells[width:]) and self._reader.surplus_is_error:
                    yield row, RowError("surplus", count=width)
                    continue
                cells = cells[:width]
            elif len(cells) < width:
                cells = [*cells, *[None] * (width - len(cells))]
            values = {name: cells[i] for i, name in places}
            if any(value not in (None, "") for value in values.values()):
                yield row, values


def _reader(path, kind):
    size = os.path.getsize(path)
    if not size:
        raise FileError("empty")
    if size > MAX_BYTES:
        raise FileError("too_large", size=MAX_BYTES // 1_000_000)
    with open(path, "rb") as file:
        start = file.read(4096)
    for signature, code in SIGNATURES.items():
        if start.startswith(signature):
            raise FileError(code)
    if start.startswith(b"PK"):
        return xlsx_table.XlsxReader(path)
    if start.lstrip().lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise FileError("html")
    return csv_table.CsvReader(path, kind)
