import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

BATCH = 200
LOG = {"readonly": True, "copy": False}


class VipFeedback(models.Model):
    """When the next step is due, and who is told when it is not taken in time."""

    _inherit = "vip.feedback"

    deadline = fields.Datetime(
        "Next step until", compute="_compute_deadline", store=True, copy=False
    )
    # After double the time.
    region_deadline = fields.Datetime(
        "Passed on to the region", compute="_compute_deadline", store=True
    )
    is_escalated = fields.Boolean("With the store manager", **LOG)
    escalated_at = fields.Datetime("Store manager told", **LOG)
    region_told_at = fields.Datetime("Regional manager told", **LOG)

    # The hourly job asks who is late.
    _deadline_idx = models.Index("(deadline) WHERE is_open")

    # Not of the company's settings: what was promised once stands.
    @api.depends("kind", "state", "date", "resolved_at")
    def _compute_deadline(self):
        for feedback in self:
            start, time = feedback._time_allowed()
            feedback.deadline = time and start + time
            feedback.region_deadline = time and start + 2 * time

    def _time_allowed(self):
        """Return since when the next step is awaited and how long it may take."""
        company = self.company_id.sudo()
        days = timedelta(days=company.vip_complaint_days)
        if not self.is_open:
            return self.date, None
        if self.state == "resolved":
            return self.resolved_at, days
        if self.kind == "complaint" and self.state == "open":
            return self.date, timedelta(hours=company.vip_complaint_hours)
        return self.date, days

    def _tell_handlers(self):
        """Tell who handles these, unless she wrote them down herself."""
        for feedback in self.filtered("is_open"):
            users = feedback.owner_id.user_id or feedback.store_id.manager_ids
            users = users.filtered("active") - self.env.user
            if users:
                feedback._tell(users, feedback.env._("A member told us something"))

    @api.model
    def _cron_escalate(self):
        """Tell the managers what is late, and let open work follow its members."""
        self.env["res.partner"]._vip_follow_work()
        now = fields.Datetime.now()
        for level, domain in enumerate(self._late_domains(now)):
            self._escalate_all(level, domain)

    def _late_domains(self, now):
        """Return what is to be told to the first and to the second above, at `now`."""
        late = fields.Domain("is_open", "=", True) & fields.Domain(
            "deadline", "<=", now
        )
        return [
            late & fields.Domain("is_escalated", "=", False),
            late
            & fields.Domain("is_escalated", "=", True)
            & fields.Domain("region_deadline", "<=", now)
            & fields.Domain("region_told_at", "=", False),
        ]

    def _escalate_all(self, level, domain):
        cursor, seconds = 0, 1
        while seconds:
            rest = domain & fields.Domain("id", ">", cursor)
            batch = self.search(rest, order="id", limit=BATCH)
            if not batch:
                break
            cursor = batch[-1].id
            # Whose next step is taken at this moment is not late.
            batch.try_lock_for_update()._process_escalation(level)
            seconds = self.env["ir.cron"]._commit_progress(
                len(batch), remaining=self.search_count(rest) - len(batch)
            )

    def _process_escalation(self, level):
        """Tell a store's managers together; a store that fails harms only itself."""
        now = fields.Datetime.now()
        for store, late in self.grouped("store_id").items():
            try:
                with self.env.cr.savepoint():
                    if level:
                        late.region_told_at = now
                    else:
                        late.write({"is_escalated": True, "escalated_at": now})
                    late._tell(
                        late._managers_above(level),
                        self.env._("Members are waiting for an answer"),
                    )
            except Exception:
                _logger.exception("What waits at store %s is not told", store.id)

    def _managers_above(self, level):
        """Return who is told: the managers of the store, the region, head office.

        Where an office is vacant the next one is the first; nobody comes twice.
        """
        store = self.store_id
        head_office = self.env.ref("vip_care.group_head_office").sudo().all_user_ids
        ladder = []
        for users in (store.manager_ids, store.region_id.manager_ids, head_office):
            users = users.filtered(lambda u: u.active and not u.share)
            users -= self.env["res.users"].union(*ladder)
            if users:
                ladder.append(users)
        return ladder[level] if level < len(ladder) else self.env["res.users"]

    def _tell(self, users, subject):
        """Send each of `users` one message: what kind, never what she said."""
        for user in users:
            voices = self.with_context(lang=user.lang or "en_US")
            items = Markup().join(
                Markup('<li><a href="/odoo/members-voice/%s">%s</a></li>')
                % (voice.id, voice._subject_text())
                for voice in voices
            )
            voices.env["mail.thread"].sudo().message_notify(  # it is the system
                partner_ids=user.partner_id.ids,
                subject=subject,
                body=Markup("<ul>%s</ul>") % items,
                author_id=self.env.ref("base.partner_root").id,
            )

    def _subject_text(self):
        """Return "Complaint: Quality" in the reader's language."""
        words = [
            dict(self._fields[name]._description_selection(self.env)).get(self[name])
            for name in ("kind", "subject")
        ]
        return self.env._("%(kind)s: %(subject)s", kind=words[0], subject=words[1])
