from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .till_common import CASHIER
from .till_sync_common import VipTillSyncCommon

ADVISER_LOG = "odoo.addons.vip_care.models.pos_order_adviser"


@tagged("post_install", "-at_install")
class TestReceiver(VipTillSyncCommon):
    """Who served: the adviser on the ticket, else the cashier, else the seller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.adviser = cls.env["hr.employee"].create(
            {"name": "Yan", "vip_store_id": cls.store.id}
        )

    def _receiver(self, order):
        self._collect(full=False)
        self.env.invalidate_all()
        return self._purchase(order).receiver_id

    def test_adviser_before_cashier_before_seller(self):
        employee = {"employee_id": self.receiver.id}
        for number, (values, expected) in enumerate(
            [
                ({"vip_adviser_id": self.adviser.id, **employee}, self.adviser),
                (employee, self.receiver),
                ({"user_id": self.seller.id}, self.seller_employee),
                ({}, self.env["hr.employee"]),
                ({"vip_adviser_id": False, **employee}, self.receiver),
            ]
        ):
            with self.subTest(values=values):
                order = self._sync(self._ticket(f"r{number}", **values))
                self.assertEqual(order.state, "paid")
                self.assertEqual(order.vip_receiver_id, expected, "before collecting")
                self.assertEqual(self._receiver(order), expected)
                self.assertEqual(order.vip_receiver_id, expected)
                self.assertEqual(self._purchase(order).owner_id, self.owner)

    def test_a_wrong_adviser_is_left_out_and_the_ticket_booked(self):
        company = self.env["res.company"].create({"name": "Other chain"})
        other, gone = self.env["hr.employee"].create(
            [
                {"name": "Other", "company_id": company.id},
                {"name": "Gone", "active": False},
            ]
        )
        wrong = [2**31 - 1, 2**40, -3, 0, other.id, gone.id, "7", str(self.adviser.id)]
        wrong += [True, 1.5, [self.adviser.id], {"id": 1}, [[6, 0, [1]]], "'; --"]
        for number, value in enumerate(wrong):
            with (
                self.subTest(value=value),
                self.assertLogs(ADVISER_LOG, "WARNING") as logs,
            ):
                order = self._sync(self._ticket(f"w{number}", vip_adviser_id=value))
                self.assertEqual((order.state, order.amount_paid), ("paid", 20))
                self.assertFalse(order.vip_adviser_id)
            self.assertIn("booked without its adviser", logs.output[-1])

    def test_one_wrong_adviser_takes_nothing_from_the_others(self):
        with self.assertLogs(ADVISER_LOG, "WARNING"):
            good, bad = self._sync(
                self._ticket("g", vip_adviser_id=self.adviser.id),
                self._ticket("b", vip_adviser_id="x"),
            )
        self.assertEqual(good.vip_adviser_id, self.adviser)
        self.assertFalse(bad.vip_adviser_id)

    def test_a_failing_check_books_the_ticket(self):
        check = (self.env.registry["pos.order"], "_vip_is_possible_adviser")
        for error in (ZeroDivisionError, psycopg2.errors.UndefinedTable):
            with (
                patch.object(*check, side_effect=error),
                mute_logger("odoo.addons.vip_care.models.fence"),
                self.assertLogs(ADVISER_LOG, "WARNING"),
            ):
                order = self._sync(
                    self._ticket(error.__name__, vip_adviser_id=self.adviser.id)
                )
            self.assertEqual((order.state, order.partner_id), ("paid", self.member))
        again = psycopg2.errors.SerializationFailure
        with patch.object(*check, side_effect=again), self.assertRaises(again):
            self._sync(self._ticket("again", vip_adviser_id=self.adviser.id))

    def test_a_draft_changes_its_adviser_and_a_paid_ticket_does_not(self):
        ticket = {"state": "draft", "payment_ids": [], "amount_paid": 0}
        order = self._sync(self._ticket("d", **ticket, vip_adviser_id=self.adviser.id))
        changed = {"lines": [], "vip_adviser_id": self.owner.id}
        self._sync(self._ticket("d", **ticket | changed))
        self.assertEqual(order.vip_adviser_id, self.owner)
        self._sync(self._ticket("d", **changed | {"vip_adviser_id": False}))
        self.assertEqual(order.state, "paid")
        self.assertFalse(order.vip_adviser_id)
        self._sync(self._ticket("d", **changed))
        self.assertFalse(order.vip_adviser_id)

    def test_several_registers_of_one_store_with_and_without_pos_hr(self):
        second = self.config.copy({"name": "Second", "vip_store_id": self.store.id})
        self.config.module_pos_hr = True
        second.module_pos_hr = False
        self._open(second)
        first, other = self._sync(
            self._ticket("1", employee_id=self.receiver.id),
            self._ticket("2", second, vip_adviser_id=self.adviser.id),
        )
        self.assertEqual(self._receiver(first), self.receiver)
        self.assertEqual(self._receiver(other), self.adviser)
        self.assertEqual(self._purchase(other).store_id, self.store)

    def test_nobody_is_taken_over_by_a_refund(self):
        order = self._sync(self._ticket("o", vip_adviser_id=self.adviser.id))
        action = order.refund()
        refund = self.env["pos.order"].browse(action["res_id"])
        self.assertTrue(refund.is_refund)
        self.assertFalse(refund.vip_adviser_id)

    def test_a_manager_corrects_and_the_purchase_follows(self):
        order = self._sync(
            self._ticket("c", vip_adviser_id=self.adviser.id, employee_id=False)
        )
        self.assertEqual(self._receiver(order), self.adviser)
        manager = new_test_user(
            self.env, "pos_boss", f"{CASHIER},point_of_sale.group_pos_manager"
        )
        order.with_user(manager).vip_adviser_id = self.owner
        self.assertEqual(order.vip_receiver_id, self.owner)
        self.assertEqual(self._receiver(order), self.owner)
        self.assertIn("Adviser: Yan → Mei", order.message_ids[0].body)
        order.with_user(manager).vip_adviser_id = False
        self.assertFalse(self._receiver(order))
        self.assertFalse(self._collect(full=False))

    def test_what_nobody_corrected_stays_as_it_was_at_the_sale(self):
        order = self._sync(self._ticket("s", user_id=self.seller.id))
        self.assertEqual(self._receiver(order), self.seller_employee)
        self.seller_employee.user_id = False
        order.write({"general_customer_note": "late"})
        for full in (False, True):
            self._collect(full=full)
            self.assertEqual(self._purchase(order).receiver_id, self.seller_employee)

    def test_sellers_correct_no_paid_ticket(self):
        order = self._sync(self._ticket("p", vip_adviser_id=self.adviser.id))
        theirs = order.with_user(self.till)
        with self.assertRaisesRegex(AccessError, "Only a manager corrects"):
            theirs.write({"vip_adviser_id": self.owner.id})
        theirs.write({"vip_adviser_id": self.adviser.id})  # as it is
        draft = self._sell(self.member, paid=False)
        draft.with_user(self.till).vip_adviser_id = self.owner
        self.assertEqual(draft.vip_adviser_id, self.owner)

    def test_nobody_of_another_company(self):
        company = self.env["res.company"].create({"name": "Other chain"})
        other = self.env["hr.employee"].create(
            {"name": "Other", "company_id": company.id}
        )
        order = self._sell(self.member)
        with self.assertRaisesRegex(ValidationError, "belongs to another company"):
            order.vip_adviser_id = other

    def test_the_form_shows_both(self):
        order = self._sync(self._ticket("f", vip_adviser_id=self.adviser.id))
        with Form(order) as form:
            self.assertEqual(form.vip_adviser_id, self.adviser)
            self.assertEqual(form.vip_receiver_id, self.adviser)
            form.vip_adviser_id = self.owner
        self.assertEqual(order.vip_receiver_id, self.owner)

    def test_a_ticket_without_an_adviser_costs_no_query(self):
        ticket = self._ticket("q")
        orders = self.env["pos.order"].with_user(self.till)
        with self.assertQueryCount(0):
            orders._vip_clean_advisers([ticket])
