from odoo import api, fields, models
from odoo.tools import SQL

COUNTS = (
    "member_read",
    "member_new",
    "member_known",
    "member_errors",
    "member_done",
    "purchase_read",
    "purchase_new",
    "purchase_known",
    "purchase_lines",
    "purchase_errors",
    "purchase_done",
    "note_count",
    "member_staged",
    "purchase_staged",
    "member_cursor",
    "purchase_cursor",
)


class VipImport(models.Model):
    """How far an import is: its counts and the steps of `_work`."""

    _inherit = "vip.import"

    member_read = fields.Integer("Rows of members", readonly=True, copy=False)
    member_new = fields.Integer("New members", readonly=True, copy=False)
    member_known = fields.Integer("Members there already", readonly=True, copy=False)
    member_errors = fields.Integer("Members with errors", readonly=True, copy=False)
    member_done = fields.Integer("Members made", readonly=True, copy=False)
    purchase_read = fields.Integer("Rows of purchases", readonly=True, copy=False)
    purchase_new = fields.Integer("New tickets", readonly=True, copy=False)
    purchase_known = fields.Integer("Tickets there already", readonly=True, copy=False)
    purchase_lines = fields.Integer(
        "Rows added up",
        readonly=True,
        copy=False,
        help="Further rows of a ticket that the file spreads over several rows.",
    )
    purchase_errors = fields.Integer("Purchases with errors", readonly=True, copy=False)
    purchase_done = fields.Integer("Tickets made", readonly=True, copy=False)
    amount_new = fields.Monetary("Net amount", readonly=True, copy=False)
    currency_id = fields.Many2one(related="company_id.currency_id")
    note_count = fields.Integer("Remarks", readonly=True, copy=False)
    error_count = fields.Integer(compute="_compute_error_count")
    progress = fields.Float(compute="_compute_progress")
    rows_left = fields.Integer(compute="_compute_progress")
    is_half_done = fields.Boolean(compute="_compute_progress")
    checked_on = fields.Datetime("Checked", readonly=True, copy=False)
    member_staged = fields.Integer(readonly=True, copy=False)
    purchase_staged = fields.Integer(readonly=True, copy=False)
    member_cursor = fields.Integer(readonly=True, copy=False)
    purchase_cursor = fields.Integer(readonly=True, copy=False)

    @api.depends("member_errors", "purchase_errors")
    def _compute_error_count(self):
        for record in self:
            record.error_count = record.member_errors + record.purchase_errors

    @api.depends("state", "step", *COUNTS)
    def _compute_progress(self):
        """Rows done among all rows; a file's last row number stands for its end."""
        for record in self:
            total = record.member_read + record.purchase_read
            done = record.member_cursor + record.purchase_cursor
            if record.state == "done":
                done = total
            record.rows_left = max(0, total - done)
            record.progress = min(100, 100 * done / total) if total else 0
            begun = record.step or record.member_cursor or record.purchase_cursor
            record.is_half_done = bool(
                record.state == "running"
                or (record.state == "failed" and begun and record.checked_on)
            )

    # Between these ids lies what the import made, for the links of the form.
    first_partner_id = fields.Integer(readonly=True, copy=False)
    last_partner_id = fields.Integer(readonly=True, copy=False)
    first_purchase_id = fields.Integer(readonly=True, copy=False)
    last_purchase_id = fields.Integer(readonly=True, copy=False)

    def _zero_counts(self):
        return dict.fromkeys(COUNTS, 0) | {
            "amount_new": 0,
            "checked_on": False,
            "column_text": False,
            "problem_text": False,
            "error_file": False,
        }

    def _attachment(self, kind):
        return (
            self.env["ir.attachment"]
            .sudo()  # a file of this import, whoever's job reads it
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", f"{kind}_file"),
                    ("res_id", "=", self.id),
                ],
                limit=1,
            )
        )

    def _file_bytes(self):
        self.env.flush_all()
        return sum(self._attachment(kind).file_size for kind in ("member", "purchase"))

    def _has_file(self, kind):
        paths = self.env.context.get("vip_import_paths")
        return kind in paths if paths else bool(self._attachment(kind))

    def _step_stage_members(self):
        return not self._has_file("member") or self._stage("member")

    def _step_stage_purchases(self):
        return not self._has_file("purchase") or self._stage("purchase")

    def _step_check_members(self):
        self._check_members()
        return True

    def _step_check_buyers(self):
        self._match_purchases()
        return True

    def _step_check_tickets(self):
        self._check_tickets()
        return True

    def _step_report(self):
        self._count_rows()
        self._write_report()
        return True

    def _step_stores(self):
        with self.env.cr.savepoint():
            self._create_stores()
        self._note_ids("first")
        return True

    def _note_ids(self, edge):
        for name in ("partner", "purchase"):
            model = "res.partner" if name == "partner" else "vip.purchase"
            last = self.env[model].with_context(active_test=False)
            self[f"{edge}_{name}_id"] = last.search([], order="id desc", limit=1).id

    def _step_members(self):
        return not self._import_members()

    def _step_referrers(self):
        with self.env.cr.savepoint():
            self._link_referrers()
            self._flag_lost_buyers()
        return True

    def _step_purchases(self):
        with self.env.cr.savepoint():
            return not self._import_purchases()

    def _finish(self):
        """Close the check or the import."""
        if self.state == "checking":
            self.write(
                {"state": "checked", "step": 0, "checked_on": fields.Datetime.now()}
            )
            return
        self._count_errors()
        self._write_report()
        self._clear_rows()
        self._note_ids("last")
        self.write({"state": "done", "step": 0, "date_done": fields.Datetime.now()})
        self.env.ref("vip_care.ir_cron_collect_and_review").sudo()._trigger()

    def _count_rows(self):
        """Count what the check found, by SQL because there may be a million rows."""
        [counts] = self.env.execute_query_dict(
            SQL(
                """
                SELECT count(*) FILTER (WHERE %(members)s AND p.id IS NULL)
                           AS member_new,
                       count(*) FILTER (WHERE %(members)s AND p.id IS NOT NULL)
                           AS member_known,
                       count(*) FILTER (WHERE %(purchases)s) AS purchase_new,
                       count(*) FILTER (WHERE r.state = 'skip') AS purchase_known,
                       count(*) FILTER (WHERE r.state = 'line') AS purchase_lines,
                       COALESCE(sum(r.amount) FILTER (WHERE %(purchases)s), 0)
                           AS amount_new
                  FROM vip_import_row r
                  LEFT JOIN res_partner p ON p.id = r.partner_id AND p.is_vip_member
                 WHERE r.import_id = %(id)s
                """,
                members=self._rows("member"),
                purchases=self._rows("purchase"),
                id=self.id,
            )
        )
        self.write(counts)
        self._count_errors()

    def _count_errors(self):
        [counts] = self.env.execute_query_dict(
            SQL(
                """
                SELECT count(*) FILTER (WHERE state = 'bad' AND kind = 'member')
                           AS member_errors,
                       count(*) FILTER (WHERE state = 'bad' AND kind = 'purchase')
                           AS purchase_errors,
                       count(*) FILTER (WHERE state <> 'bad' AND problems IS NOT NULL)
                           AS note_count
                  FROM vip_import_row WHERE import_id = %s
                """,
                self.id,
            )
        )
        self.write(counts)
