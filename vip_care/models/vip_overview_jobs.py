from datetime import timedelta

from odoo import api, fields, models

# Some run every few minutes, care is planned hourly: so long without success is a sign
# of trouble.
STALE = {
    "collect": timedelta(hours=1),
    "review": timedelta(hours=1),
    "care": timedelta(hours=3),
}


class VipOverview(models.AbstractModel):
    _inherit = "vip.overview"

    @api.model
    def _get_jobs(self):
        return [self._describe_job(job) for job in STALE]

    @api.model
    def _describe_job(self, job):
        """Return the last run of a job, its last success and whether all is well."""
        runs = self.env["vip.job.run"]
        domain = [
            ("job", "=", job),
            ("company_id", "in", [False, self.env.company.id]),
        ]
        last = runs.search(domain, limit=1)
        done = last
        if last.state != "done":
            done = runs.search(domain + [("state", "=", "done")], limit=1)
        now = fields.Datetime.now()
        # A run with nothing to do takes over the record of the one before: while it
        # runs, its start counts.
        sign_of_life = last.date_start if last.state == "running" else done.date_end
        is_stale = not sign_of_life or now - sign_of_life > STALE[job]
        labels = dict(runs._fields["job"]._description_selection(self.env))
        return {
            "id": last.id,
            "job": job,
            "name": labels[job],
            "state": last.state or "never",
            "date_start": fields.Datetime.to_string(last.date_start) or False,
            "date_end": fields.Datetime.to_string(last.date_end) or False,
            "done": last.done,
            "left": last.left,
            "error_count": last.error_count,
            "error_text": (last.error_text or "").strip().split("\n")[0],
            "last_success": fields.Datetime.to_string(done.date_end) or False,
            "is_stale": is_stale,
        }
