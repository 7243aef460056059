import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .fence import fenced

_logger = logging.getLogger(__name__)

OPEN = ("draft", "cancel")


class PosOrder(models.Model):
    """Who advised the customer, if it was not the cashier: the sale counts for her.

    The till names her once, with the ticket. Whoever it names wrongly is left out and
    the ticket is booked; a refund is a sale of its own and takes nobody over.
    """

    _inherit = "pos.order"

    vip_adviser_id = fields.Many2one(
        "hr.employee",
        string="Adviser",
        index="btree_not_null",
        copy=False,
        help="Who advised the customer, if not the cashier: the sale counts for her.",
    )

    @api.constrains("vip_adviser_id")
    def _check_vip_adviser(self):
        for order in self.filtered("vip_adviser_id"):
            adviser = order.sudo().vip_adviser_id  # a seller reads no employees
            if not adviser.filtered_domain(order.config_id._vip_company_domain()):
                raise ValidationError(
                    self.env._(
                        "%(name)s belongs to another company and cannot be the adviser"
                        " of this ticket.",
                        name=adviser.name,
                    )
                )

    @api.model
    def sync_from_ui(self, orders):
        self._vip_clean_advisers(orders)
        return super().sync_from_ui(orders)

    @api.model
    def _vip_clean_advisers(self, orders):
        """Take out of the till's tickets whom it cannot name: they are booked all the
        same."""
        named = [
            order
            for order in orders
            if isinstance(order, dict) and "vip_adviser_id" in order
        ]
        if not named:
            return
        fitting = [False] * len(named)
        with fenced(self.env, "Advisers of tickets could not be checked: left out"):
            fitting = [self._vip_is_possible_adviser(order) for order in named]
        for order, fits in zip(named, fitting, strict=True):
            if not fits:
                _logger.warning(
                    "Ticket %s is booked without its adviser %r",
                    order.get("uuid"),
                    order.pop("vip_adviser_id"),
                )

    @api.model
    def _vip_is_possible_adviser(self, order):
        """Tell whether the till may name this ticket's adviser; nobody is fine, too."""
        value = order["vip_adviser_id"]
        if value is None or value is False:
            order["vip_adviser_id"] = False
            return True
        if type(value) is not int or type(order.get("session_id")) is not int:
            return False
        # sudo: a seller reads no employees
        adviser = self.env["hr.employee"].sudo().browse(value).exists()
        session = self.env["pos.session"].sudo().browse(order["session_id"]).exists()
        domain = session.config_id._vip_company_domain()
        return bool(adviser.active and adviser.filtered_domain(domain))

    def write(self, vals):
        """Let only managers correct who served a ticket that is paid, and note it."""
        if "vip_adviser_id" not in vals:
            return super().write(vals)
        new_id = vals["vip_adviser_id"] or False
        corrected = self.filtered(
            lambda order: order.state not in OPEN and order.vip_adviser_id.id != new_id
        )
        if corrected:
            self._vip_check_may_correct_adviser()
        before = {order: order.sudo().vip_adviser_id.name for order in corrected}
        result = super().write(vals)
        for order, name in before.items():
            body = self.env._(
                "Adviser: %(old)s → %(new)s",
                old=name or self.env._("nobody"),
                new=order.sudo().vip_adviser_id.name or self.env._("nobody"),
            )
            order._message_log(body=body)
        return result

    def _vip_check_may_correct_adviser(self):
        user = self.env.user
        if not (
            self.env.su
            or user.has_group("point_of_sale.group_pos_manager")
            or user.has_group("vip_care.group_store_manager")
        ):
            raise AccessError(
                self.env._("Only a manager corrects who served a ticket that is paid.")
            )

    def _vip_receiver(self):
        """Return who served this ticket, as the collector finds it."""
        order = self.sudo()  # a seller reads no employees
        sellers = order.user_id.with_context(active_test=False).employee_ids
        return (
            order.vip_adviser_id
            or order.employee_id
            or sellers.filtered(lambda e: e.company_id == order.company_id)[:1]
        )
