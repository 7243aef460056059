from odoo import api, fields, models

from .vip_care_words import (
    CHANNELS,
    GUARDS,
    OUTCOMES,
    PURPOSES,
    SKIP_REASONS,
    STATES,
    TEXT_KINDS,
    TRIGGERS,
)
from .vip_occasion import TONES

LOG = {"readonly": True, "copy": False}


class VipCareTask(models.Model):
    """One contact with one member: planned, then done, skipped, cancelled or expired.

    Also the contact log. Made by the planner and by managers' giving out, once per
    member, rule and occasion (kept by the database); changed by the steps in
    `vip_care_task_steps.py` only.
    """

    _name = "vip.care.task"
    _description = "Care task"
    _order = "due_date, priority desc, id"
    _rec_name = "trigger"

    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, ondelete="cascade", **LOG
    )
    rule_id = fields.Many2one(
        "vip.care.rule", required=True, ondelete="restrict", **LOG
    )
    occasion_key = fields.Char(required=True, **LOG)
    trigger = fields.Selection(TRIGGERS, "Occasion", required=True, **LOG)
    occasion_id = fields.Many2one(
        "vip.occasion", "Festival or day", ondelete="restrict", **LOG
    )
    event_id = fields.Many2one(
        "vip.care.event", "Given out as", ondelete="restrict", **LOG
    )
    event_date = fields.Date("Day of the occasion", **LOG)
    facts = fields.Json(help="What the reason is told from.", **LOG)
    why = fields.Char(compute="_compute_why")
    company_id = fields.Many2one("res.company", required=True, **LOG)
    store_id = fields.Many2one("vip.store", **LOG)
    owner_id = fields.Many2one("hr.employee", **LOG)
    channel = fields.Selection(CHANNELS, required=True, **LOG)
    purpose = fields.Selection(PURPOSES, required=True, **LOG)
    text_kind = fields.Selection(TEXT_KINDS, "Kind of words", **LOG)
    tone = fields.Selection(TONES, required=True, default="cheerful", **LOG)
    priority = fields.Integer(aggregator=None, **LOG)
    cap_days = fields.Integer(aggregator=None, **LOG)
    due_date = fields.Date("Due", required=True, **LOG)
    until = fields.Date("At the latest", required=True, **LOG)
    state = fields.Selection(STATES, required=True, default="planned", **LOG)
    guard = fields.Selection(GUARDS, "Held back because", **LOG)
    text_id = fields.Many2one("vip.care.text", ondelete="restrict", **LOG)
    body = fields.Text("Words", copy=False)
    outcome = fields.Selection(OUTCOMES, **LOG)
    reason = fields.Selection(SKIP_REASONS, **LOG)
    note = fields.Text(copy=False)
    done_by_id = fields.Many2one("hr.employee", "Done by", **LOG)
    done_at = fields.Datetime("Done at", **LOG)
    done_date = fields.Date("Done on", help="By the store's calendar.", **LOG)
    is_holdout = fields.Boolean(**LOG)
    gift = fields.Char(copy=False)
    currency_id = fields.Many2one(related="company_id.currency_id")
    gift_cost = fields.Monetary(copy=False)

    _gift_cost_check = models.Constraint(
        "CHECK (gift_cost >= 0)", "A gift never costs less than nothing."
    )
    # Nobody is cared for twice for the same reason.
    _occasion_uniq = models.UniqueIndex("(partner_id, rule_id, occasion_key)")
    # Today's list of an associate and of a store; what a night ends.
    _open_owner_idx = models.Index("(owner_id, due_date) WHERE state = 'planned'")
    _open_store_idx = models.Index("(store_id, due_date) WHERE state = 'planned'")
    _until_idx = models.Index("(until) WHERE state = 'planned'")
    # What the planner may take up again when nothing stops it any more.
    _cancelled_idx = models.Index("(until) WHERE state = 'cancelled'")
    # The planner and the guards ask what else is open for a member.
    _open_partner_idx = models.Index("(partner_id) WHERE state = 'planned'")
    # An associate's day: what she did today counts for its load.
    _owner_done_idx = models.Index("(owner_id, done_date) WHERE state = 'done'")
    # The cap window; the member's own list; reports.
    _done_idx = models.Index("(partner_id, done_date) WHERE state = 'done'")
    _store_done_idx = models.Index("(store_id, done_date) WHERE state = 'done'")
    # Who has had a text.
    _text_idx = models.Index("(text_id, partner_id) WHERE text_id IS NOT NULL")

    @api.depends("trigger", "facts", "event_date", "occasion_id", "event_id")
    @api.depends_context("lang")
    def _compute_why(self):
        for task in self:
            why = getattr(task, f"_why_{task.trigger}", None)
            task.why = why and why()
