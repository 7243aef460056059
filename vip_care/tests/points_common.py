from odoo.tests import new_test_user

from ..tools.points_reason import CONTEXT_KEY, TICKET
from .pos_common import VipPosCommon

TILL = "point_of_sale.group_pos_user"
TILL_MANAGER = "point_of_sale.group_pos_manager"
USERS = {
    "cashier": TILL,
    "associate": f"{TILL},vip_care.group_associate",
    "associate_manager": f"{TILL_MANAGER},vip_care.group_associate",
    "odoo_manager": TILL_MANAGER,
    "store_manager": "vip_care.group_store_manager",
    "till_manager": f"{TILL_MANAGER},vip_care.group_store_manager",
    "other_manager": "vip_care.group_store_manager",
    "head_office": "vip_care.group_head_office",
    "auditor": "base.group_user,vip_care.group_auditor",
    "outsider": "base.group_user",
}


class VipPointsCommon(VipPosCommon):
    """Odoo's test shop with cards, and a user of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.env.company.id}
        companies["company_ids"] = [(6, 0, cls.env.company.ids)]
        cls.users = {
            name: new_test_user(cls.env, f"points_{name}", groups, **companies)
            for name, groups in USERS.items()
        }
        cls.store.sudo().manager_ids += (
            cls.users["store_manager"] + cls.users["till_manager"]
        )
        cls.program = cls.four_20_dollars_one_free_program.sudo()
        cls.guest = cls.env["res.partner"].create({"name": "Guest"})
        cls.card = cls._create_card(cls.member, 10)
        cls.guest_card = cls._create_card(cls.guest, 10)
        cls.changes = cls.env["vip.points.change"].sudo()
        cls.changes.search([]).flush_recordset()
        cls.env.flush_all()
        cls.first_change = max(cls.changes.search([]).ids, default=0)

    @classmethod
    def _create_far_member(cls, phone):
        """Return a member of a store, and of an owner, elsewhere."""
        store = cls.env["vip.store"].create({"name": "Far", "code": f"FAR{phone[-4:]}"})
        owner = cls.env["hr.employee"].create(
            {"name": "Far", "vip_store_id": store.id, "user_id": False}
        )
        return cls.env["res.partner"].create(
            {
                "name": "Far",
                "phone": phone,
                "is_vip_member": True,
                "vip_store_id": store.id,
                "vip_owner_id": owner.id,
            }
        )

    @classmethod
    def _create_card(cls, partner, points, program=None, **vals):
        return (
            cls.env["loyalty.card"]
            .sudo()
            .create(
                {
                    "program_id": (program or cls.program).id,
                    "partner_id": partner.id,
                    "points": points,
                }
                | vals
            )
        )

    def _as(self, name, record):
        return record.sudo(False).with_user(self.users[name])

    def _listed(self):
        """Return what was listed since the class was set up."""
        return self.changes.search([("id", ">", self.first_change)], order="id")

    def _kinds(self):
        return self._listed().mapped("kind")

    def _confirm(self, order, points, card=None, user="cashier", **vals):
        """Confirm one card's points as the till does; -1 stands for a new card."""
        card = self.card if card is None else card
        key = card.id if card else -1
        data = {
            "points": points,
            "program_id": card.program_id.id if card else self.program.id,
            "coupon_id": key,
            "partner_id": order.partner_id.id,
            "barcode": False,
        }
        return self._as(user, order).confirm_coupon_programs({str(key): data | vals})

    def _add_reward(self, order, card, cost, reward=None, **vals):
        """Put a reward line of `card` on the order, as the till sends it."""
        reward = reward or self.twenty_dollars_reward
        return order.sudo().lines.create(
            {
                "order_id": order.id,
                "product_id": reward.discount_line_product_id.id,
                "name": "reward",
                "qty": 1,
                "price_unit": 0,
                "price_subtotal": 0,
                "price_subtotal_incl": 0,
                "is_reward_line": True,
                "reward_id": reward.id,
                "coupon_id": card.id,
                "points_cost": cost,
                "reward_identifier_code": "abc",
            }
            | vals
        )

    @staticmethod
    def _context_of(reason=TICKET):
        return {CONTEXT_KEY: reason}
