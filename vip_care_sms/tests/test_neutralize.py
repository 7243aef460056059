from odoo.modules import neutralize
from odoo.tests import tagged

from ..gateways.base import STOP, Outgoing
from .gateway_common import GatewayCommon

MESSAGE = Outgoing("a" * 32, "+8613800138000", "x")


@tagged("post_install", "-at_install")
class TestNeutralize(GatewayCommon):
    def setUp(self):
        super().setUp()
        self.odoos = self.gateway.create({"name": "Odoo", "kind": "odoo"})
        self.gateways = self.gateway + self.odoos
        self.gateways.state = "running"
        self.company.vip_sms_gateway_id = self.odoos
        self.queued, self.sent = self.env["vip.message"].create(
            [
                {
                    "uuid": letter * 32,
                    "state": state,
                    "company_id": self.company.id,
                    "gateway_id": self.odoos.id,
                    "number": MESSAGE.number,
                    "send_from": "2026-01-01 00:00:00",
                }
                for letter, state in (("b", "ready"), ("c", "delivered"))
            ]
        )
        self.env.flush_all()
        neutralize.neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_no_secret_is_left(self):
        names = ["url", "user", "secret", "callback_secret", "sender", "options"]
        self.env.cr.execute("SELECT * FROM vip_sms_gateway")
        columns = [column.name for column in self.env.cr.description]
        for row in self.env.cr.fetchall():
            told = dict(zip(columns, row, strict=True))
            self.assertFalse([name for name in names if told[name]])
            self.assertNotIn("zq-", str([told[name] for name in names]))

    def test_nothing_runs_is_chosen_or_queued(self):
        self.assertEqual(set(self.gateways.mapped("state")), {"paused"})
        self.assertFalse(any(self.gateways.mapped("active")))
        self.assertFalse(self.company.vip_sms_gateway_id)
        self.assertEqual(self.queued.state, "cancelled")
        self.assertEqual(self.sent.state, "delivered")
        self.assertFalse(self.gateway._report_url())

    def test_nothing_leaves_even_when_a_gateway_is_woken(self):
        """Also by Odoo's own accounts, whose settings are not ours to wipe."""
        calls = []
        provider = self.company._get_sms_api_class()
        self.patch(
            provider, "_send_sms_batch", lambda *args, **kwargs: calls.append(args)
        )
        self.gateways.write({"active": True, "state": "running"})
        for gateway in self.gateways:
            (result,) = gateway._gateway().send([MESSAGE]).values()
            self.assertEqual(result.outcome, STOP)
            self.assertIn("copy", result.reason)
            self.assertFalse(gateway._gateway().check().is_well)
        self.assertFalse(calls)
