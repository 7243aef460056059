from odoo import fields, models

KINDS = [
    ("edge", "Three months without purchase"),
    ("dormant", "Six months without purchase"),
    ("card", "Cards about to become invalid"),
]


class VipDormancyReview(models.Model):
    """A store's members who stopped coming, of one month: checked and signed off."""

    _name = "vip.dormancy.review"
    _description = "Dormancy review"
    _order = "month desc, store_id, kind"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    month = fields.Date(required=True, readonly=True, help="Its first day.")
    store_id = fields.Many2one(
        "vip.store", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="store_id.company_id", store=True)
    state = fields.Selection(
        [("open", "Open"), ("signed", "Signed off")],
        required=True,
        default="open",
        readonly=True,
    )
    line_ids = fields.One2many("vip.dormancy.line", "review_id", "Members")
    signed_by_id = fields.Many2one("res.users", readonly=True)
    signed_at = fields.Datetime(readonly=True)

    _month_uniq = models.UniqueIndex("(store_id, kind, month)")
