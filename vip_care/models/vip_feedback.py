from odoo import api, fields, models

KINDS = [
    ("complaint", "Complaint"),
    ("inquiry", "Inquiry"),
    ("suggestion", "Suggestion"),
    ("satisfaction", "Satisfaction"),
]
STATES = [
    ("open", "Open"),
    ("heard", "Heard"),
    ("apologised", "Apologised"),
    ("resolved", "Resolved"),
    ("closed", "Closed"),
]
SUBJECTS = [
    ("quality", "Quality"),
    ("service", "Service"),
    ("fit", "Fit"),
    ("price", "Price"),
    ("repair", "Repair or alteration"),
    ("points", "Points and card"),
    ("other", "Other"),
]
SOURCES = [
    ("call", "Call"),
    ("store", "In the store"),
    ("message", "Message"),
    ("online", "Online"),
]
LOG = {"readonly": True, "copy": False}


class VipFeedback(models.Model):
    """What a member told us: a complaint, an inquiry, a suggestion, how content she is.

    A complaint is heard, apologised for, resolved and followed up, in this order, by
    its deadline; until then nothing cheerful or selling reaches her.
    """

    _name = "vip.feedback"
    _description = "Member's voice"
    _order = "is_open desc, deadline, id desc"
    _rec_name = "kind"

    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(KINDS, required=True, default="complaint")
    subject = fields.Selection(SUBJECTS, required=True, default="other")
    source = fields.Selection(SOURCES, required=True, default="store")
    state = fields.Selection(STATES, required=True, default="open", **LOG)
    is_open = fields.Boolean(compute="_compute_is_open", store=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    store_id = fields.Many2one("vip.store")
    owner_id = fields.Many2one("hr.employee", "Handled by", **LOG)
    order_id = fields.Many2one("pos.order", "Ticket", ondelete="set null")
    task_id = fields.Many2one("vip.care.task", "From the contact", **LOG)
    description = fields.Text("What she says", required=True)
    date = fields.Datetime(required=True, default=lambda self: fields.Datetime.now())
    deadline = fields.Datetime()
    heard_at = fields.Datetime(**LOG)
    apologised_at = fields.Datetime(**LOG)
    resolved_at = fields.Datetime(**LOG)
    closed_at = fields.Datetime("Followed up at", **LOG)
    resolution = fields.Text()
    compensation = fields.Char()
    currency_id = fields.Many2one(related="company_id.currency_id")
    compensation_amount = fields.Monetary()
    score = fields.Integer("Satisfaction (1–5)", aggregator="avg")
    is_escalated = fields.Boolean("With the store manager", **LOG)
    escalated_at = fields.Datetime(**LOG)

    # The guards ask who has an open complaint; the night who is late.
    _open_idx = models.Index("(partner_id) WHERE is_open AND kind = 'complaint'")
    _deadline_idx = models.Index("(deadline) WHERE is_open")

    @api.depends("state")
    def _compute_is_open(self):
        for feedback in self:
            feedback.is_open = feedback.state != "closed"
