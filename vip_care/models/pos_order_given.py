from odoo import api, fields, models

from .res_partner_till_enrol import KEPT_AT_MOST


class PosOrder(models.Model):
    """A ticket made while its customer was being enrolled becomes hers."""

    _inherit = "pos.order"

    @api.model
    def _vip_give_ticket(self, uuid, partner, config):
        """Give `partner` the ticket `uuid` of the register's store, if it is nobody's.

        Return "given" when it is hers, "taken" when it has a customer or is not to be
        changed any more, "missing" when there is none such.
        """
        order = self.sudo().search([("uuid", "=", uuid)], limit=1)  # any colleague's
        if not order or order.config_id not in config._vip_registers():
            return "missing"
        if order.partner_id == partner:
            return "given"
        if (
            order.partner_id
            or order.account_move
            or order.state == "cancel"
            or order.date_order < fields.Datetime.now() - KEPT_AT_MOST
        ):
            return "taken"
        order.partner_id = partner
        order.flush_recordset()
        return "given"
