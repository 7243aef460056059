from odoo import api, fields, models
from odoo.tools.misc import formatLang


class VipTier(models.Model):
    _inherit = "vip.tier"

    rule_text = fields.Char(
        "In words", compute="_compute_rule_text", help="What the numbers mean."
    )

    @api.depends(
        "amount_threshold",
        "order_threshold",
        "window_months",
        "validity_months",
        "grace_months",
        "currency_id",
    )
    @api.depends_context("lang")
    def _compute_rule_text(self):
        for tier in self:
            tier.rule_text = self.env._(
                "%(earned)s %(kept)s",
                earned=tier._earned_text(),
                kept=tier._kept_text(),
            )

    def _earned_text(self):
        amount = formatLang(
            self.env, self.amount_threshold, currency_obj=self.currency_id
        )
        values = {
            "amount": amount,
            "orders": self.order_threshold,
            "months": self.window_months,
        }
        if self._is_entry:
            return self.env._("Every member meets it.")
        if not self.order_threshold:
            return self.env._(
                "Earned with %(amount)s net within %(months)s months.", **values
            )
        if not self.amount_threshold:
            return self.env._(
                "Earned with %(orders)s tickets within %(months)s months.", **values
            )
        return self.env._(
            "Earned with %(amount)s net or %(orders)s tickets within %(months)s"
            " months.",
            **values,
        )

    def _kept_text(self):
        values = {"validity": self.validity_months, "grace": self.grace_months}
        if not self.validity_months:
            return self.env._("Kept for good.")
        if not self.grace_months:
            return self.env._("Kept for %(validity)s months.", **values)
        if self.grace_months == 1:
            return self.env._(
                "Kept for %(validity)s months and one of grace.", **values
            )
        return self.env._(
            "Kept for %(validity)s months and %(grace)s of grace.", **values
        )
