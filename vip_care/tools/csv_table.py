"""CSV files: encoding, separator and rows."""

import codecs
import csv
import io

from .headings import match_headings
from .table_errors import FileError, RowError

BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SEPARATORS = ",;\t"
# Below csv's own limit for a cell, so that a monster line is one bad row.
MAX_LINE = 120_000
SAMPLE_BYTES = 60_000
BLOCK = 1 << 20
# A text in its own encoding consists nearly all of everyday characters.
PLAUSIBLE, CLEAR_LEAD = 0.9, 0.1


class CsvReader:
    """Rows of a CSV file."""

    surplus_is_error = True  # an unquoted comma has shifted what follows it

    def __init__(self, path, kind):
        self.path = path
        self.encoding = find_encoding(path, kind)
        self.separator = self._find_separator(kind)

    def _open(self):
        return open(self.path, encoding=self.encoding, newline="")

    def _find_separator(self, kind):
        with self._open() as file:
            line = "\n"
            while line and not line.strip():
                line = file.readline(MAX_LINE)
        if line[:4].lower() == "sep=" and line[4:5] in SEPARATORS:
            return line[4]

        def quality(separator):
            cells = next(csv.reader(io.StringIO(line), delimiter=separator), [])
            known = len(set(match_headings(kind, cells)) - {None})
            return known, len(cells)

        return max(SEPARATORS, key=quality)

    def rows(self):
        """Yield (row number, cells); a number counts rows as a spreadsheet does."""
        with self._open() as file:
            lines = _Lines(file)
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            row = 0
            while True:
                row += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    if lines.cut:
                        lines.cut = False
                        yield row, RowError("long_row")
                        continue
                    raise FileError("quotes", row=row) from error
                if lines.cut:
                    lines.cut = False
                    yield row, RowError("long_row")
                elif row == 1 and cells and cells[0][:4].lower() == "sep=":
                    continue
                else:
                    yield row, cells


class _Lines:
    """Lines of a file, none longer than MAX_LINE; `cut` tells that one was."""

    def __init__(self, file):
        self.file = file
        self.cut = False

    def __iter__(self):
        return self

    def __next__(self):
        line = self.file.readline(MAX_LINE)
        if not line:
            raise StopIteration
        if len(line) == MAX_LINE and line[-1] not in "\r\n":
            self.cut = True
            rest = line
            while rest and rest[-1] not in "\r\n":
                rest = self.file.readline(BLOCK)
            # Without quotation marks the next line is a row of its own again.
            return line[:1000].replace('"', "") + "\n"
        return line


def find_encoding(path, kind):
    """Return the codec of a text file; raise FileError if it is none or undecidable."""
    with open(path, "rb") as file:
        start = file.read(4)
    for bom, encoding in BOMS.items():
        if start.startswith(bom):
            _check_decodes(path, encoding)
            return encoding
    problem = _utf8_problem(path)
    if problem is None:
        return "utf-8"
    if problem == "nul":
        raise FileError("no_table")
    return _chinese_encoding(path, kind)


def _check_decodes(path, encoding):
    try:
        with open(path, encoding=encoding) as file:
            while block := file.read(BLOCK):
                if "\0" in block:
                    raise FileError("no_table")
    except UnicodeError as error:
        raise FileError("encoding") from error


def _utf8_problem(path):
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open(path, "rb") as file:
        try:
            while block := file.read(BLOCK):
                if b"\0" in block:
                    return "nul"
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "bytes"
    return None


def _chinese_encoding(path, kind):
    """Tell GB18030 from Big5 by what decodes, the headings and the characters used."""
    possible = [name for name in ("gb18030", "cp950") if _decodes(path, name)]
    if len(possible) == 1:
        return possible[0]
    if not possible:
        raise FileError("encoding")
    sample = _foreign_lines(path)
    known = {name: _known_headings(path, name, kind) for name in possible}
    best = max(known, key=known.get)
    if list(known.values()).count(known[best]) == 1:
        return best
    share = {name: _everyday_share(sample, name) for name in possible}
    best, other = sorted(share, key=share.get, reverse=True)
    if share[best] >= PLAUSIBLE and share[best] - share[other] >= CLEAR_LEAD:
        return best
    raise FileError("encoding")


def _decodes(path, encoding):
    try:
        with open(path, encoding=encoding, newline="") as file:
            while file.read(BLOCK):
                pass
    except UnicodeError:
        return False
    return True


def _foreign_lines(path):
    sample = b""
    with open(path, "rb") as file:
        while len(sample) < SAMPLE_BYTES and (line := file.readline(BLOCK)):
            if not line.isascii():
                sample += line
    return sample


def _known_headings(path, encoding, kind):
    with open(path, encoding=encoding, newline="") as file:
        line = file.readline(MAX_LINE)
    return max(
        len(set(match_headings(kind, line.strip().split(separator))) - {None})
        for separator in SEPARATORS
    )


def _everyday_share(sample, encoding):
    """Return which share of the characters is in the standard's first, common level."""
    text = sample.decode(encoding, errors="ignore")
    common = total = 0
    for char in text:
        code = char.encode(encoding)
        if len(code) == 1 or (len(code) == 2 and 0xA1 <= code[0] <= 0xA3):
            continue
        total += 1
        if encoding == "cp950":
            common += 0xA4 <= code[0] <= 0xC6
        else:
            common += len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
    return common / total if total else 0
