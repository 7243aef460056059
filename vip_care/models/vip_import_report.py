import base64
import csv
import io

from odoo import fields, models
from odoo.tools import SQL

from ..tools.headings import some_headings
from ..tools.values import safe_cell

REPORT_ROWS = 100_000
PREVIEW_ROWS = 15


class VipImport(models.Model):
    """What the shop gets to read: columns, errors by row, and a file of them."""

    _inherit = "vip.import"

    column_text = fields.Text("Columns", readonly=True, copy=False)
    problem_text = fields.Text("First errors", readonly=True, copy=False)
    error_file = fields.Binary("All errors", readonly=True, copy=False)
    error_filename = fields.Char(compute="_compute_error_filename")
    headings = fields.Json(readonly=True, copy=False)

    def _compute_error_filename(self):
        for record in self:
            record.error_filename = self.env._("errors-%(id)s.csv", id=record.id)

    def _file_name(self, kind):
        labels = {
            "member": self.env._("Members"),
            "purchase": self.env._("Purchases"),
        }
        return self[f"{kind}_filename"] or labels[kind]

    def _note_columns(self, table):
        """Keep how the file heads its columns, and which are not used."""
        used = [str(h) for h, c in zip(table.headings, table.columns, strict=True) if c]
        lines = [
            self.env._(
                "%(file)s: %(columns)s.",
                file=self._file_name(table.kind),
                columns=", ".join(used),
            )
        ]
        if table.ignored:
            lines.append(
                self.env._(
                    "Columns that are not imported: %(columns)s.",
                    columns=", ".join(table.ignored),
                )
            )
        headings = {column: table.heading(column) for column in table.columns if column}
        text = "\n".join(lines)
        if text not in (self.column_text or ""):
            self.column_text = "\n".join(filter(None, [self.column_text, text]))
        self.headings = (self.headings or {}) | {table.kind: headings}

    def _write_report(self):
        """Write the file of errors and remarks, and the first of them."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT kind, row, problems FROM vip_import_row
                 WHERE import_id = %s AND problems IS NOT NULL
                 ORDER BY kind, state <> 'bad', row LIMIT %s
                """,
                self.id,
                REPORT_ROWS,
            )
        )
        lines = list(self._report_lines(rows))
        self.write(
            {
                "problem_text": self._preview(lines),
                "error_file": base64.b64encode(self._report_csv(lines))
                if lines
                else False,
            }
        )

    def _report_lines(self, rows):
        """Yield (file, row, error or remark, column, value, what is wrong)."""
        texts = self._problem_texts()
        error, remark = self.env._("Error"), self.env._("Remark")
        for kind, number, problems in rows:
            for problem in problems:
                column = problem["column"]
                yield (
                    self._file_name(kind),
                    number,
                    remark if problem.get("note") else error,
                    ((self.headings or {}).get(kind) or {}).get(column, column),
                    problem.get("value", ""),
                    texts[problem["code"]].replace(
                        "{detail}", str(problem.get("detail", ""))
                    ),
                )

    def _preview(self, lines):
        return "\n".join(
            self.env._(
                "%(file)s, row %(row)s, %(column)s “%(value)s”: %(text)s",
                file=file,
                row=number,
                column=column,
                value=value,
                text=text,
            )
            for file, number, _kind, column, value, text in lines[:PREVIEW_ROWS]
        )

    def _report_csv(self, lines):
        """Return CSV that Excel opens in the right encoding and runs nothing of."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(
            [
                self.env._("File"),
                self.env._("Row"),
                self.env._("Kind"),
                self.env._("Column"),
                self.env._("Value"),
                self.env._("What to do"),
            ]
        )
        writer.writerows([safe_cell(cell) for cell in line] for line in lines)
        return file.getvalue().encode("utf-8-sig")

    def _accepted(self, kind, columns):
        """Return what the headings of any of `columns` may be, some in each script."""
        return " / ".join(", ".join(some_headings(kind, column)) for column in columns)
