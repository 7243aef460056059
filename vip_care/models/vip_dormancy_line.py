from odoo import fields, models

REASONS = [
    ("quality", "Quality"),
    ("service", "Service"),
    ("moved", "Moved away"),
    ("elsewhere", "Bought elsewhere"),
    ("travelling", "Travelling"),
    ("busy", "Busy"),
    ("other", "Other"),
]
RESULTS = [
    ("back", "Came back"),
    ("promised", "Will come"),
    ("unreached", "Not reached"),
    ("lost", "Lost"),
]


class VipDormancyLine(models.Model):
    """One member of a dormancy review: why she stayed away, and what is done."""

    _name = "vip.dormancy.line"
    _description = "Member of a dormancy review"
    _order = "review_id, id"
    _rec_name = "partner_id"

    review_id = fields.Many2one(
        "vip.dormancy.review",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(related="review_id.kind", store=True)
    store_id = fields.Many2one(related="review_id.store_id", store=True)
    month = fields.Date(related="review_id.month", store=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Member",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    owner_id = fields.Many2one("hr.employee", readonly=True)
    last_purchase_date = fields.Date("Last purchase", readonly=True)
    complaint_count = fields.Integer("Complaints", readonly=True)
    reason = fields.Selection(REASONS, "Why she stayed away")
    called_on = fields.Date()
    result = fields.Selection(RESULTS)
    step_ids = fields.One2many("vip.dormancy.step", "line_id", "Recovery plan")
    note = fields.Text()

    _member_uniq = models.UniqueIndex("(review_id, partner_id)")
