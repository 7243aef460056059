import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools.table_errors import FileError

_logger = logging.getLogger(__name__)
KINDS = ("member", "purchase")
WORKING = ("checking", "running")
# What is smaller is done at once, in the request; all else in the background.
SMALL_BYTES = 150_000
SMALL_ROWS = 2_000
# Steps in their order: each is a method that returns whether it is finished.
STEPS = {
    "checking": (
        "_step_stage_members",
        "_step_stage_purchases",
        "_step_check_members",
        "_step_check_buyers",
        "_step_check_tickets",
        "_step_report",
    ),
    "running": (
        "_step_stores",
        "_step_members",
        "_step_referrers",
        "_step_purchases",
    ),
}


class VipImport(models.Model):
    """Moving in: members and past purchases from a shop's files.

    First the check, a dry run: everything is read and judged, nothing is written but
    the report. Then the import, in batches that are committed together with how far it
    came, so that one which was killed goes on where it stopped.
    """

    _name = "vip.import"
    _description = "Import of members and purchases"
    _order = "id desc"

    name = fields.Char(
        required=True,
        default=lambda self: self.env._(
            "Import of %(day)s", day=fields.Date.context_today(self)
        ),
    )
    state = fields.Selection(
        [
            ("draft", "Files"),
            ("checking", "Being checked"),
            ("checked", "Checked"),
            ("running", "Being imported"),
            ("done", "Done"),
            ("failed", "Stopped"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users", "Imported by", readonly=True, default=lambda self: self.env.user
    )
    store_id = fields.Many2one(
        "vip.store",
        "Store of rows without one",
        check_company=True,
        default=lambda self: self._default_store(),
        help="Also decides how phone numbers and times are read where a row names no"
        " store.",
    )
    create_stores = fields.Boolean(
        "Create missing stores", help="A store not known yet is made with its code."
    )
    leave_out_errors = fields.Boolean(
        "Import the good rows and leave the others out", copy=False
    )
    member_file = fields.Binary("Members", copy=False)
    member_filename = fields.Char(copy=False)
    purchase_file = fields.Binary("Purchases", copy=False)
    purchase_filename = fields.Char(copy=False)
    in_background = fields.Boolean(readonly=True, copy=False)
    step = fields.Integer(readonly=True, copy=False)
    message = fields.Text(readonly=True, copy=False)
    date_done = fields.Datetime("Finished", readonly=True, copy=False)

    @api.model
    def _default_store(self):
        """Return the company's only store: then there is nothing to ask."""
        stores = self.env["vip.store"].search(
            [("company_id", "=", self.env.company.id)], limit=2
        )
        return stores if len(stores) == 1 else False

    def _check_may_import(self):
        if not (self.env.su or self.env.user.has_group("vip_care.group_head_office")):
            raise AccessError(
                self.env._("Only head office imports members and purchases.")
            )

    def action_check(self):
        """Read the files and say what an import would do; write nothing."""
        self.ensure_one()
        self._check_may_import()
        if self.is_half_done or (self.state in WORKING and self.in_background):
            raise UserError(self.env._("Wait until it is finished."))
        if not (self.member_file or self.purchase_file):
            raise UserError(
                self.env._("Choose a file of members, of purchases, or both.")
            )
        self._forget_check()
        self._start("checking", self._file_bytes() < SMALL_BYTES)
        return True

    def action_import(self):
        """Import what the check found good."""
        self.ensure_one()
        self._check_may_import()
        if self.state != "checked":
            raise UserError(self.env._("Check the files first."))
        if self.error_count and not self.leave_out_errors:
            raise UserError(
                self.env._(
                    "%(count)s rows have errors. Correct them and check the files"
                    " again, or choose to leave these rows out.",
                    count=self.error_count,
                )
            )
        if not self.member_new + self.member_known + self.purchase_new:
            raise UserError(self.env._("There is nothing new in these files."))
        rows = self.member_new + self.member_known + self.purchase_new
        self._start("running", rows < SMALL_ROWS)
        return True

    def action_resume(self):
        """Go on with an import that was stopped, or killed on the command line."""
        self.ensure_one()
        self._check_may_import()
        is_busy = self.state in WORKING and self.in_background
        if is_busy or not self.is_half_done:
            raise UserError(self.env._("There is nothing to go on with."))
        self._start("running", at_once=False, step=self.step)
        return True

    def action_back(self):
        """Return to the choice of files."""
        self.ensure_one()
        self._check_may_import()
        is_busy = self.state in WORKING and self.in_background
        if is_busy or self.is_half_done:
            raise UserError(
                self.env._("This import has begun: let it finish, so that it is whole.")
            )
        self._forget_check()
        return True

    def _start(self, state, at_once, step=0):
        self.write(
            {
                "state": state,
                "step": step,
                "message": False,
                "in_background": not at_once,
            }
        )
        if at_once:
            self.with_context(vip_import_at_once=True)._work()
        else:
            self.env.ref("vip_care.ir_cron_import").sudo()._trigger()

    def _work(self):
        """Do what is left until it is done or time is up; return whether it is done.

        What cannot be done is told in `message`.
        """
        self = self.sudo()  # head office has been checked; jobs act for it
        try:
            while self.state in WORKING:
                steps = STEPS[self.state]
                if getattr(self, steps[self.step])():
                    self.step += 1
                    if self.step == len(steps):
                        self._finish()
                if not self._progress():
                    return False
        except FileError as error:
            text = self._file_error_text(error)
            self._stop(f"{error.details['file']}: {text}")
        except (UserError, psycopg2.IntegrityError, psycopg2.DataError) as error:
            _logger.warning("Import %s stopped: %s", self.id, error)
            self._stop(str(error).splitlines()[0])
        self._progress()
        return True

    def _stop(self, message):
        self.write({"state": "failed", "message": message})

    def _progress(self, done=1):
        """Commit; return the seconds this job may go on. At once: no commit."""
        self.env.flush_all()
        if self.env.context.get("vip_import_at_once"):
            return float("inf")
        left = max(self.rows_left, 1 if self.state in WORKING else 0)
        return self.env["ir.cron"]._commit_progress(done, remaining=left)

    def _forget_check(self):
        self._clear_rows()
        self.write(
            {"state": "draft", "step": 0, "message": False} | self._zero_counts()
        )

    def _clear_rows(self):
        self.env.cr.execute(
            SQL("DELETE FROM vip_import_row WHERE import_id = ANY(%s)", self.ids)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_rows(self):
        if any(record.state == "running" or record.is_half_done for record in self):
            raise UserError(
                self.env._("This import has begun: let it finish, so that it is whole.")
            )
        self._clear_rows()
