from odoo import api, fields, models
from odoo.exceptions import UserError


class VipTier(models.Model):
    """What a member has earned: silver, gold, diamond …"""

    _name = "vip.tier"
    _description = "Tier"
    _order = "company_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10, help="Later in the list is higher: the highest tier met is given."
    )
    active = fields.Boolean("On", default=True)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_threshold = fields.Monetary(
        "From net amount", help="Net amount within the window; 0 for no such rule."
    )
    order_threshold = fields.Integer(
        "or number of tickets", help="Tickets within the window; 0 for no such rule."
    )
    window_months = fields.Integer(
        "Within (months)", default=12, help="The last so many calendar months."
    )
    validity_months = fields.Integer(
        "Valid for (months)",
        default=12,
        help="A tier once met is kept so long. 0: for good.",
    )
    grace_months = fields.Integer(
        "Grace (months)",
        default=1,
        help="Kept so much longer before a tier not met again is lost.",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        help="Odoo's price list for members of this tier.",
        check_company=True,
    )
    service_hint = fields.Text(
        translate=True, help="What an associate should offer members of this tier."
    )
    member_count = fields.Integer(compute="_compute_member_count")

    _values_check = models.Constraint(
        """CHECK (amount_threshold >= 0 AND order_threshold >= 0
              AND window_months > 0 AND validity_months >= 0 AND grace_months >= 0)""",
        "Thresholds, validity and grace cannot be negative; the window has at least"
        " one month.",
    )

    def _compute_member_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("vip_tier_id", "in", self.ids)], ["vip_tier_id"], ["__count"]
            )
        )
        for tier in self:
            tier.member_count = counts.get(tier, 0)

    @property
    def _is_entry(self):
        """Whether every member meets it: a tier without thresholds."""
        return not self.amount_threshold and not self.order_threshold

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered("member_count")
        if used:
            raise UserError(
                self.env._(
                    "Members hold the tier %(tier)s. Archive it instead: the next"
                    " review gives them the tier they meet.",
                    tier=used[0].name,
                )
            )
