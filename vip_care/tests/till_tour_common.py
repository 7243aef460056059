from odoo.tests import new_test_user

from odoo.addons.point_of_sale.tests.test_frontend import TestPointOfSaleHttpCommon

from ..models.ir_rule import GRANTED
from .common import no_commit
from .till_common import CASHIER


class TillTourCommon(TestPointOfSaleHttpCommon):
    """A shared till account, which reads no member, and members of an associate."""

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

    def _tour(self, name, config=None, **kwargs):
        """Play a tour on a register as the till account; return its tickets."""
        config = config or self.config
        self.env.cr.cache.pop(GRANTED, None)
        config.with_user(self.till).open_ui()
        self.start_pos_tour(name, login=self.till.login, pos_config=config, **kwargs)
        self.env.invalidate_all()
        return self.env["pos.order"].search([("config_id", "=", config.id)], order="id")

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
