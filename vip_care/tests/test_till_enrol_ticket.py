import threading
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VipCareCommon
from .till_common import VipTillCommon

NUMBER = "13511112222"
ENROL_LOG = "odoo.addons.vip_care.models.fence"


@tagged("post_install", "-at_install")
class TestTillEnrolTicket(VipTillCommon):
    """What was agreed to is kept once; the ticket made meanwhile becomes hers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.cn")
        cls.nobody = cls.env["res.partner"]

    def _take(self, **values):
        values = {
            "name": "周敏",
            "phone": NUMBER,
            "employee_id": self.seller_employee.id,
        } | values
        partners = self.env["res.partner"].with_user(self.till)
        answer = partners.vip_till_enrol(values, self.config.id)
        return answer, self.env["res.partner"].browse(answer["id"])

    def _said(self, member):
        return {(row.purpose, row.text) for row in member.vip_consent_ids}

    def test_consents_are_kept_with_their_text(self):
        moment = fields.Datetime.now() - timedelta(days=1)
        _answer, member = self._take(
            consent=True,
            consent_text="Keep it",
            consent_marketing=True,
            marketing_text="Send offers",
            taken_at=str(moment),
        )
        self.assertEqual(
            self._said(member),
            {
                ("service", "Keep it"),
                ("care", "Keep it"),
                ("marketing", "Send offers"),
            },
        )
        rows = member.vip_consent_ids
        self.assertEqual(set(rows.mapped("date")), {moment})
        self.assertEqual(rows.user_id, self.till)
        self.assertEqual(rows.store_id, self.store)
        self.assertEqual(set(rows.mapped("method")), {"till"})

    def test_marketing_only_when_she_says_so(self):
        _answer, member = self._take(consent=True, consent_text="Keep it")
        self.assertFalse(member._vip_has_consent("marketing"))
        self._take(consent_marketing=True, consent_text="All of it")
        self.assertTrue(member._vip_has_consent("marketing"))
        self.assertIn(("marketing", "All of it"), self._said(member))

    def test_a_known_member_agrees_to_what_she_had_not(self):
        self.member._vip_record_consents(["service"], True, text="Old", method="paper")
        self._take(phone="13912340001", consent=True, consent_text="New")
        self.assertEqual(self._said(self.member), {("service", "Old"), ("care", "New")})

    def test_what_she_refused_since_is_not_overruled_by_a_late_till(self):
        moment = fields.Datetime.now() - timedelta(days=2)
        self.member._vip_record_consents(
            ["marketing"], False, text="Stop", method="verbal"
        )
        for _again in range(2):
            self._take(
                phone="13912340001",
                consent_marketing=True,
                marketing_text="Offers",
                taken_at=str(moment),
            )
        self.assertFalse(self.member._vip_has_consent("marketing"))
        self.assertEqual(len(self.member.vip_consent_ids), 2)

    def test_the_ticket_becomes_hers_once_and_is_counted(self):
        order = self._sell(self.nobody)
        for _again in range(2):
            answer, member = self._take(order_uuid=order.uuid)
            self.assertEqual(answer["ticket"], "given")
        self.assertEqual(order.partner_id, member)
        self.assertFalse(order.mobile)
        self._collect()
        self.assertEqual(self._purchase(order).partner_id, member)

    def test_what_she_bought_after_enrolling_offline_is_her_owners(self):
        now = fields.Datetime.now()
        before, after = (
            self._sell(self.nobody, date_order=now - timedelta(hours=hours))
            for hours in (3, 1)
        )
        taken_at = str(now - timedelta(hours=2))
        for order in (before, after):
            self._take(order_uuid=order.uuid, taken_at=taken_at)
        self._collect()
        self.assertFalse(self._purchase(before).owner_id)
        self.assertEqual(self._purchase(after).owner_id, self.seller_employee)

    def test_a_ticket_of_a_closed_session_becomes_hers(self):
        order = self._sell(self.nobody)
        self.config.current_session_id.action_pos_session_closing_control()
        self.assertEqual((order.state, order.session_id.state), ("done", "closed"))
        answer, member = self._take(order_uuid=order.uuid)
        self.assertEqual((answer["ticket"], order.partner_id), ("given", member))
        self._collect()
        self.assertEqual(self._purchase(order).partner_id, member)

    def test_a_draft_and_another_register_of_the_store(self):
        draft = self._sell(self.nobody, paid=False)
        self.pos_config_eur.vip_store_id = self.store
        other = self._sell(self.nobody, config=self.pos_config_eur)
        for order in (draft, other):
            answer, member = self._take(order_uuid=order.uuid)
            self.assertEqual((answer["ticket"], order.partner_id), ("given", member))

    def test_tickets_that_are_not_to_be_touched(self):
        hers = self._sell(self.other_member)
        invoiced = self._sell(self.nobody)
        invoiced.account_move = self.env["account.move"].create({"move_type": "entry"})
        cancelled = self._sell(self.nobody, paid=False)
        cancelled.action_pos_order_cancel()
        old = self._sell(
            self.nobody, date_order=fields.Datetime.now() - timedelta(days=31)
        )
        elsewhere = self._sell(self.nobody, config=self.pos_config_eur)
        for order, expected in [
            (hers, "taken"),
            (invoiced, "taken"),
            (cancelled, "taken"),
            (old, "taken"),
            (elsewhere, "missing"),
        ]:
            before = order.partner_id
            answer, _member = self._take(order_uuid=order.uuid)
            self.assertEqual(answer["ticket"], expected)
            self.assertEqual(order.partner_id, before)
        self.assertEqual(self._take(order_uuid="unknown")[0]["ticket"], "missing")

    def test_the_enrolment_stays_when_the_ticket_fails(self):
        order = self._sell(self.nobody)
        with (
            patch.object(
                self.env.registry["pos.order"],
                "_vip_give_ticket",
                side_effect=ZeroDivisionError,
            ),
            self.assertLogs(ENROL_LOG, "ERROR") as logs,
        ):
            answer, member = self._take(order_uuid=order.uuid)
        self.assertIn("could not be given", logs.output[0])
        self.assertTrue(member.is_vip_member)
        self.assertEqual(answer["ticket"], "failed")
        self.assertIn("周敏 is a member now. The ticket could not", answer["message"])

    def test_two_tills_at_one_ticket_are_repeated(self):
        order = self._sell(self.nobody)
        error = psycopg2.errors.SerializationFailure
        with (
            patch.object(
                self.env.registry["pos.order"], "_vip_give_ticket", side_effect=error
            ),
            self.assertRaises(error),
        ):
            self._take(order_uuid=order.uuid)

    def test_a_consent_without_its_text_is_refused(self):
        with self.assertRaisesRegex(UserError, "text she agreed to"):
            self._take(consent_marketing=True)


@tagged("post_install", "-at_install")
class TestTillEnrolAtOnce(VipCareCommon):
    """Two real transactions that have both looked before either commits."""

    def setUp(self):
        super().setUp()
        self.phone = "+8613700000002"
        self.addCleanup(self._forget)
        self.config_id, self.employee_id = self._committed()

    def _committed(self):
        """Make a register and an adviser both transactions can see."""
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            config = env["pos.config"].create({"name": "At once"})
            employee = env["hr.employee"].create(
                {"name": "At once", "vip_store_id": config.vip_store_id.id}
            )
            config.vip_store_id.country_id = env.ref("base.cn")
            return config.id, employee.id

    def _run(self, prepare=None):
        """Enrol in two threads at the same moment; return the answers."""
        barrier = threading.Barrier(2, timeout=20)
        waited, answers, errors = set(), [], []
        registry = self.env.registry
        original = registry["res.partner"]._vip_find_by_key

        def look(partners, key, store_id=False):
            result = original(partners, key, store_id)
            if key == self.phone and threading.get_ident() not in waited:
                waited.add(threading.get_ident())
                barrier.wait()
            return result

        def till(name):
            values = {
                "name": name,
                "phone": self.phone,
                "employee_id": self.employee_id,
                "consent": True,
                "consent_text": "Yes",
            }
            try:
                with registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {})
                    enrol = env["res.partner"].vip_till_enrol
                    answers.append(retrying(lambda: enrol(values, self.config_id), env))
            except Exception as error:  # noqa: BLE001 a thread must not lose it
                errors.append(error)

        with patch.object(registry["res.partner"], "_vip_find_by_key", look):
            tills = [threading.Thread(target=till, args=(name,)) for name in "AB"]
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                for thread in tills:
                    thread.start()
                for thread in tills:
                    thread.join()
        self.assertEqual((errors, len(waited)), ([], 2))
        return answers

    def _kept(self):
        with self.env.registry.cursor() as cr:
            cr.execute(
                """SELECT count(DISTINCT p.id), count(c.id) FROM res_partner p
                LEFT JOIN vip_consent c ON c.partner_id = p.id
                WHERE p.vip_phone_key = %s""",
                [self.phone],
            )
            return cr.fetchone()

    def _forget(self):
        with self.env.registry.cursor() as cr:
            cr.execute("SET LOCAL session_replication_role = replica")
            partners = "SELECT id FROM res_partner WHERE vip_phone_key = %s"
            for table in ("vip_consent", "vip_ownership_change", "vip_standing_due"):
                cr.execute(
                    f"DELETE FROM {table} WHERE partner_id IN ({partners})",
                    [self.phone],
                )
            cr.execute("DELETE FROM res_partner WHERE vip_phone_key = %s", [self.phone])
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["hr.employee"].browse(self.employee_id).unlink()
            config = env["pos.config"].browse(self.config_id)
            store = config.vip_store_id
            config.unlink()
            store.unlink()

    def test_one_member_and_one_consent_for_each_purpose(self):
        answers = self._run()
        self.assertEqual({answer["known"] for answer in answers}, {True, False})
        self.assertEqual(len({answer["id"] for answer in answers}), 1)
        self.assertEqual(self._kept(), (1, 2))

    def test_a_known_member_agrees_once(self):
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            values = {"name": "C", "phone": self.phone, "employee_id": self.employee_id}
            env["res.partner"].vip_till_enrol(values, self.config_id)
        answers = self._run()
        self.assertEqual([answer["known"] for answer in answers], [True, True])
        self.assertEqual(self._kept(), (1, 2))
