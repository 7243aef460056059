import contextlib
import io
import json
import os
import tempfile
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools import SQL

from ..tools.import_lookup import Lookup, Row, Store
from ..tools.import_rows import RowParser, plain
from ..tools.table_errors import FileError, RowError
from ..tools.tabular import Table

STAGE_BATCH = 20_000
COLUMNS = (
    "import_id",
    "kind",
    "row",
    "state",
    "phone_key",
    "card",
    "store_id",
    "store_code",
    "owner_id",
    "ticket",
    "ticket_hash",
    "date",
    "local_date",
    "amount",
    "margin",
    "units",
    "points_earned",
    "points_spent",
    "receiver_id",
    "data",
    "problems",
)
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class VipImport(models.Model):
    """Staging: the files' rows, read and judged one by one, enter the staging table."""

    _inherit = "vip.import"

    def _stage(self, kind):
        """Stage the rows of a file that are not staged yet; return False if some are
        left because time is up.

        Commits after each batch; a stage that was killed goes on after the last row it
        committed.
        """
        with self._file_path(kind) as path:
            try:
                return self._stage_table(Table(path, kind))
            except FileError as error:
                error.details["file"] = self._file_name(kind)
                raise

    def _stage_table(self, table):
        kind = table.kind
        self._note_columns(table)
        parser = RowParser(self._lookup())
        batch = []
        for number, cells in table.rows(after=self[f"{kind}_staged"]):
            batch.append(self._parse_row(parser, kind, number, cells))
            if len(batch) == STAGE_BATCH:
                self._copy_rows(kind, batch)
                if not self._progress(len(batch)):
                    return False
                batch = []
        self._copy_rows(kind, batch)
        return True

    def _parse_row(self, parser, kind, number, cells):
        if isinstance(cells, RowError):
            row = Row(kind=kind, row=number)
            row.add_problem("", "", cells.code, cells.details.get("count"))
            return row
        return parser.parse(kind, number, cells)

    def _copy_rows(self, kind, rows):
        if not rows:
            return
        lines = io.StringIO("".join(self._copy_line(row) for row in rows))
        self.env.cr.copy_expert(
            f"COPY vip_import_row ({', '.join(COLUMNS)}) FROM STDIN", lines
        )
        self.write(
            {
                f"{kind}_staged": rows[-1]["row"],
                f"{kind}_read": self[f"{kind}_read"] + len(rows),
            }
        )

    def _copy_line(self, row):
        store = row.pop("store", None)
        data = {name: row[name] for name in ("vals", "referrer") if row.get(name)}
        if data.get("vals") and row.get("phone"):
            data["vals"]["phone"] = row["phone"]
        row.update(
            import_id=self.id,
            state="bad" if row.is_bad else "new",
            store_id=store and store.id,
            store_code=store and not store.id and store.code or None,
            data=json.dumps(data) if data else None,
            problems=json.dumps(row.problems) if row.problems else None,
        )
        cells = []
        for name in COLUMNS:
            value = row.get(name)
            if value is None:
                cells.append("\\N")
            elif isinstance(value, str):
                cells.append(value.translate(ESCAPES))
            else:
                cells.append(plain(value))
        return "\t".join(cells) + "\n"

    @contextlib.contextmanager
    def _file_path(self, kind):
        """Give the path of a file, wherever Odoo keeps its attachments."""
        path = self.env.context.get("vip_import_paths", {}).get(kind)
        if path:
            yield path
            return
        attachment = self._attachment(kind)
        if attachment.store_fname:
            stored = attachment._full_path(attachment.store_fname)
            if os.path.exists(stored):
                yield stored
                return
        with tempfile.NamedTemporaryFile() as file:
            file.write(attachment.raw or b"")
            file.flush()
            yield file.name

    def _lookup(self):
        """Return everything rows may name, for the parser."""
        # sudo: a code of another company's store is told apart from a mistake
        stores = self.env["vip.store"].sudo().with_context(active_test=False)
        own = stores.search([("company_id", "=", self.company_id.id)])
        foreign = stores.search([("company_id", "!=", self.company_id.id)])
        known = {store.id: self._store_of(store) for store in own}
        by_text = {store.code.lower(): known[store.id] for store in own}
        for store_id, name in self._query_names("vip_store"):
            by_text.setdefault(name, known[store_id])
        employees, gone = self._employees_by_name()
        return Lookup(
            home=self._store_of(self.store_id),
            now=fields.Datetime.now(),
            places=self.company_id.currency_id.decimal_places,
            create_stores=self.create_stores,
            stores=by_text,
            foreign_stores={store.code.lower() for store in foreign},
            employees=employees,
            gone=gone,
            tiers={name: id_ for id_, name in self._query_names("vip_tier")},
        )

    def _query_names(self, table):
        """Return (id, name in lower case) in every language a name is kept in.

        SQL: the ORM reads one language at a time.
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT t.id, lower(trim(name.value))
                  FROM %s t CROSS JOIN LATERAL jsonb_each_text(t.name) name
                 WHERE t.company_id = %s AND name.key NOT LIKE '\\_%%'
                 ORDER BY t.id
                """,
                SQL.identifier(table),
                self.company_id.id,
            )
        )

    def _store_of(self, store):
        country = store.country_id or self.company_id.country_id
        return Store(
            store.id or None,
            store.code or "",
            country.code or "CN",
            ZoneInfo(store.tz or store.with_company(self.company_id)._default_tz()),
        )

    def _employees_by_name(self):
        """Return employees by badge, by name and by (store, name), and who has left.

        Who left may have served a sale, but stands behind a colleague of her name.
        """
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        employees = employees.search(
            [("company_id", "=", self.company_id.id)], order="active desc, id"
        )
        found = {}
        for employee in employees:
            name = employee.name.strip().lower()
            keys = [name, (employee.vip_store_id.id, name)]
            if employee.barcode:
                keys.append(employee.barcode.strip().lower())
            for key in keys:
                others = found.setdefault(key, [])
                if employee.active or not others:
                    others.append(employee.id)
        return found, set(employees.filtered(lambda e: not e.active).ids)
