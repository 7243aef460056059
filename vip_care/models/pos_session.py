from odoo import models


class PosSession(models.Model):
    """Closing a register books what its customers owe: their contacts are read."""

    _inherit = "pos.session"

    def _vip_grant_customers(self):
        orders = self.env["pos.order"].sudo()  # the cashier may not read them all
        customers = orders.search([("session_id", "in", self.ids)]).partner_id
        self.env["ir.rule"]._vip_grant(customers.ids)

    def action_pos_session_closing_control(self, *args, **kwargs):
        self._vip_grant_customers()
        return super().action_pos_session_closing_control(*args, **kwargs)

    def action_pos_session_close(self, *args, **kwargs):
        self._vip_grant_customers()
        return super().action_pos_session_close(*args, **kwargs)

    def close_session_from_ui(self, *args, **kwargs):
        self._vip_grant_customers()
        return super().close_session_from_ui(*args, **kwargs)
