from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.points_reason import PointsReason
from .points_common import VipPointsCommon

REFUSED = UserError  # AccessError is one


@tagged("post_install", "-at_install")
class TestPointsRoads(VipPointsCommon):
    """Odd ways to a balance: refused, or listed."""

    def test_the_line_of_a_gift_card_does_not_name_its_member(self):
        line = (
            self.env["loyalty.history"]
            .sudo()
            .create(
                {
                    "card_id": self.card.id,
                    "description": f"Assigning partner {self.member.name}",
                }
            )
        )
        self.assertEqual(line.description, "Assigning partner 王*")

    def test_other_roads_lead_to_the_same_gate(self):
        """Commands of a program, imports, forms' saves and copies."""
        program = self._as("odoo_manager", self.program)
        card = self._as("odoo_manager", self.card)
        roads = (
            lambda: program.write({"coupon_ids": [(1, card.id, {"points": 99})]}),
            lambda: program.write(
                {"coupon_ids": [(0, 0, {"partner_id": self.member.id, "points": 9})]}
            ),
            lambda: program.write({"coupon_ids": [(3, card.id)]}),
            lambda: program.copy({"coupon_ids": [(4, card.id)]}),
            lambda: card.web_save({"points": 99}, {"points": {}}),
            lambda: card.with_context(vip_points_reason="hand").write({"points": 9}),
            lambda: card.with_context(
                vip_points_reason={"kind": "ticket", "text": ""}
            ).write({"points": 9}),
            lambda: card.write({"history_ids": [(0, 0, {"description": "x"})]}),
            lambda: card.copy({"code": "copied"}),
        )
        for number, road in enumerate(roads):
            with (
                self.subTest(road=number),
                self.assertRaises(REFUSED),
            ):
                road()
        order = self._as("odoo_manager", self._sell(self.member))
        moved = [{"card_id": card.id, "won": 9, "spent": 0}]
        with self.assertRaises(REFUSED):
            order.add_loyalty_history_lines(moved, [])
        self.env["ir.model.data"].create(
            {"module": "x", "name": "card", "model": card._name, "res_id": card.id}
        )
        result = card.load(["id", "points"], [["x.card", "99"]])
        self.assertFalse(result["ids"])
        self.assertEqual(self.card.points, 10)
        self.assertFalse(self._listed())

    def test_generated_cards_are_listed(self):
        wizards = self.env["loyalty.generate.wizard"]
        vals = {"program_id": self.program.id, "points_granted": 5}
        anonymous = vals | {"coupon_qty": 2}
        to_member = vals | {"mode": "selected", "customer_ids": self.member.ids}
        cards = self._as("odoo_manager", wizards).create(anonymous).generate_coupons()
        self.assertEqual(self._listed().card_id, cards.sudo())
        for name, values in [
            ("odoo_manager", to_member),
            ("associate_manager", to_member),
            ("associate_manager", anonymous),
            ("cashier", anonymous),
            ("till_manager", to_member),  # no reason given
        ]:
            with (
                self.subTest(user=name),
                self.assertRaises(REFUSED),
            ):
                self._as(name, wizards).create(values).generate_coupons()
        given = to_member | {"description": "Opening day"}
        self._as("till_manager", wizards).create(given).generate_coupons()
        self.assertEqual(self._listed()[-1].reason, "Opening day")
        self.assertEqual(self._listed()[-1].kind, "generated")

    def test_jobs_and_merges_are_listed(self):
        self.card.points = 11
        self.card.with_context(
            **self._context_of(PointsReason("system", "Expired"))
        ).points = 4
        merge = self.env["base.partner.merge.automatic.wizard"].sudo().create({})
        twin = self.other_member
        self._create_card(twin, 30)
        merge._merge((self.member + twin).ids, self.member)
        listed = self._listed()
        self.assertEqual(self.card.points, 34)
        self.assertEqual(listed.mapped("kind")[:2], ["system", "system"])
        self.assertEqual(listed[1].reason, "Expired")
        self.assertEqual(sum(listed.mapped("difference")), 34 - 10)
        self.assertIn("merge", listed.mapped("kind"))
        self.assertEqual(listed.partner_id, self.member)
