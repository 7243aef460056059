from datetime import timedelta

from odoo import api, fields, models

KEEP_DAYS = 90


class VipJobRun(models.Model):
    """What the background jobs did: start, end, done, left and errors."""

    _name = "vip.job.run"
    _description = "Job run"
    _order = "date_start desc, id desc"
    _rec_name = "job"

    job = fields.Selection(
        [
            ("collect", "Tickets collected"),
            ("review", "Standing reviewed"),
            ("profile", "Profiles scored"),
            ("care", "Care planned"),
            ("dormancy", "Dormancy reviews made"),
        ],
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one("res.company", readonly=True)
    on_date = fields.Date("Day", readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("interrupted", "Interrupted")],
        required=True,
        readonly=True,
        default="running",
    )
    date_start = fields.Datetime(
        "Start", required=True, readonly=True, default=fields.Datetime.now
    )
    date_end = fields.Datetime("End", readonly=True)
    cursor = fields.Integer(readonly=True, aggregator=None)
    done = fields.Integer(readonly=True, aggregator="sum")
    left = fields.Integer(readonly=True, aggregator="sum")
    error_count = fields.Integer("Errors", readonly=True, aggregator="sum")
    error_text = fields.Text("What went wrong", readonly=True)

    _job_idx = models.Index("(job, date_start)")

    @api.model
    def _start(self, job, company=None, on_date=None):
        """Begin the record of a run; runs of this job still open were interrupted.

        A run that follows one with nothing to do takes over its record, so that a job
        which looks for work every few minutes does not fill the table.
        """
        runs = self.sudo()  # jobs keep their own diary
        company_id = company.id if company else False
        domain = [("job", "=", job), ("company_id", "=", company_id)]
        runs.search(domain + [("state", "=", "running")]).state = "interrupted"
        vals = {
            "job": job,
            "company_id": company_id,
            "on_date": on_date,
            "state": "running",
            "date_end": False,
            # The transaction's own time: what it can see was committed before.
            "date_start": self.env.cr.now(),
        }
        last = runs.search(domain, limit=1)
        idle = last.state == "done" and not last.done and not last.error_count
        if idle and last.on_date == (on_date or False):
            last.write(vals)
            return last
        return runs.create(vals)

    def _last_watermark(self):
        """Return when the last finished run of this job began, or False."""
        return (
            self.search(
                [
                    ("job", "=", self.job),
                    ("company_id", "=", self.company_id.id),
                    ("state", "=", "done"),
                    ("id", "!=", self.id),
                ],
                limit=1,
            ).date_start
            or False
        )

    def _progress(self, done, left=0):
        """Note progress and commit; return the seconds this job may go on."""
        self.write({"done": self.done + done, "left": left})
        self.env.flush_all()
        return self._commit(done, left)

    def _add_error(self, text):
        self.write(
            {
                "error_count": self.error_count + 1,
                "error_text": f"{self.error_text or ''}{text}\n"[:20_000],
            }
        )

    def _finish(self, left=0):
        """Close the run; with work left it ends interrupted and the next goes on."""
        self.write(
            {
                "state": "interrupted" if left else "done",
                "left": left,
                "date_end": fields.Datetime.now(),
            }
        )
        self.env.flush_all()
        self._commit(0, left)

    def _commit(self, done, left):
        """Commit, unless the job is a part of something larger.

        With `vip_no_commit` in the context the caller's transaction goes on, as while
        a module is installed; the job then has all the time it needs.
        """
        if self.env.context.get("vip_no_commit"):
            return float("inf")
        return self.env["ir.cron"]._commit_progress(done, remaining=left)

    @api.autovacuum
    def _gc_runs(self):
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        old = self.search([("date_start", "<", limit)], limit=1000)
        old.unlink()
        return len(old), len(old) == 1000
