import json

from odoo.http import request

from odoo.addons.web.controllers import export

from ..models.base_export import EXPORT_MARK


def export_mark():
    """Return who exported what just now, or None if the export is nothing of ours."""
    return request.env.cr.cache.get(EXPORT_MARK)


class MarkedFormat:
    """A file with members in it says who took it out, when, and where that is logged.

    In its name, and inside where an import leaves it alone: in a column of its own at
    the end of a text file, in the properties and on a second sheet of a workbook.
    """

    def base(self, data):
        request.env.cr.cache.pop(EXPORT_MARK, None)
        params = json.loads(data)
        domain = [("id", "in", params["ids"])] if params["ids"] else params["domain"]
        # What the server will search, not what the client says of it.
        context = (params.get("context") or {}) | {"vip_export_domain": repr(domain)}
        return super().base(json.dumps(params | {"context": context}))

    def filename(self, base):
        name = super().filename(base)
        mark = export_mark()
        return f"{name} {mark['file']}" if mark else name


class CSVExport(MarkedFormat, export.CSVExport):
    def from_data(self, fields, columns_headers, rows):
        if mark := export_mark():
            columns_headers = [*columns_headers, mark["text"]]
            rows = [[*row, mark["number"]] for row in rows]
        return super().from_data(fields, columns_headers, rows)


class MarkedSheets:
    """Writes the mark as the workbook is closed."""

    def close(self):
        mark = export_mark()
        self.workbook.set_properties(
            {
                "author": mark["user"],
                "subject": mark["number"],
                "comments": mark["text"],
            }
        )
        sheet = self.workbook.add_worksheet(mark["number"])
        for place, (label, value) in enumerate(mark["lines"]):
            sheet.write_string(place, 0, label)
            sheet.write_string(place, 1, value)
        sheet.set_column(0, 1, 30)
        return super().close()


class MarkedXlsxWriter(MarkedSheets, export.ExportXlsxWriter):
    pass


class MarkedGroupXlsxWriter(MarkedSheets, export.GroupExportXlsxWriter):
    pass


class ExcelExport(MarkedFormat, export.ExcelExport):
    def from_data(self, fields, columns_headers, rows):
        if not export_mark():
            return super().from_data(fields, columns_headers, rows)
        with MarkedXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for y, row in enumerate(rows, 1):
                for x, value in enumerate(row):
                    writer.write_cell(y, x, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        if not export_mark():
            return super().from_group_data(fields, columns_headers, groups)
        with MarkedGroupXlsxWriter(fields, columns_headers, groups.count) as writer:
            y, x = 1, 0
            for group_name, group in groups.children.items():
                y, x = writer.write_group(y, x, group_name, group)
        return writer.value
