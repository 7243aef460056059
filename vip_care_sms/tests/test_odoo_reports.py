import json
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..gateways.base import DELIVERED, REJECTED, SENT
from .gateway_common import GatewayCommon


@tagged("post_install", "-at_install")
class TestOdooReports(HttpCase, GatewayCommon):
    """Odoo's webhook for IAP, called as IAP calls it, moves our messages."""

    def setUp(self):
        super().setUp()
        self.odoos = self.gateway.create({"name": "Odoo", "kind": "odoo"})
        self.told = []
        model = type(self.env["vip.message"])

        def apply(_self, gateway, report):
            self.told.append((gateway.id, report.uuid, report.status, report.code))
            return True

        self.startPatcher(patch.object(model, "_apply_report", apply, create=True))

    def _message(self, letter, gateway, state="reserved", uuid=None):
        message = self.env["vip.message"].create(
            {
                "uuid": uuid or letter * 32,
                "company_id": self.company.id,
                "gateway_id": gateway.id,
                "send_from": "2026-01-01 00:00:00",
            }
        )
        message.write({"state": state})
        self.env.flush_all()
        return message

    def _report(self, status, *uuids):
        told = [{"sms_status": status, "uuids": list(uuids)}]
        response = self.url_open(
            "/sms/status",
            json.dumps({"jsonrpc": "2.0", "params": {"message_statuses": told}}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def test_a_report_finds_a_message_from_its_reservation_on(self):
        ours = self._message("a", self.odoos)
        for status in ("sent", "delivered", "rejected", "processing"):
            self.assertEqual(self._report(status, ours.uuid)["result"], "OK")
        self.assertEqual(
            self.told,
            [
                (self.odoos.id, ours.uuid, SENT, "pending"),
                (self.odoos.id, ours.uuid, DELIVERED, "sent"),
                (self.odoos.id, ours.uuid, REJECTED, "rejected"),
            ],
        )

    def test_a_uuid_with_dashes_is_known_without_them(self):
        dashed = "11111111-2222-4333-8444-555555555555"
        self._message("", self.odoos, uuid=dashed)
        self._report("delivered", dashed.replace("-", ""))
        self.assertEqual([told[1:3] for told in self.told], [(dashed, DELIVERED)])

    def test_messages_of_other_gateways_are_not_moved_by_this_door(self):
        other = self._message("a", self.gateway)
        self.assertFalse(
            self.env["sms.tracker"].search([("sms_uuid", "=", other.uuid)])
        )
        self.env["sms.tracker"].create({"sms_uuid": other.uuid})
        queued = self._message("b", self.odoos, "ready")
        self._report("delivered", other.uuid, queued.uuid, "c" * 32)
        self.assertFalse(self.told)

    @mute_logger("odoo.http", "odoo.addons.sms.controllers.main")
    def test_junk_changes_nothing(self):
        ours = self._message("a", self.odoos)
        for status, uuid in (("DROP TABLE", ours.uuid), ("delivered", "%"), ("", "")):
            self.assertIn("error", self._report(status, uuid))
        self.assertFalse(self.told)

    def test_a_second_reservation_needs_no_second_tracker(self):
        ours = self._message("a", self.odoos)
        ours.write({"state": "ready"})
        ours.write({"state": "reserved"})
        trackers = self.env["sms.tracker"].search([("sms_uuid", "=", ours.uuid)])
        self.assertEqual(len(trackers), 1)
