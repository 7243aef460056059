from odoo import SUPERUSER_ID, models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _compute_invoice_partner_display_info(self):
        """Store the customer's own name, whoever's request computes it."""
        moves = self.with_user(SUPERUSER_ID)
        return super(AccountMove, moves)._compute_invoice_partner_display_info()
