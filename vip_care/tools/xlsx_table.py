"""XLSX files: the first visible sheet, values only."""

import zipfile
from itertools import islice, zip_longest

from .table_errors import FileError
from .values import Formula

MAX_SHEET_BYTES = 2_000_000_000
MAX_OTHER_BYTES = 150_000_000
MAX_PARTS = 2_000
LAST_ROW = 1_048_576
MAX_WIDTH = 101
BLOCK = 1 << 20
ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!"}


class XlsxReader:
    """Rows of an XLSX file."""

    surplus_is_error = False  # a remark to the right of the table does no harm

    def __init__(self, path):
        self.path = path
        self.has_formulas = _scan(path)

    def rows(self):
        """Yield (row number, cells); a cell whose value is not known is a Formula."""
        try:
            width = self._width()
            values = self._sheet(width, data_only=True)
            formulas = self._sheet(width, False) if self.has_formulas else ()
            pairs = zip_longest(values, formulas, fillvalue=())
            for row, (cells, sources) in enumerate(pairs, 1):
                if row > LAST_ROW:
                    raise FileError("many_rows", count=LAST_ROW)
                yield row, _merge(cells, sources)
        except (FileError, MemoryError):
            raise
        except Exception as error:  # openpyxl fails in many ways on a broken file
            raise FileError("broken_xlsx") from error

    def _width(self):
        """Return how many cells the first row that holds something has."""
        for cells in islice(self._sheet(MAX_WIDTH, data_only=True), 1000):
            filled = [i for i, cell in enumerate(cells, 1) if cell is not None]
            if filled:
                return filled[-1]
        raise FileError("empty")

    def _sheet(self, width, data_only):
        import openpyxl  # slow to load, and needed for XLSX alone

        # A file, not its path: openpyxl refuses paths without the usual ending.
        with open(self.path, "rb") as file:
            book = openpyxl.load_workbook(
                file, read_only=True, data_only=data_only, keep_links=False
            )
            sheets = [s for s in book.worksheets if s.sheet_state == "visible"]
            if not sheets:
                raise FileError("empty")
            # Some programs write a size of the sheet that is wrong.
            sheets[0].reset_dimensions()
            yield from sheets[0].iter_rows(max_col=width, values_only=True)


def _merge(cells, sources):
    """Put Formula where a cell has no usable value, and drop empty cells at the end."""
    cells = list(cells)
    while cells and cells[-1] is None and len(cells) > len(sources):
        cells.pop()
    for i, value in enumerate(cells):
        if value is None and i < len(sources) and str(sources[i] or "")[:1] == "=":
            cells[i] = Formula(str(sources[i])[:100])
        elif isinstance(value, str) and value in ERRORS:
            cells[i] = Formula(value)
    return cells


def _scan(path):
    """Unpack everything once without keeping it; return whether there are formulas."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise FileError("no_table")
            if len(names) > MAX_PARTS:
                raise FileError("bomb")
            return _scan_parts(archive)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError("broken_xlsx") from error


def _scan_parts(archive):
    formulas, other = False, 0
    for name in archive.namelist():
        size, tail = 0, b""
        is_sheet = name.startswith("xl/worksheets/")
        with archive.open(name) as part:
            while block := part.read(BLOCK):
                size += len(block)
                if size > MAX_SHEET_BYTES or (
                    not is_sheet and other + size > MAX_OTHER_BYTES
                ):
                    raise FileError("bomb")
                window = tail + block
                if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                    raise FileError("broken_xlsx")
                formulas |= is_sheet and (b"<f>" in window or b"<f " in window)
                tail = block[-16:]
        other += 0 if is_sheet else size
    return formulas
