from odoo import api, fields, models


class VipTierGrant(models.TransientModel):
    """A tier given by hand: with a reason, until a day."""

    _name = "vip.tier.grant"
    _description = "Grant a tier"
    _rec_name = "tier_id"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Members",
        required=True,
        domain=[("is_vip_member", "=", True)],
        default=lambda self: self._default_partners(),
    )
    company_id = fields.Many2one("res.company", compute="_compute_company")
    tier_id = fields.Many2one(
        "vip.tier", required=True, domain="[('company_id', '=', company_id)]"
    )
    valid_until = fields.Date(
        required=True,
        default=lambda self: self._default_valid_until(),
        help="The last day. The next review then gives the tier that is met.",
    )
    reason = fields.Char(required=True)

    @api.model
    def _default_partners(self):
        if self.env.context.get("active_model") != "res.partner":
            return self.env["res.partner"]
        return self.env["res.partner"].search(
            [
                ("id", "in", self.env.context.get("active_ids", [])),
                ("is_vip_member", "=", True),
            ]
        )

    @api.model
    def _default_valid_until(self):
        return fields.Date.add(fields.Date.context_today(self), years=1)

    @api.depends("partner_ids")
    def _compute_company(self):
        for wizard in self:
            wizard.company_id = (
                wizard.partner_ids.vip_company_id[:1] or self.env.company
            )

    def action_grant(self):
        self.ensure_one()
        self.partner_ids._vip_grant_tier(self.tier_id, self.valid_until, self.reason)
        return {"type": "ir.actions.act_window_close"}
