from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.ir_rule import GRANTED
from .till_sync_common import VipTillSyncCommon

# What of ours Odoo's booking of a ticket passes through.
IN_BOOKING = (
    ("ir.rule", "_vip_families"),
    ("pos.order", "_vip_has_member"),
    ("pos.order", "_vip_is_possible_adviser"),
)


@tagged("post_install", "-at_install")
class TestTillFaults(VipTillSyncCommon):
    """Whatever of ours breaks, in turn, the ticket is booked."""

    def _sell_to(self, partner, uuid):
        self.env.cr.cache.pop(GRANTED, None)
        self.env.invalidate_all()
        ticket = self._ticket(uuid, partner_id=partner.id, vip_adviser_id=self.owner.id)
        return self._sync(ticket)

    def test_each_part_of_booking_in_turn(self):
        customers = (self.member, self.own_member, self.guest, self.guest.browse())
        for model, name in IN_BOOKING:
            for partner in customers:
                with (
                    self.subTest(broken=name, customer=partner.name),
                    patch.object(
                        self.registry[model], name, side_effect=ValueError("broken")
                    ) as broken,
                    mute_logger("odoo.addons.vip_care"),
                ):
                    order = self._sell_to(partner, f"{name}-{partner.id}")
                    self.assertEqual(order.state, "paid")
                    self.assertEqual(order.partner_id, partner)
                    self.assertTrue(broken.called or not partner)
