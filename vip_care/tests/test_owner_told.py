from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .till_common import VipTillCommon

TOLD_LOG = "odoo.addons.vip_care.models.vip_purchase_owner_told"


@tagged("post_install", "-at_install")
class TestOwnerTold(VipTillCommon):
    """The owner hears that her member came by and was served by a colleague."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mei = new_test_user(
            cls.env,
            "vip_mei_told",
            "base.group_user,vip_care.group_associate",
        )
        cls.owner.user_id = cls.mei
        cls.env.flush_all()
        # They have been hers for a while.
        cls.env.cr.execute(
            "UPDATE vip_ownership_change SET date = date - interval '9 days'"
        )
        cls.env.flush_all()

    def _told(self, user=None):
        messages = self.env["mail.message"].sudo()
        partner = (user or self.mei).partner_id
        return messages.search(
            [
                ("notified_partner_ids", "in", partner.ids),
                ("subject", "=", "Your members came by"),
            ],
            order="id",
        )

    def _diary(self):
        return self.env["vip.job.run"].search([("job", "=", "collect")], limit=1)

    def test_one_message_with_who_where_when_and_by_whom(self):
        sold = fields.Datetime.now().replace(hour=7, minute=5, second=0)
        sold -= timedelta(days=1)
        self._sell(self.member, date_order=sold)
        self._sell(self.other_member)
        self._collect(full=False)
        [message] = self._told()
        body = message.body
        for text in ("王芳", "李娜", self.store.name, "served by Lin", "3:05"):
            self.assertIn(text, body)
        self.assertIn(f"/odoo/vip-members/{self.member.id}", body)
        self.assertNotIn("brought back", body)
        self.assertNotIn("王", message.subject)
        self.assertEqual(message.author_id, self.env.ref("base.partner_root"))
        self.assertFalse(self._told(self.seller))
        self._collect(full=False)
        self._collect()
        self.assertEqual(self._told(), message, "never twice")

    def test_something_brought_back(self):
        self._sell(self.member, refund=True)
        self._collect(full=False)
        self.assertEqual(self._told().body.count("Something was brought back."), 1)

    def test_nobody_hears_of_her_own_sale(self):
        self._sell(self.member, vip_adviser_id=self.owner.id)
        self._sell(self.own_member, vip_adviser_id=self.seller_employee.id)
        twin = self.env["hr.employee"].create(
            {
                "name": "Mei elsewhere",
                "company_id": self.env["res.company"].create({"name": "Twin"}).id,
                "user_id": self.mei.id,
            }
        )
        order = self._sell(self.member)
        order.employee_id = twin
        self._collect(full=False)
        self.assertFalse(self._told() + self._told(self.seller))

    def test_a_ticket_that_names_nobody(self):
        order = self._sell(self.member)
        order.user_id = self.till
        self._collect(full=False)
        self.assertIn("does not say who served", self._told().body)

    def test_who_is_not_told(self):
        now = fields.Datetime.now()
        self._sell(self.member, date_order=now - timedelta(hours=49))
        self.env.company.vip_tell_owner = False
        self._sell(self.member)
        self._collect(full=False)
        self.assertFalse(self._told())
        self.env.company.vip_tell_owner = True
        self._collect()
        self.assertFalse(self._told(), "what was silent stays silent")
        self._sell(self.member, date_order=now - timedelta(hours=47))
        self._collect(full=False)
        self.assertEqual(len(self._told()), 1)

    def test_owners_without_login_and_former_owners_are_not_told(self):
        hour_ago = fields.Datetime.now() - timedelta(hours=1)
        self._sell(self.member, date_order=hour_ago)
        self.member.sudo()._vip_decided("rebalance").vip_owner_id = self.seller_employee
        self._collect(full=False)
        self.owner.user_id = False
        self._sell(self.other_member)
        self._collect(full=False)
        self.assertFalse(self._told() + self._told(self.seller))

    def test_imported_history_is_no_news(self):
        self.env["vip.purchase"].sudo().create(
            {
                "import_ref": "I1",
                "partner_id": self.member.id,
                "company_id": self.env.company.id,
                "store_id": self.store.id,
                "date": fields.Datetime.now(),
                "local_date": fields.Date.today(),
                "owner_id": self.owner.id,
                "receiver_id": self.receiver.id,
            }
        )
        self._collect(full=False)
        self.assertFalse(self._told())

    def test_in_the_owners_language_and_the_stores_clock(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.mei.lang = "fr_FR"
        self.store.with_context(lang="fr_FR").name = "Porte du Nord"
        self.store.tz = "America/New_York"
        sold = fields.Datetime.now().replace(hour=20, minute=5, second=0)
        self._sell(self.member, date_order=sold - timedelta(days=1))
        self._collect(full=False)
        body = self._told().body
        self.assertIn("Porte du Nord", body)
        self.assertRegex(body, r"1[56]:05")

    def test_names_are_text(self):
        self.member.name = "<b>王%(store)s</b>"
        self._sell(self.member)
        self._collect(full=False)
        self.assertIn("&lt;b&gt;王%(store)s&lt;/b&gt;", self._told().body)

    def test_a_job_killed_before_it_commits_tells_once(self):
        self._sell(self.member)
        run = self.env.registry["vip.job.run"]
        with (
            patch.object(run, "_progress", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
            self.env.cr.savepoint(),
        ):
            self._collect(full=False)
        self.env.invalidate_all()
        self.assertFalse(self._told())
        self._collect(full=False)
        self.assertEqual(len(self._told()), 1)

    def test_what_cannot_be_sent_stops_nothing(self):
        thread = self.env.registry["mail.thread"]
        order = self._sell(self.member)
        own = self._sell(self.own_member)
        original = thread.message_notify

        def notify(model, *, partner_ids, **values):
            if partner_ids == self.mei.partner_id.ids:
                model.env.cr.execute("SELECT nothing_like_this")
            return original(model, partner_ids=partner_ids, **values)

        with (
            patch.object(thread, "message_notify", notify),
            self.assertLogs(TOLD_LOG, "ERROR"),
            mute_logger("odoo.sql_db"),
        ):
            self._collect(full=False)
        self.assertTrue(self._purchase(order) and self._purchase(own))
        self.assertFalse(self._told())
        self.assertEqual(len(self._told(self.seller)), 1, "one failure harms only one")
        self.assertIn("could not be told of visits", self._diary().error_text)

    def test_a_broken_query_stops_nothing(self):
        order = self._sell(self.member)
        with (
            patch.object(
                self.env.registry["vip.purchase"],
                "_query_visits",
                side_effect=ZeroDivisionError,
            ),
            self.assertLogs(TOLD_LOG, "ERROR"),
        ):
            self._collect(full=False)
        self.assertTrue(self._purchase(order))
        self.assertEqual(self._diary().error_count, 1)

    def test_one_query_finds_the_visits_of_all(self):
        orders = [self._sell(self.member), self._sell(self.own_member)]
        self._collect(full=False)
        self.env.flush_all()
        purchases = self.env["vip.purchase"]
        with self.assertQueryCount(1):
            visits = purchases._find_visits([order.id for order in orders])
        self.assertEqual(set(visits), {self.mei.id, self.seller.id})
