from odoo.tests import new_test_user, tagged

from odoo.addons.point_of_sale.tests.test_frontend import TestPointOfSaleHttpCommon

from ..models.ir_rule import GRANTED
from .common import no_commit
from .till_common import CASHIER


@tagged("post_install", "-at_install")
class TestTillTours(TestPointOfSaleHttpCommon):
    """A shared till account, which reads no member, sells to anybody's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(no_commit(cls.env))
        groups = ("vip_care.group_head_office", "hr.group_hr_manager")
        cls.env.user.group_ids += sum(map(cls.env.ref, groups), cls.env["res.groups"])
        cls.config = cls.main_pos_config
        cls.config.vip_store_id.write(
            {"country_id": cls.env.ref("base.cn").id, "tz": "Asia/Shanghai"}
        )
        cls.till = new_test_user(cls.env, "vip_tour_till", CASHIER)
        cls.owner = cls.env["hr.employee"].create(
            {"name": "Mei", "vip_store_id": cls.config.vip_store_id.id}
        )
        cls.wang = cls._enrol("王芳", "13912340001", "VIPTOUR0001")
        cls.wang.write({"email": "wangfang@example.com", "street": "7 Long Lane"})
        cls.li = cls._enrol("李娜", "13912340002", "VIPTOUR0002")
        cls.env["vip.standing.review"].run(partner_ids=(cls.wang + cls.li).ids)

    @classmethod
    def _enrol(cls, name, phone, card):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "phone": phone,
                "vip_card_number": card,
                "is_vip_member": True,
                "vip_store_id": cls.config.vip_store_id.id,
                "vip_owner_id": cls.owner.id,
            }
        )

    def _tour(self, name):
        self.config.with_user(self.till).open_ui()
        self.start_pos_tour(name, login=self.till.login)
        self.env.invalidate_all()
        return self.env["pos.order"].search(
            [("config_id", "=", self.config.id)], order="id"
        )

    def _draft(self, partner, amount):
        """Leave an open ticket, as another till of the store would."""
        return self.env["pos.order"].create(
            {
                "session_id": self.config.current_session_id.id,
                "partner_id": partner.id,
                "pricelist_id": self.config.pricelist_id.id,
                "lines": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.desk_pad.product_variant_id.id,
                            "qty": 1,
                            "price_unit": amount,
                            "price_subtotal": amount,
                            "price_subtotal_incl": amount,
                            "tax_ids": False,
                        },
                    )
                ],
                "amount_total": amount,
                "amount_tax": 0,
                "amount_paid": 0,
                "amount_return": 0,
            }
        )

    def test_till_sells_reopens_and_refunds(self):
        self.assertFalse(self.till._vip_store_ids())
        orders = self._tour("vip_care.till_sells_to_anybodys_member")
        self.assertEqual(orders.mapped("partner_id"), self.wang + self.li)
        self.assertEqual(set(orders.mapped("state")), {"paid"})
        self.assertEqual(orders.user_id, self.till)
        self.assertFalse(any(orders.mapped("email")) or any(orders.mapped("mobile")))
        logs = self.env["vip.access.log"].sudo().search([("kind", "=", "lookup")])
        self.assertEqual(logs.user_id, self.till)
        self.assertEqual(logs.partner_id, self.wang + self.li)

        draft = self._draft(self.li, 50)
        self.env.cr.cache.pop(GRANTED, None)
        orders = self._tour("vip_care.till_reopens_tickets")
        self.assertEqual(draft.state, "paid")
        self.assertEqual(draft.partner_id, self.li)
        refund = orders.filtered("is_refund")
        self.assertEqual(refund.state, "paid")
        self.assertEqual(refund.partner_id, self.wang)
        self.assertEqual(refund.refunded_order_id, orders[0])

    def test_till_sells_on_when_lookup_is_refused(self):
        self.env.company.vip_lookup_limit = 1
        self.config.company_id.vip_lookup_limit = 1
        orders = self._tour("vip_care.till_sells_on_when_lookup_is_refused")
        self.assertEqual(orders.partner_id.name, "Acme Corporation")
        self.assertEqual(orders.state, "paid")
