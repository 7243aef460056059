from odoo.tests import Form, new_test_user, tagged

from .pos_common import VipPosCommon


@tagged("post_install", "-at_install")
class TestOutsiders(VipPosCommon):
    """People without a role in VIP Care keep what Odoo gives them."""

    def test_clerk_reads_every_field_of_ours_she_is_told_of(self):
        clerk = new_test_user(self.env, "clerk_out", groups="base.group_user")
        member = self.member.with_user(clerk)
        names = [name for name in member.fields_get() if "vip" in name]
        self.assertIn("is_vip_member", names)
        self.assertNotIn("vip_purchase_ids", names)
        [data] = member.read(names)
        self.assertTrue(data["is_vip_member"])

    def test_cashier_opens_and_reads_tickets_of_members(self):
        order = self._sell(self.member)
        self._collect()
        cashier = new_test_user(
            self.env,
            "cashier_out",
            groups="base.group_user,point_of_sale.group_pos_user",
        )
        self.env.invalidate_all()
        [data] = order.with_user(cashier).read()
        self.assertEqual(data["vip_tier_id"][0], self.member.vip_tier_id.id)
        self.assertNotIn("vip_purchase_ids", data)
        self.assertEqual(Form(order.with_user(cashier)).partner_id, self.member)
