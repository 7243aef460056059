from odoo.tests import tagged

from odoo.addons.vip_care.tests.common import VipCareCommon


@tagged("post_install", "-at_install")
class TestCanText(VipCareCommon):
    def test_members_with_a_number_that_did_not_refuse(self):
        reached, refused = self._create_member(), self._create_member()
        card_only = self._create_member(phone=False)
        guest = self.env["res.partner"].create(
            {"name": "Guest", "phone": "13912345678", "country_id": self.china.id}
        )
        stranger = self._create_member()
        stranger.vip_phone_is_wrong = True
        everybody = reached + refused + card_only + guest + stranger
        self.env["phone.blacklist"].create({"number": refused.vip_phone_key})
        self.assertEqual(everybody.filtered("vip_can_text"), reached)
        search = self.env["res.partner"].search
        mine = ("id", "in", everybody.ids)
        self.assertEqual(search([mine, ("vip_can_text", "=", True)]), reached)
        self.assertEqual(
            search([mine, ("vip_can_text", "=", False)]), everybody - reached
        )

    def test_a_number_that_came_back(self):
        member = self._create_member()
        refusal = self.env["phone.blacklist"].create({"number": member.vip_phone_key})
        refusal.active = False
        self.env.invalidate_all()
        self.assertTrue(member.vip_can_text)

    def test_a_new_range_is_marked_on_the_outbox(self):
        rows = self.env["vip.message"].create(
            [
                {
                    "uuid": f"range-{number}",
                    "company_id": self.company.id,
                    "send_from": "2026-06-15 02:00:00",
                    "number": number,
                }
                for number in ("+8616012345678", "+8613912345678", False)
            ]
        )
        self.assertEqual(rows.mapped("is_number_unverified"), [True, False, False])
