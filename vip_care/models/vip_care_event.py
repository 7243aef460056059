from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

KINDS = [
    ("weather", "Weather warning"),
    ("activity", "Activity"),
    ("arrivals", "New arrivals"),
]
# What tasks stand on once they are given out.
FIXED = {"kind", "occasion_id", "company_id"}


class VipCareEvent(models.Model):
    """Something a store manager gives out to all owners at once.

    A weather warning, an activity of the store, or new arrivals to show to whom they
    fit. Care rules of the same trigger turn it into tasks while it lasts. Its state
    changes by the steps in `vip_care_event_steps.py` only.
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
    store_ids = fields.Many2many(
        "vip.store",
        string="Stores",
        required=True,
        default=lambda self: self._default_stores(),
        domain="[('company_id', '=', company_id)]",
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=fields.Date.context_today,
        help="First day on which the owners get in touch with their members.",
    )
    date_to = fields.Date(
        "To",
        required=True,
        default=fields.Date.context_today,
        help="Last day on which they do; afterwards it is too late.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("active", "Given out"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    description = fields.Text(
        "For the associates", help="What to say and to do; members never see it."
    )
    invitation = fields.Text(
        "Words of the invitation",
        help="With {name}, {honorific}, {store} and {associate}.",
    )
    product_tmpl_ids = fields.Many2many(
        "product.template", string="New arrivals", domain=[("sale_ok", "=", True)]
    )
    task_ids = fields.One2many("vip.care.task", "event_id", "Tasks", readonly=True)
    task_count = fields.Integer("Planned", compute="_compute_counts")
    done_count = fields.Integer("Done", compute="_compute_counts")
    user_id = fields.Many2one(
        "res.users",
        "By",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )

    _dates_check = models.Constraint(
        "CHECK (date_from <= date_to)", "It ends on or after its first day."
    )
    # What lasts today: `vip.care.rule._query_events`.
    _active_idx = models.Index("(company_id, date_to) WHERE state = 'active'")

    @api.model
    def _default_stores(self):
        """Return the stores the user answers for, those of her company."""
        stores = self.env["vip.store"].browse(self.env.user._vip_store_ids())
        return stores.filtered(
            lambda store: store.active and store.company_id == self.env.company
        )

    def _compute_counts(self):
        tasks = self.env["vip.care.task"]
        counts = {}
        for event, state, count in tasks._read_group(
            [("event_id", "in", self.ids)], ["event_id", "state"], ["__count"]
        ):
            counts[event.id, state] = count
        for event in self:
            event.task_count = counts.get((event.id, "planned"), 0)
            event.done_count = counts.get((event.id, "done"), 0)

    @api.constrains("store_ids", "company_id")
    def _check_stores(self):
        for event in self:
            if not event.store_ids:
                raise ValidationError(
                    self.env._("%(event)s: choose its stores.", event=event.name)
                )
            if event.store_ids.company_id != event.company_id:
                raise ValidationError(
                    self.env._(
                        "%(event)s: its stores belong to one company.", event=event.name
                    )
                )

    @api.constrains("kind", "occasion_id")
    def _check_weather(self):
        for event in self:
            if event.occasion_id and event.occasion_id.kind != "weather":
                raise ValidationError(
                    self.env._(
                        "%(day)s is no kind of weather.", day=event.occasion_id.name
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any({"state", "user_id"} & set(v) for v in vals_list):
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and {"state", "user_id"} & set(vals):
            self._refuse_by_hand()
        if FIXED & set(vals) and any(event.state != "draft" for event in self):
            raise UserError(
                self.env._(
                    "What was given out stays what it is. Close it and give out another"
                    " one."
                )
            )
        result = super().write(vals)
        if "store_ids" in vals:
            self.check_access("write")  # not into the stores of a colleague
        return result

    def _refuse_by_hand(self):
        raise AccessError(
            self.env._("Who gives out what is kept by the buttons, not by hand.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(event.state != "draft" for event in self):
            raise UserError(self.env._("What was given out is kept: close it instead."))
