import json

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import InternalServerError

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request, serialize_exception

from odoo.addons.web.controllers.pivot import TableExporter


class PivotExport(TableExporter):
    """A pivot leaves as a file under the rules of any export.

    The browser sends the figures, so the file can only be refused or logged; what the
    figures are, the rules on reading have decided.
    """

    @http.route(readonly=False)
    def export_xlsx(self, data, **kw):
        is_file = isinstance(data, FileStorage)
        table = json.load(data) if is_file else json.loads(data)
        try:
            self._check_table(table or {})
        except UserError as error:
            payload = {
                "code": 0,
                "message": "Odoo Server Error",
                "data": serialize_exception(error),
            }
            raise InternalServerError(json.dumps(payload)) from error
        return super().export_xlsx(json.dumps(table), **kw)

    def _check_table(self, table):
        model = request.env.get(table.get("model"))
        if model is not None:
            rows = table.get("rows") or []
            model._vip_check_table_export(str(table.get("title")), len(rows))
