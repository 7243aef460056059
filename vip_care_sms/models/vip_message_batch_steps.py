from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .vip_message import QUEUED

HEAD_OFFICE = "vip_care.group_head_office"


class VipMessageBatch(models.Model):
    """Many messages of one rule wait until head office lets them go."""

    _inherit = "vip.message.batch"

    message_ids = fields.One2many("vip.message", "batch_id", "Messages")
    message_count = fields.Integer(compute="_compute_totals")
    parts = fields.Integer(compute="_compute_totals")
    cost = fields.Monetary(compute="_compute_totals")
    currency_id = fields.Many2one(related="company_id.currency_id")

    @api.depends("message_ids.parts", "message_ids.cost", "message_ids.state")
    def _compute_totals(self):
        # sudo: numbers of all members, also for who may read only some of them
        groups = (
            self.env["vip.message"]
            .sudo()
            ._read_group(
                [("batch_id", "in", self.ids), ("state", "not in", ("cancelled",))],
                ["batch_id"],
                ["__count", "parts:sum", "cost:sum"],
            )
        )
        totals = {batch.id: numbers for batch, *numbers in groups}
        for batch in self:
            count, parts, cost = totals.get(batch.id, (0, 0, 0))
            batch.message_count, batch.parts, batch.cost = count, parts, cost

    def _ask_above(self, added):
        """Wait for a confirmation if with `added` more the batch is a large one."""
        limit = self.company_id.vip_sms_confirm_above
        if self.state != "confirmed" or self.confirmed_by_id or limit <= 0:
            return
        messages = self.env["vip.message"]
        here = [("batch_id", "=", self.id)]
        if messages.search_count(here) + added > limit:
            self.state = "waiting"
            messages.search([*here, ("state", "=", "ready")]).write(
                {"state": "waiting"}
            )

    def action_confirm(self):
        """Let the messages of these batches go."""
        for batch in self._start_step():
            batch._waiting().write({"state": "ready"})
            batch.write({"state": "confirmed"} | batch._who_vals())
        self.env["vip.message"]._trigger_sending()
        return True

    def action_stop(self):
        """Send none of them; the contacts stay with the associates, by hand."""
        for batch in self._start_step():
            batch._waiting().write(
                {
                    "state": "cancelled",
                    "reason": self.env._("Head office stopped these messages."),
                }
            )
            batch.write({"state": "stopped"} | batch._who_vals())
        return True

    def _start_step(self):
        if not self.env.user.has_group(HEAD_OFFICE):
            raise AccessError(self.env._("Head office confirms and stops messages."))
        self.check_access("read")
        batches = self.exists().sudo()
        if not batches or any(batch.state != "waiting" for batch in batches):
            raise UserError(self.env._("These messages do not wait any more."))
        return batches

    def _waiting(self):
        return self.message_ids.filtered(lambda message: message.state in QUEUED)

    def _who_vals(self):
        return {
            "confirmed_by_id": self.env.uid,
            "confirmed_at": fields.Datetime.now(),
        }

    def _exclusions(self):
        """Return [(sentence, how many)]: who gets no message of this batch, and why."""
        self.ensure_one()
        self.check_access("read")
        guard = self.env["vip.care.guard"]
        # sudo: numbers only, of members the reader may not see too
        tasks = self.env["vip.care.task"].sudo()
        found = tasks._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("rule_id", "=", self.rule_id.id),
                ("due_date", "=", self.day),
                ("guard", "!=", False),
                ("state", "!=", "done"),
            ],
            ["guard"],
            ["__count"],
            order="__count DESC, guard",
        )
        return [(guard._sentence(code), count) for code, count in found]
