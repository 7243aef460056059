import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

BATCH = 100


class VipTransfer(models.Model):
    """Silence escalates: what nobody decides in time goes to the level above."""

    _inherit = "vip.transfer"

    @api.model
    def _cron_escalate(self):
        overdue = self._overdue_domain(fields.Datetime.now())
        cursor, seconds = 0, 1
        while seconds:
            domain = overdue & fields.Domain("id", ">", cursor)
            batch = self.search(domain, order="id", limit=BATCH)
            if not batch:
                break
            cursor = batch[-1].id
            # Who is deciding one at this moment is not silent.
            batch.try_lock_for_update()._process_escalation()
            seconds = self.env["ir.cron"]._commit_progress(
                len(batch), remaining=self.search_count(domain) - len(batch)
            )

    def _overdue_domain(self, now):
        """Return the domain of what waited longer than its company allows."""
        companies = self.env["res.company"].search([("vip_transfer_days", ">", 0)])
        by_days = companies.grouped("vip_transfer_days")
        late = fields.Domain.OR(
            fields.Domain("company_id", "in", some.ids)
            & fields.Domain(
                "waiting_since", "<=", fields.Datetime.subtract(now, days=days)
            )
            for days, some in by_days.items()
        )
        return (
            fields.Domain("state", "in", ("submitted", "store_approved"))
            & fields.Domain("level", "in", ("store", "region"))
            & late
        )

    def _process_escalation(self):
        """Pass each on to the level above; one that fails harms only itself."""
        for transfer in self:
            try:
                with self.env.cr.savepoint():
                    transfer._escalate()
            except Exception:
                _logger.exception("Transfer %s could not be passed on", transfer.id)

    def _escalate(self):
        above = "region" if self.level == "store" else "head_office"
        level = self._level_from(above)
        self._wait_at(self.state, level, escalated_to=level)
