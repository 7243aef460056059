from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..gateways.base import ACCEPTED, STOP, UNKNOWN, Health, Result
from .gateway_common import FakeGateway, GatewayCommon

REASON = "No credit is left with the gateway."


@tagged("post_install", "-at_install")
class TestGatewayHealth(GatewayCommon):
    def test_it_stops_with_one_alert_to_those_who_can_do_something(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "g_stranger",
            "vip_care.group_head_office",
            company_id=elsewhere.id,
            company_ids=[fields.Command.set(elsewhere.ids)],
        )
        self.gateway.state = "running"
        before = self.gateway.message_ids
        self.assertTrue(self.gateway.with_user(self.associate)._pause(REASON))
        self.assertFalse(self.gateway._pause("again"))
        self.assertEqual(self.gateway.state, "paused")
        self.assertEqual(self.gateway.pause_reason, REASON)
        self.assertTrue(self.gateway.paused_at)
        (alert,) = self.gateway.message_ids - before
        self.assertIn(REASON, alert.body)
        told = alert.notified_partner_ids
        self.assertLessEqual((self.head + self.system).partner_id, told)
        self.assertFalse((self.associate + stranger).partner_id & told)

    def test_a_reason_of_any_length_pauses(self):
        self.gateway.state = "running"
        self.gateway._pause("x" * 5000)
        self.assertEqual(len(self.gateway.pause_reason), 200)

    def test_only_head_office_and_the_administrator_resume(self):
        for user in (self.head, self.system):
            self.gateway.write(
                {"state": "paused", "pause_reason": REASON, "unknown_in_a_row": 20}
            )
            self.gateway.with_user(user).action_resume()
            self.assertEqual(self.gateway.state, "running")
            self.assertFalse(self.gateway.pause_reason or self.gateway.paused_at)
            self.assertFalse(self.gateway.unknown_in_a_row)
        self.gateway.state = "paused"
        manager = new_test_user(self.env, "g_mgr", "vip_care.group_store_manager")
        steps = ["action_resume", "action_check", "action_send_now"]
        for user in (self.associate, manager):
            for step in steps:
                with self.subTest(step), self.assertRaises(AccessError):
                    getattr(self.gateway.with_user(user), step)()
        with self.assertRaises(AccessError):
            self.gateway.with_user(self.head).action_test("13800138000")
        self.assertEqual(self.gateway.state, "paused")

    def test_a_gateway_of_another_company_is_out_of_reach(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.gateway.company_id = elsewhere
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.gateway.with_user(self.head).action_resume()

    def test_what_cannot_work_is_not_resumed(self):
        empty = self.gateway.create({"name": "Empty", "kind": "kannel"})
        with self.assertRaises(ValidationError):
            empty.action_resume()
        self.assertEqual(empty.state, "paused")
        self.gateway.active = False
        with self.assertRaises(UserError):
            self.gateway.action_resume()

    def test_check_tells_and_keeps_what_is_wrong(self):
        fake = self._call_instead(FakeGateway())
        gateway = self.gateway.with_user(self.system)
        self.assertEqual(gateway.action_check()["params"]["type"], "success")
        fake.health = Health(False, REASON)
        told = gateway.action_check()["params"]
        self.assertEqual((told["type"], told["message"]), ("danger", REASON))
        self.assertEqual(gateway.error_text, REASON)
        self.assertTrue(gateway.error_at)
        fake.health = Health(True, balance="12.5")
        self.assertIn("12.5", gateway.action_check()["params"]["message"])
        self.assertFalse(gateway.error_at)
        self.assertFalse(fake.sent)

    def test_check_of_a_gateway_nobody_answers_for(self):
        told = self.gateway.with_user(self.system).action_check()
        self.assertEqual(told["params"]["type"], "danger")

    def test_send_now_hands_over_what_is_due(self):
        asked = []
        model = type(self.env["vip.message"])

        def send_by(_self, gateway, seconds=None):
            asked.append((gateway, seconds))
            return 3

        with patch.object(model, "_send_by", send_by, create=True):
            with self.assertRaises(UserError):
                self.gateway.with_user(self.head).action_send_now()
            self.gateway.state = "running"
            told = self.gateway.with_user(self.head).action_send_now()
        self.assertEqual(asked, [(self.gateway, 20)])
        self.assertIn("3", told["params"]["message"])


@tagged("post_install", "-at_install")
class TestGatewayTest(GatewayCommon):
    def setUp(self):
        super().setUp()
        self.written, self.steps = [], []
        model = type(self.env["vip.message"])

        def write_results(messages, gateway, results, attempts):
            self.steps.append("written")
            self.written.append((messages.state, results, attempts))

        self.startPatcher(
            patch.object(model, "_write_results", write_results, create=True)
        )
        cron = type(self.env["ir.cron"])

        def commit(*_args, **_kwargs):
            self.steps.append("committed")

        self.startPatcher(patch.object(cron, "_commit_progress", commit))

    def _test(self, number="138 0013 8000", result=None):
        fake = self._call_instead(FakeGateway(result))
        send = fake.send

        def sending(messages):
            self.steps.append("called")
            return send(messages)

        fake.send = sending
        return fake, self.gateway.with_user(self.system).action_test(number)

    def test_it_is_committed_as_handed_over_before_the_call(self):
        fake, told = self._test()
        self.assertEqual(self.steps, ["committed", "called", "written"])
        (outgoing,) = fake.sent
        self.assertEqual(outgoing.number, "+8613800138000")
        message = self.env["vip.message"].search([("uuid", "=", outgoing.uuid)])
        self.assertEqual((message.kind, message.state), ("test", "reserved"))
        self.assertEqual(message.body, outgoing.text)
        self.assertEqual(message.number_masked, "138****8000")
        self.assertEqual(message.gateway_id, self.gateway)
        state, results, attempts = self.written[0]
        self.assertEqual((state, attempts), ("reserved", {outgoing.uuid: 1}))
        self.assertEqual(results[outgoing.uuid].outcome, ACCEPTED)
        self.assertEqual(told["params"]["type"], "success")

    def test_what_became_of_it_is_shown(self):
        for outcome, kind in ((STOP, "danger"), (UNKNOWN, "warning")):
            _fake, told = self._test(result=Result(outcome, reason=REASON))
            self.assertEqual(told["params"]["type"], kind)
            self.assertEqual(told["params"]["message"], REASON)

    def test_numbers_to_which_nothing_is_sent(self):
        self.env["phone.blacklist"].create({"number": "+8613800138001"})
        junk = ["", None, 5, [], {}, "x", "01012345678", "13800138001"]
        for number in junk:
            with self.subTest(number), self.assertRaises(UserError):
                self._test(number)
        self.assertFalse(self.steps)
        self.assertFalse(self.env["vip.message"].search([("kind", "=", "test")]))
