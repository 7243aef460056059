from math import isfinite

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..tools.points_reason import CONTEXT_KEY, PointsReason


class LoyaltyCardUpdateBalance(models.TransientModel):
    """A balance changed by hand: by those allowed, with a reason, and listed."""

    _inherit = "loyalty.card.update.balance"

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._vip_check_allowed()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        if "card_id" in vals:
            self._vip_check_allowed()
        return result

    def action_update_card_point(self):
        self.ensure_one()
        self._vip_check_allowed()
        reason = (self.description or "").strip()
        if not reason:
            raise UserError(self.env._("Please say why the balance changes."))
        if not isfinite(self.new_balance):
            raise UserError(self.env._("Please enter the new balance as a number."))
        # sudo: the right was checked above; managers have no other way to a card
        trusted = self.sudo().with_context(
            **{CONTEXT_KEY: PointsReason("hand", reason)}
        )
        return super(LoyaltyCardUpdateBalance, trusted).action_update_card_point()

    def _vip_check_allowed(self):
        """Raise unless the user may change these balances (also: may see them)."""
        cards = self.card_id
        if self.env.su:
            return
        cards.check_access("read")
        if not cards._vip_may_by_hand(cards.sudo().partner_id.sudo(False)):
            raise AccessError(
                self.env._(
                    "Only the store manager of the member, or somebody above, changes"
                    " a balance by hand."
                )
            )
