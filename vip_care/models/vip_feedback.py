from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import clean_context

KINDS = [
    ("complaint", "Complaint"),
    ("inquiry", "Inquiry"),
    ("suggestion", "Suggestion"),
    ("satisfaction", "Satisfaction"),
]
STATES = [
    ("open", "Received"),
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
STARS = [(str(number), str(number)) for number in range(6)]
LOG = {"readonly": True, "copy": False}
# What people write: afterwards, and only when it is noted down. The rest is set by
# the steps (`vip_feedback_steps.py`) and follows the member.
EDITABLE = {
    "subject",
    "source",
    "order_id",
    "description",
    "resolution",
    "compensation",
    "compensation_amount",
    "score",
    "stars",
    "follow_up",
}
NOTED = EDITABLE | {"partner_id", "kind", "date"}
# Clocks of tills and phones are not quite ours.
CLOCKS = timedelta(hours=1)


class VipFeedback(models.Model):
    """What a member told us: a complaint, an inquiry, a suggestion, how content she is.

    A complaint is heard, apologised for, resolved and followed up, in this order, by
    its deadline; until then nothing cheerful or selling reaches her. Nobody deletes
    what a member said, and what is closed stays as it is.
    """

    _name = "vip.feedback"
    _description = "Member's voice"
    _order = "is_open desc, deadline, id desc"
    _rec_name = "kind"

    partner_id = fields.Many2one(
        "res.partner",
        "Member",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("is_vip_member", "=", True)],
    )
    kind = fields.Selection(KINDS, required=True, default="complaint")
    subject = fields.Selection(SUBJECTS, required=True, default="other")
    source = fields.Selection(SOURCES, required=True, default="store")
    state = fields.Selection(STATES, required=True, default="open", **LOG)
    is_open = fields.Boolean(compute="_compute_is_open", store=True, precompute=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    store_id = fields.Many2one("vip.store", ondelete="restrict", **LOG)
    owner_id = fields.Many2one(
        "hr.employee",
        "Handled by",
        help="Her owner; nobody: the managers of her store.",
        **LOG,
    )
    order_id = fields.Many2one(
        "pos.order",
        "Ticket",
        ondelete="set null",
        index="btree_not_null",
        domain="[('partner_id', '=', partner_id)]",
    )
    task_id = fields.Many2one("vip.care.task", "From the contact", **LOG)
    description = fields.Text("What she says", copy=False)
    date = fields.Datetime(
        "Told on",
        required=True,
        copy=False,
        default=lambda self: fields.Datetime.now(),
    )
    heard_at = fields.Datetime("Heard on", **LOG)
    apologised_at = fields.Datetime("Apologised on", **LOG)
    resolved_at = fields.Datetime("Resolved on", **LOG)
    closed_at = fields.Datetime("Closed on", **LOG)
    days_to_resolve = fields.Float(
        "Days to resolve",
        compute="_compute_days_to_resolve",
        store=True,
        aggregator="avg",
    )
    resolution = fields.Text("What was done", copy=False)
    compensation = fields.Char(copy=False)
    currency_id = fields.Many2one(related="company_id.currency_id")
    compensation_amount = fields.Monetary("Worth of it", copy=False)
    score = fields.Integer(
        "Satisfaction (1–5)",
        aggregator="avg",
        copy=False,
        help="1: not at all, 5: very content. Nothing: she was not asked.",
    )
    # The score as one taps it; `_score_vals` keeps it.
    stars = fields.Selection(
        STARS, "How content she is", compute="_compute_stars", readonly=False
    )
    follow_up = fields.Text(
        "What she says now", copy=False, help="Or why she could not be asked."
    )

    # The guards ask who has an open complaint; the handover what is an employee's.
    _open_idx = models.Index("(partner_id) WHERE is_open AND kind = 'complaint'")
    _owner_idx = models.Index("(owner_id) WHERE is_open")
    _score_check = models.Constraint(
        "CHECK (COALESCE(score, 0) BETWEEN 0 AND 5)", "A score is from 1 to 5."
    )

    @api.depends("state")
    def _compute_is_open(self):
        for feedback in self:
            feedback.is_open = feedback.state != "closed"

    @api.depends("score")
    def _compute_stars(self):
        for feedback in self:
            feedback.stars = str(feedback.score) if feedback.score else False

    @api.depends("kind", "subject")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Name what it is about, never what was said."""
        for feedback in self:
            feedback.display_name = feedback._subject_text()

    @api.depends("date", "resolved_at")
    def _compute_days_to_resolve(self):
        for feedback in self:
            took = feedback.resolved_at and feedback.resolved_at - feedback.date
            feedback.days_to_resolve = took and took / timedelta(days=1)

    @api.constrains("order_id", "partner_id")
    def _check_order(self):
        for feedback in self:
            order = feedback.sudo().order_id  # tickets of others are not for everybody
            if order and order.partner_id != feedback.partner_id:
                raise ValidationError(self.env._("This ticket is not hers."))

    @api.constrains("kind", "description", "score", "date")
    def _check_words(self):
        latest = fields.Datetime.now() + CLOCKS
        for feedback in self:
            satisfaction = feedback.kind == "satisfaction"
            if not satisfaction and not (feedback.description or "").strip():
                raise ValidationError(self.env._("Write down what she says."))
            if satisfaction and not feedback.score:
                raise ValidationError(self.env._("Give her score, from 1 to 5."))
            if feedback.date > latest:
                raise ValidationError(self.env._("She cannot have said it later."))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_may_note(vals_list)
            # Defaults of a client's context would set what only steps set.
            self = self.with_env(self.env(context=clean_context(self.env.context)))
        feedback = super().create([self._noted_vals(vals) for vals in vals_list])
        feedback.sudo()._tell_handlers()
        return feedback

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        # This is the member's own story: whoever reads it has read her.
        if not {"description", "resolution", "follow_up"}.isdisjoint(fnames):
            self.env["vip.access.view"]._count(self.partner_id)
        return result

    def _check_may_note(self, vals_list):
        """Raise AccessError unless the user may write these members."""
        for vals in vals_list:
            self._check_only(vals, NOTED)
        members = self.env["res.partner"].browse(
            {vals["partner_id"] for vals in vals_list if vals.get("partner_id")}
        )
        members.check_access("write")

    def _check_only(self, vals, names):
        for name in vals:
            if name in self._fields and name not in names:
                raise AccessError(
                    self.env._(
                        "“%(field)s” is not set by hand.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _noted_vals(self, vals):
        """Return `vals` with what follows from the member and the kind."""
        member = self.env["res.partner"].browse(vals.get("partner_id")).sudo()
        if not member.is_vip_member:
            raise UserError(self.env._("Choose a member."))
        noted = {
            "company_id": member.vip_company_id.id,
            "store_id": member.vip_store_id.id,
            "owner_id": member.vip_owner_id.id,
        } | self._score_vals(vals)
        if vals.get("kind") == "satisfaction":
            noted |= {"state": "closed", "closed_at": fields.Datetime.now()}
        return noted

    def _score_vals(self, vals):
        """Return `vals` without a score of 0: no answer is none in the averages."""
        vals = dict(vals)
        if (stars := vals.pop("stars", None)) in dict(STARS):
            vals["score"] = int(stars)
        return {k: v for k, v in vals.items() if k != "score" or v}

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")  # before anything is said about them
            self._check_only(vals, EDITABLE)
            if any(not feedback.is_open for feedback in self):
                raise UserError(self.env._("This is closed: it stays as it is."))
        return super().write(self._score_vals(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What a member said is never deleted."))
