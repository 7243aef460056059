import base64
import logging
import os
import tempfile
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from .vip_import import WORKING

_logger = logging.getLogger(__name__)
KEEP_DAYS = 30


class VipImport(models.Model):
    """Imports without a screen: in the background and from the command line."""

    _inherit = "vip.import"

    @api.model
    def _cron_import(self):
        """Go on with the imports that wait or were interrupted, oldest first."""
        waiting = self.search(
            [("state", "in", WORKING), ("in_background", "=", True)], order="id"
        )
        for record in waiting:
            record = record.with_context(lang=record.user_id.lang)
            try:
                if not record._work():
                    return
            except psycopg2.OperationalError:
                raise  # Odoo runs the job again
            except Exception as error:
                _logger.exception("Import %s failed", record.id)
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                record._stop(str(error)[:500])
                record._progress()

    @api.autovacuum
    def _gc_imports(self):
        """Members' data leaves the files and the staging table in time."""
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        old = self.search(
            [
                ("write_date", "<", limit),
                ("state", "not in", WORKING),
                "|",
                ("member_file", "!=", False),
                ("purchase_file", "!=", False),
            ]
        ).filtered(lambda record: not record.is_half_done)
        old._clear_rows()
        old.write({"member_file": False, "purchase_file": False, "error_file": False})

    @api.model
    def _load_files(
        self,
        members_path,
        purchases_path,
        dry_run=False,
        create_stores=False,
        skip_errors=False,
    ):
        """Check two files of this machine and import them; return what became of them.

        Either path may be empty. With errors nothing is imported, unless `skip_errors`
        leaves the bad rows out. For the command line: no file is copied into Odoo.
        """
        start = fields.Datetime.now()
        paths = {"member": members_path, "purchase": purchases_path}
        paths = {kind: os.fspath(path) for kind, path in paths.items() if path}
        record = self.with_context(vip_import_paths=paths).create(
            {
                "create_stores": create_stores,
                **{
                    f"{k}_filename": os.path.basename(path) for k, path in paths.items()
                },
            }
        )
        record.state = "checking"
        record._work()
        if record.state == "checked" and not dry_run:
            if not record.error_count or skip_errors:
                record.write({"state": "running", "leave_out_errors": skip_errors})
                record._work()
        if record.state == "failed":
            raise UserError(record.message)
        return record._load_result(start)

    def _load_result(self, start):
        made = self.state == "done"
        result = {
            f"{kind}s": {
                "read": self[f"{kind}_read"],
                "new": self[f"{kind}_done" if made else f"{kind}_new"],
                "known": self[f"{kind}_known"],
                "errors": self[f"{kind}_errors"],
            }
            for kind in ("member", "purchase")
        }
        result["purchases"]["lines"] = self.purchase_lines
        result["imported"] = made
        result["errors"] = self._save_error_file()
        result["seconds"] = (fields.Datetime.now() - start).total_seconds()
        if not made:
            self._clear_rows()
        return result

    def _save_error_file(self):
        """Save the report beside the command that asked for it; return its path."""
        if not self.error_file:
            return None
        handle, path = tempfile.mkstemp(f"-import-{self.id}-errors.csv", "vip-care-")
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64decode(self.error_file))
        return path
