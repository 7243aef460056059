from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .points_common import VipPointsCommon

REFUSED = UserError  # AccessError is one
# Who may change the balance of: the member, the guest.
ALLOWED = {
    "cashier": (False, False),
    "associate": (False, False),
    "associate_manager": (False, False),
    "odoo_manager": (False, True),
    "store_manager": (True, False),
    "till_manager": (True, True),
    "other_manager": (False, False),
    "head_office": (True, False),
    "auditor": (False, False),
    "outsider": (False, False),
}
EVERYBODY = tuple(ALLOWED)


@tagged("post_install", "-at_install")
class TestPointsByHand(VipPointsCommon):
    def _wizard(self, user, card, balance, reason="Goodwill"):
        wizards = self._as(user, self.env["loyalty.card.update.balance"])
        wizard = wizards.create(
            {"card_id": card.id, "new_balance": balance, "description": reason}
        )
        return wizard.action_update_card_point()

    def test_who_changes_a_balance_by_the_wizard(self):
        for name, allowed in ALLOWED.items():
            for card, may in zip(self.card + self.guest_card, allowed, strict=True):
                with self.subTest(user=name, customer=card.partner_id.name):
                    before, listed = card.points, len(self._listed())
                    if may:
                        self._wizard(name, card, before + 1)
                        self.assertEqual(card.points, before + 1)
                        self.assertEqual(len(self._listed()), listed + 1)
                        continue
                    with self.assertRaises(REFUSED):
                        self._wizard(name, card, before + 1)
                    self.assertEqual(card.points, before)
                    self.assertEqual(len(self._listed()), listed)

    def test_what_the_wizard_lists(self):
        self._wizard("store_manager", self.card, 25, "Zipper was broken")
        self.assertRecordValues(
            self._listed(),
            [
                {
                    "kind": "hand",
                    "partner_id": self.member.id,
                    "program_id": self.program.id,
                    "card_id": self.card.id,
                    "user_id": self.users["store_manager"].id,
                    "old": 10,
                    "new": 25,
                    "difference": 15,
                    "reason": "Zipper was broken",
                    "order_id": False,
                }
            ],
        )
        self.assertEqual(self.card.history_ids.description, "Zipper was broken")
        self.assertEqual(self.card.history_ids.issued, 15)

    def test_a_manager_without_a_till_gets_there_by_the_cards_form(self):
        card = self._as("store_manager", self.card)
        order = self._sell(self.member)
        self.card.source_pos_order_id = order
        action = self._as("store_manager", self.member).action_vip_view_points()
        found = card.search(action["domain"])
        self.assertEqual(found, card)
        self.assertNotIn(self.guest_card.id, card.search([]).ids)
        spec = {
            name: {"fields": {"display_name": {}}}
            for name in ("program_id", "partner_id", "source_pos_order_id")
        }
        lines = {"history_ids": {"fields": {"description": {}, "order_id": {}}}}
        [data] = card.web_read(spec | lines | {"points_display": {}})
        self.assertEqual(data["partner_id"]["display_name"], self.member.name)
        opened = card.action_loyalty_update_balance()
        self.assertEqual(opened["context"], {"default_card_id": card.id})

    def test_a_reason_and_a_number_are_needed(self):
        for balance, reason in [
            (20, ""),
            (20, "  "),
            (-1, "Why not"),
            (float("nan"), "Why not"),
            (float("inf"), "Why not"),
        ]:
            with self.subTest(balance=balance, reason=reason):
                with self.assertRaises(UserError):
                    self._wizard("store_manager", self.card, balance, reason)
                self.assertEqual(self.card.points, 10)
        self.assertFalse(self._listed())

    def test_the_wizard_shows_no_balance_of_hidden_members(self):
        wizards = self._as("cashier", self.env["loyalty.card.update.balance"])
        with self.assertRaises(AccessError):
            wizards.create({"card_id": self.card.id, "description": "x"})
        own = self._as("store_manager", self.env["loyalty.card.update.balance"])
        stranger = self._create_card(self._create_far_member("+8613912340077"), 3)
        wizard = own.create({"card_id": self.card.id, "description": "x"})
        with self.assertRaises(AccessError):
            wizard.card_id = stranger.id

    def test_no_direct_way_to_a_members_balance(self):
        for name in EVERYBODY:
            card = self._as(name, self.card)
            for vals in (
                {"points": 99},
                {"partner_id": self.guest.id},
                {"program_id": self.program.id},
                {"active": False},
                {"code": "mine"},
                {"expiration_date": "2099-01-01"},
            ):
                with (
                    self.subTest(user=name, vals=vals),
                    self.assertRaises(REFUSED),
                ):
                    card.write(vals)
        self.assertEqual(self.card.points, 10)
        self.assertFalse(self._listed())

    def test_odoos_manager_keeps_other_customers_and_is_listed(self):
        card = self._as("odoo_manager", self.guest_card)
        card.points = 99
        card.write({"code": "guest", "expiration_date": "2099-01-01"})
        card.active = False
        self.assertEqual(self._listed().mapped("difference"), [89, -99])
        self.assertEqual(set(self._kinds()), {"hand"})
        with self.assertRaises(AccessError):
            card.partner_id = self.member
        with self.assertRaises(ValidationError):
            card.points = float("nan")

    def test_nobody_writes_history(self):
        self.env["loyalty.history"].sudo().create(
            {"card_id": self.card.id, "description": "x", "issued": 1}
        )
        vals = {"card_id": self.card.id, "description": "x", "issued": 5}
        for name in EVERYBODY:
            history = self._as(name, self.card.history_ids)
            for call in (
                lambda history=history: history.create(vals),
                lambda history=history: history.write({"issued": 5}),
                lambda history=history: history.unlink(),
            ):
                with (
                    self.subTest(user=name),
                    self.assertRaises(REFUSED),
                ):
                    call()

    def test_odoos_manager_keeps_the_history_of_other_customers(self):
        vals = {"card_id": self.guest_card.id, "description": "x", "issued": 5}
        histories = self._as("odoo_manager", self.env["loyalty.history"])
        line = histories.create(vals)
        with self.assertRaises(UserError):
            line.card_id = self.card
        # A line that names a member's ticket says that the ticket has been booked.
        order = self._sell(self.member)
        ticket = {"order_model": "pos.order", "order_id": order.id}
        with self.assertRaises(UserError):
            histories.create(vals | ticket)
        with self.assertRaises(UserError):
            line.write(ticket)
        with self.assertRaises(UserError):
            self._as("cashier", line).issued = 9

    def test_cards_are_made_by_those_allowed(self):
        program = self.program.copy({"name": "Second"})
        vals = {"program_id": program.id, "points": 7}
        for name in EVERYBODY:
            cards = self._as(name, self.env["loyalty.card"])
            with (
                self.subTest(user=name),
                self.assertRaises(REFUSED),
            ):
                cards.create(vals | {"partner_id": self.member.id})
            with self.assertRaises(REFUSED):
                self._as(name, self.card).copy({"code": f"copy {name}"})
            with self.assertRaises(REFUSED):
                self._as(name, self.card).unlink()
        self._as("odoo_manager", self.env["loyalty.card"]).create(
            vals | {"partner_id": self.guest.id}
        )
        self.assertEqual(self._listed().mapped("difference"), [7])
