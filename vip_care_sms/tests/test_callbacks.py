import json
import logging
import time
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers.callbacks import MOST_BYTES, SecretsOut
from ..gateways.base import Settings
from ..gateways.http import Http
from .sms_common import SECRET, SmsCommon

LOGGER = "odoo.addons.vip_care_sms.models.vip_sms_gateway_callbacks"


@tagged("post_install", "-at_install")
class TestCallbacks(SmsCommon, HttpCase):
    def _url(self, kind="report", gateway=None, secret=SECRET):
        gateway = self.gateway.id if gateway is None else gateway
        return f"/vip_care_sms/{kind}/{gateway}/{secret}"

    def _post(self, items, kind="report", **url):
        body = items if isinstance(items, bytes) else json.dumps(items).encode()
        headers = {"Content-Type": "application/json"}
        answer = self.url_open(self._url(kind, **url), data=body, headers=headers)
        self.env.invalidate_all()
        return answer

    def _reports(self):
        return self.env["vip.message.report"].search([])

    def test_a_report_by_body_query_and_form(self):
        messages = [self._send(self.mine) for _way in range(3)]
        told = [{"uuid": message.uuid, "status": "delivered"} for message in messages]
        answer = self._post([told[0]])
        self.assertEqual((answer.status_code, answer.text), (200, '{"code":0}'))
        self.assertIn("application/json", answer.headers["Content-Type"])
        query = "?uuid={uuid}&status={status}".format(**told[1])
        self.assertEqual(self.url_open(self._url() + query).status_code, 200)
        self.assertEqual(self.url_open(self._url(), data=told[2]).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual([m.state for m in messages], ["delivered"] * 3)

    def test_a_reply(self):
        self._send(self.mine)
        number = self.mine.vip_phone_key
        answer = self._post([{"number": number, "text": "R", "ref": "7"}], "reply")
        self.assertEqual((answer.status_code, answer.text), (200, '{"code":0}'))
        [reply] = self.env["vip.message.reply"].search([])
        self.assertEqual((reply.meaning, reply.partner_id), ("refusal", self.mine))
        self.assertFalse(self.mine.vip_can_text)

    def test_one_bad_reply_takes_no_refusal_with_it(self):
        names = {"number": "from", "text": "text", "reference": "id"}
        options = {"parameters": {"number": "to", "text": "msg"}, "replies": names}
        real = Http(Settings(url="http://127.0.0.1:9/", options=options))
        gateways = self.env.registry["vip.sms.gateway"]
        number = self.mine.vip_phone_key
        told = [
            {"from": "", "text": "x"},
            {"from": number, "text": "R", "id": "1\0\ud800"},
            {"from": self.hers.vip_phone_key, "text": "S\0TOP"},
        ]
        with (
            patch.object(gateways, "_gateway", lambda gateway: real),
            self.assertLogs("odoo.addons.vip_care_sms.gateways.entries") as logs,
        ):
            self.assertEqual(self._post(told, "reply").status_code, 200)
            self.assertEqual(self._post(told[:1], "reply").status_code, 400)
        self.assertNotIn("139", "".join(logs.output))
        replies = self.env["vip.message.reply"].search([])
        self.assertEqual(replies.mapped("meaning"), ["refusal"] * 2)
        self.assertFalse(self.mine.vip_can_text or self.hers.vip_can_text)

    def test_whoever_is_wrong_finds_nothing(self):
        off = self._create_gateway(self.company, active=False)
        bare = self._create_gateway(self.company, callback_secret=False)
        message = self._send(self.mine)
        told = [{"uuid": message.uuid, "status": "delivered"}]
        wrong = [
            {"secret": "wrong"},
            {"secret": SECRET[:-1]},
            {"secret": "%E5%AF%86"},
            {"gateway": off.id},
            {"gateway": bare.id},
            {"gateway": bare.id, "secret": "False"},
            {"gateway": self.gateway.id + 1000},
            {"gateway": 10**30},
        ]
        answers = set()
        for url in wrong:
            for kind in ("report", "reply"):
                answer = self._post(told, kind, **url)
                kept = {"Content-Type", "Content-Length"}
                headers = sorted((k, answer.headers[k]) for k in kept)
                answers.add((answer.status_code, answer.text, *headers))
        [found] = answers
        self.assertEqual(found[0], 404)
        self.assertEqual(message.state, "accepted")
        self.assertFalse(self._reports())

    def test_what_cannot_be_read_changes_nothing(self):
        message = self._send(self.mine)
        for kind in ("report", "reply"):
            for body in (b"", b"\xff\x00{", b"[", b"null"):
                with self.subTest(kind=kind, body=body), mute_logger(LOGGER):
                    answer = self._post(body, kind)
                    self.assertEqual(answer.status_code, 400)
                    self.assertEqual(answer.text, '{"code":1}')
        with self.assertLogs(LOGGER, "ERROR") as logs:
            self.assertEqual(self._post(b"crash").status_code, 400)
        self.assertNotIn("139", "".join(logs.output))
        self.assertEqual(message.state, "accepted")
        self.assertFalse(self._reports())
        self.assertFalse(self.env["vip.message.reply"].search([]))

    @mute_logger("odoo.http")
    def test_a_large_body_is_refused(self):
        body = b" " * (MOST_BYTES + 1)
        for secret in (SECRET, "wrong"):
            self.assertEqual(self._post(body, secret=secret).status_code, 413)
        form = {"text": "a" * MOST_BYTES}
        self.assertEqual(self.url_open(self._url(), data=form).status_code, 413)

    def test_no_session_is_made(self):
        answer = self._post([])
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("Set-Cookie", answer.headers)

    def test_the_access_log_tells_neither_secret_nor_number(self):
        query = "?number=%2B8613900000001&text=TD"
        with self.assertLogs("werkzeug", logging.INFO) as logs:
            self.url_open(self._url("reply") + query)
            self.url_open(self._url(secret="guessed") + "?uuid=1")
        lines = "\n".join(logs.output)
        for hidden in (SECRET, "guessed", "139000", "TD", "uuid"):
            self.assertNotIn(hidden, lines)
        self.assertIn(f"/vip_care_sms/reply/{self.gateway.id}/…", lines)
        other = logging.LogRecord("x", 20, "", 1, "%s", ("GET /web 200",), None)
        self.assertTrue(SecretsOut().filter(other))
        self.assertEqual(other.getMessage(), "GET /web 200")

    def test_a_thousand_reports_at_once(self):
        messages = [self._send(self.mine) for _one in range(1000)]
        told = [
            {"uuid": m.uuid, "status": "delivered", "number": m.number}
            for m in messages
        ]
        self._post(told[:1])  # warm
        start = time.monotonic()
        self.assertEqual(self._post(told).status_code, 200)
        self.assertLess(time.monotonic() - start, 3)  # 0.5 s on an idle machine
        states = self.env["vip.message"].browse(m.id for m in messages).mapped("state")
        self.assertEqual(set(states), {"delivered"})

    def test_a_request_is_repeated_when_somebody_else_was_first(self):
        message = self._send(self.mine)
        messages = self.env.registry["vip.message"]
        apply, tries = messages._apply_reports, []

        def first_fails(self, gateway, reports):
            changed = apply(self, gateway, reports)
            tries.append([report.uuid for report in reports])
            if len(tries) == 1:
                self.env.cr.execute("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
            return changed

        with (
            patch.object(messages, "_apply_reports", first_fails),
            mute_logger("odoo.service.model", "odoo.sql_db"),
            patch("odoo.service.model.time.sleep"),
        ):
            answer = self._post([{"uuid": message.uuid, "status": "delivered"}])
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(tries, [[message.uuid]] * 2)
        self.assertEqual(message.state, "delivered")
        self.assertEqual(len(self._reports()), 1)
