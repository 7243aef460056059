from odoo import models
from odoo.exceptions import AccessError, UserError

from ..tools.points_reason import CONTEXT_KEY, PointsReason


class LoyaltyGenerateWizard(models.TransientModel):
    """Cards made by hand are listed; those for members need a manager and a reason."""

    _inherit = "loyalty.generate.wizard"

    def generate_coupons(self):
        coupons = self.env["loyalty.card"]
        for wizard in self:
            reason = (wizard.description or "").strip()
            wizard._vip_check_allowed(reason)
            trusted = wizard.with_context(
                **{CONTEXT_KEY: PointsReason("generated", reason)}
            )
            coupons |= super(LoyaltyGenerateWizard, trusted).generate_coupons()
        return self.env[coupons._name].browse(coupons.ids)

    def _vip_check_allowed(self, reason):
        if self.env.su:
            return
        cards = self.env["loyalty.card"]
        customers = self._get_partners() if self.program_id else cards.partner_id
        if not cards._vip_may_by_hand(customers):
            raise AccessError(
                self.env._(
                    "Only a store manager, or somebody above, gives cards to members."
                )
            )
        # sudo: whether they are members, whoever asks
        if not reason and any(customers.sudo().mapped("is_vip_member")):
            raise UserError(
                self.env._("Please say in the description why members get these cards.")
            )
