from unittest.mock import patch

from odoo.tests import tagged

from .till_common import VipTillCommon


@tagged("post_install", "-at_install")
class TestTillContacts(VipTillCommon):
    """Tickets hold no copy of a member's number or address."""

    def test_only_other_customers_contacts_are_copied_onto_tickets(self):
        order = self._sell(self.member)
        self.assertFalse(order.email)
        self.assertFalse(order.mobile)
        self.assertEqual(self._sell(self.guest).email, "guest@example.com")
        order = self._sell(self.guest, paid=False)
        order.partner_id = self.member
        self.assertFalse(order.email or order.mobile)

    def test_becoming_a_member_empties_the_copies_on_her_tickets(self):
        order = self._sell(self.guest)
        other = self._sell(
            self.env["res.partner"].create({"name": "B", "email": "b@b"})
        )
        written = order.write_date
        self.guest.write({"is_vip_member": True, "vip_store_id": self.store.id})
        self.assertFalse(order.email or order.mobile)
        self.assertEqual(order.write_date, written)
        self.assertEqual(other.email, "b@b")

    def test_receipts_go_where_the_customer_says_and_it_is_not_kept(self):
        order = self._sell(self.member).with_user(self.till)
        sent = []
        template = self.registry["mail.template"]
        with patch.object(
            template,
            "send_mail",
            lambda self, res_id, **kwargs: sent.append(kwargs["email_values"]),
        ):
            order.action_send_receipt("her@example.com", b"aGk=", None)
        self.assertEqual([values["email_to"] for values in sent], ["her@example.com"])
        self.assertFalse(order.sudo().email)
        guest = self._sell(self.guest)
        guest.write({"email": "other@example.com"})
        self.assertEqual(guest.email, "other@example.com")

    def test_what_a_client_writes_onto_a_ticket_is_not_kept(self):
        order = self._sell(self.member, paid=False)
        order.with_user(self.till).write(
            {"email": "x@example.com", "mobile": "13912340001"}
        )
        self.assertFalse(order.email or order.mobile)
        copied = self._sell(self.guest, paid=False)
        copied.write({"partner_id": self.member.id, "mobile": "13912340001"})
        self.assertFalse(copied.email or copied.mobile)
        created = order.copy({"email": "x@example.com"})
        self.assertFalse(created.email or created.mobile)

    def test_a_members_ticket_is_invoiced_by_who_may_not_read_her(self):
        order = self._sell(self.member).with_user(self.till)
        order.action_pos_order_invoice()
        self.assertEqual(order.sudo().account_move.partner_id, self.member)
        self.assertFalse(order.sudo().email or order.sudo().mobile)

    def test_tickets_are_found_by_a_customer_whom_the_seller_may_not_read(self):
        order = self._sell(self.member)
        self._sell(self.guest)

        def find(domain):
            orders = self.env["pos.order"].with_user(self.till)
            found = orders.search_paid_order_ids(self.config.id, domain, 30, 0)
            return [id_ for id_, _date in found["ordersInfo"]]

        self.assertEqual(find([("partner_id.id", "in", self.member.ids)]), order.ids)
        self.assertEqual(
            find([("partner_id.complete_name", "ilike", "%王%")]), order.ids
        )
        # Her number stays hers: no asking digit by digit.
        for domain in (
            [("partner_id.phone", "ilike", "139")],
            [("partner_id.vip_phone_key", "=like", "+86139%")],
            [("partner_id.email", "ilike", "wangfang")],
            [("partner_id.complete_name", "=", "王芳")],
        ):
            self.assertEqual(find(domain), [])
