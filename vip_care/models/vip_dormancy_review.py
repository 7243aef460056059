from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL
from odoo.tools.misc import babel_locale_parse, get_lang

from .res_users import MANAGERS

KINDS = [
    ("edge", "Three months without purchase"),
    ("dormant", "Six months without purchase"),
    ("card", "Cards about to become invalid"),
]


class VipDormancyReview(models.Model):
    """A store's members who stopped coming, of one month: checked and signed off.

    Made by the job (`vip_dormancy_make.py`), filled in line by line, signed by a
    manager of the store or above when nothing is missing; then it stays as it is.
    """

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
        [("open", "In progress"), ("signed", "Signed off")],
        required=True,
        default="open",
        readonly=True,
    )
    line_ids = fields.One2many("vip.dormancy.line", "review_id", "Members")
    line_count = fields.Integer("Number of members", compute="_compute_counts")
    missing_count = fields.Integer("Still missing", compute="_compute_counts")
    can_sign = fields.Boolean(compute="_compute_can_sign")
    signed_by_id = fields.Many2one("res.users", "Signed off by", readonly=True)
    signed_at = fields.Datetime("Signed off on", readonly=True)

    _month_uniq = models.UniqueIndex("(store_id, kind, month)")

    @api.depends("kind", "store_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        locale = babel_locale_parse(get_lang(self.env).code)
        for review in self:
            month = review.month
            review.display_name = self.env._(
                "%(kind)s, %(store)s, %(month)s",
                kind=kinds.get(review.kind, ""),
                store=review.store_id.display_name or "",
                month=month and format_skeleton("yMMMM", month, locale=locale),
            )

    def _compute_counts(self):
        self.env["vip.dormancy.line"].flush_model()
        self.env["res.partner"].flush_model(["is_vip_member", "active", "vip_store_id"])
        counts = {
            review_id: numbers
            for review_id, *numbers in self.env.execute_query(self._query_counts())
        }
        for review in self:
            review.line_count, review.missing_count = counts.get(
                review._origin.id, (0, 0)
            )

    def _query_counts(self):
        """Return the query of lines, and of those without what a signature needs.

        SQL: numbers, which name nobody, whoever may see the members. Who has left the
        store or the programme since is nobody's to ask.
        """
        return SQL(
            """
            SELECT line.review_id, count(*), count(*) FILTER (
                   WHERE m.is_vip_member AND m.active AND m.vip_store_id = line.store_id
                     AND CASE WHEN line.kind = 'edge' THEN line.is_checked IS NOT TRUE
                              ELSE line.reason IS NULL OR line.result IS NULL END)
              FROM vip_dormancy_line line JOIN res_partner m ON m.id = line.partner_id
             WHERE line.review_id = ANY(%s)
             GROUP BY line.review_id
            """,
            self.ids,
        )

    @api.depends("state", "store_id")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        for review in self:
            review.can_sign = review.state == "open" and review._may_sign()

    def _may_sign(self):
        user = self.env.user
        role = user._vip_role()
        return role == "head_office" or (
            role in MANAGERS and self.store_id.id in user._vip_store_ids()
        )

    def write(self, vals):
        if not self.env.su and set(vals) - {"line_ids"}:
            raise AccessError(
                self.env._("A review is filled in by its lines and then signed off.")
            )
        return super().write(vals)

    def action_sign(self):
        """Sign off a list in which nothing is missing; from then on it is frozen."""
        self.check_access("read")
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("Somebody is signing this now. Reload the page.")
            ) from error
        self.invalidate_recordset()
        for review in self:
            if review.state != "open":
                raise UserError(self.env._("This is signed off already."))
            if not review._may_sign():
                raise AccessError(
                    self.env._(
                        "The manager of %(store)s signs this, or the managers above.",
                        store=review.store_id.name,
                    )
                )
            if review.missing_count:
                raise UserError(review._missing_text())
        # sudo: nobody writes it by hand
        self.sudo().write(
            {
                "state": "signed",
                "signed_by_id": self.env.uid,
                "signed_at": fields.Datetime.now(),
            }
        )

    def _missing_text(self):
        if self.kind == "edge":
            return self.env._(
                "%(count)s of %(all)s members are not checked yet.",
                count=self.missing_count,
                all=self.line_count,
            )
        return self.env._(
            "%(count)s of %(all)s members still lack a reason or a result.",
            count=self.missing_count,
            all=self.line_count,
        )
