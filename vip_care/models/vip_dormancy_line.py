from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

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
# What people fill in; who is on the list and why is the job's.
EDITABLE = {"is_checked", "reason", "called_on", "result", "note", "step_ids"}


class VipDormancyLine(models.Model):
    """One member of a dormancy review: why she stayed away, and what is done."""

    _name = "vip.dormancy.line"
    _description = "Member of a dormancy review"
    _order = "review_id desc, last_purchase_date, id"
    _rec_name = "partner_id"

    review_id = fields.Many2one(
        "vip.dormancy.review",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    review_state = fields.Selection(related="review_id.state", string="State")
    kind = fields.Selection(related="review_id.kind", store=True)
    store_id = fields.Many2one(related="review_id.store_id", store=True)
    region_id = fields.Many2one(related="store_id.region_id")
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
    complaint_count = fields.Integer(
        "Complaints",
        readonly=True,
        help="Within two years before the list was made.",
    )
    is_checked = fields.Boolean("Checked")
    reason = fields.Selection(REASONS, "Why she stayed away")
    called_on = fields.Date("Called on")
    result = fields.Selection(RESULTS)
    step_ids = fields.One2many("vip.dormancy.step", "line_id", "Recovery plan")
    note = fields.Text()
    has_task = fields.Boolean(compute="_compute_has_task")

    _member_uniq = models.UniqueIndex("(review_id, partner_id)")
    # Who is back is looked for among those of whom nothing is known.
    _unknown_idx = models.Index("(review_id) WHERE result IS NULL")

    @api.depends_context("uid")
    def _compute_has_task(self):
        members = {task.partner_id for task in self._planned_tasks()}
        for line in self:
            line.has_task = line.partner_id in members

    def _planned_tasks(self):
        """Return the contacts planned with these members, those to win back first."""
        tasks = self.env["vip.care.task"].search(
            [("partner_id", "in", self.partner_id.ids), ("state", "=", "planned")]
        )
        meant = ("edge", "dormant", "lost", "card_lapse")
        return tasks.sorted(lambda task: task.trigger not in meant)

    @api.constrains("called_on")
    def _check_called_on(self):
        for line in self:
            if line.called_on and line.called_on > line.store_id._vip_today():
                raise ValidationError(self.env._("A call is noted when it was made."))

    @api.onchange("result", "reason")
    def _onchange_result(self):
        if (self.result or self.reason) and not self.called_on:
            self.called_on = self.store_id._vip_today()

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")  # before anything is said about them
            self.partner_id.check_access("write")
            if set(vals) - EDITABLE:
                raise AccessError(
                    self.env._("Who is on the list, and why, is not set by hand.")
                )
            self._check_open()
        return super().write(vals)

    def _check_open(self):
        if any(review.state != "open" for review in self.sudo().review_id):
            raise UserError(self.env._("This review is signed off: it stays as it is."))

    def action_open_task(self):
        """Open the contact planned with her, if there is one."""
        self.ensure_one()
        task = self._planned_tasks()[:1]
        if not task:
            raise UserError(self.env._("No contact is planned with her."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "vip.care.task",
            "res_id": task.id,
            "views": [(False, "form")],
        }

    def action_view_complaints(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.vip_feedback_action"
        )
        return action | {
            "domain": [
                ("partner_id", "=", self.partner_id.id),
                ("kind", "=", "complaint"),
            ],
            "context": {},
        }

    def action_open_line(self):
        """Open the line by itself: a list has no place for the recovery plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
