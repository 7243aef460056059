from odoo import fields, models

KINDS = [
    ("weather", "Weather warning"),
    ("activity", "Activity"),
    ("arrivals", "New arrivals"),
]


class VipCareEvent(models.Model):
    """Something a store manager gives out to all owners at once.

    A weather warning, an activity of the store, or new arrivals to show to whom they
    fit. Care rules of the same trigger turn it into tasks while it lasts.
    """

    _name = "vip.care.event"
    _description = "Care given out"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="weather")
    occasion_id = fields.Many2one(
        "vip.occasion", "Weather", domain=[("kind", "=", "weather")]
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    store_ids = fields.Many2many("vip.store", string="Stores", required=True)
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    state = fields.Selection(
        [("draft", "Draft"), ("active", "Given out"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    description = fields.Text("For the associates")
    invitation = fields.Text(
        "Words of the invitation",
        help="With {name}, {honorific}, {store} and {associate}.",
    )
    product_tmpl_ids = fields.Many2many("product.template", string="New arrivals")
    task_ids = fields.One2many("vip.care.task", "event_id", "Tasks", readonly=True)
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, default=lambda self: self.env.user
    )
