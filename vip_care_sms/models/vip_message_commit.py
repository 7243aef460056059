import random
import time

import psycopg2

from odoo import models
from odoo.tools import SQL

from odoo.addons.vip_care.models.fence import REPEATED

TRIES = 20


class VipMessage(models.Model):
    """Short transactions, repeated where another was first."""

    _inherit = "vip.message"

    # What another transaction causes, also another gateway writing to the same number.
    _REPEATED = (*REPEATED, psycopg2.errors.UniqueViolation)

    def _committing(self, work, done=0, left=None):
        """Do `work` and commit; return what it returns. Repeat after a conflict.

        Whatever was uncommitted before belongs to it: call it at the beginning of a
        transaction.
        """
        for tries in range(1, TRIES + 1):
            try:
                result = work()
                self._commit(done, left)
                return result
            except self._REPEATED:
                # Within a larger transaction it is not ours to roll back.
                if tries == TRIES or self.env.context.get("vip_no_commit"):
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                time.sleep(random.uniform(0, min(1, 0.02 * 2**tries)))  # noqa: S311
        return None

    def _commit(self, done=0, left=None):
        """Commit; return the seconds a job may go on."""
        self.env.flush_all()
        if self.env.context.get("vip_no_commit"):
            return float("inf")
        return self.env["ir.cron"]._commit_progress(done, remaining=left)

    def _lock_rows(self):
        """Wait for whoever writes these messages now, in one order for all."""
        if self:
            self.flush_recordset()
            query = SQL(
                "SELECT FROM vip_message WHERE id = ANY(%s) ORDER BY id"
                " FOR NO KEY UPDATE",
                self.ids,
            )
            # Nothing went wrong when somebody else was first.
            self.env.cr.execute(query, log_exceptions=False)
