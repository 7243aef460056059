import threading
import time
import uuid
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.vip_care_sms.gateways.base import ACCEPTED, STOP, Result

from .message_common import FakeGateway, reserve

COUNT = 40


def pause(gateway, reason):
    if gateway.state == "running":
        gateway.state = "paused"
        gateway.message_post(body=reason)


def always(_message, moment):
    return moment, moment + timedelta(days=1)


@tagged("post_install", "-at_install")
class TestMessageAtOnce(TransactionCase):
    """Real transactions of several workers, committed and cleared away afterwards."""

    def setUp(self):
        super().setUp()
        self.fake = FakeGateway()
        self.key = uuid.uuid4().hex[:8]
        self.addCleanup(self._forget)
        gateways = self.env.registry["vip.sms.gateway"]
        self.patch(gateways, "_gateway", lambda gateway: self.fake)
        self.patch(gateways, "_pause", pause)
        messages = self.env.registry["vip.message"]
        self.patch(messages, "_next_hours", always)  # whatever time it is now
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.gateway_id = self._create(env).id

    def _create(self, env):
        gateway = env["vip.sms.gateway"].create(
            {
                "name": self.key,
                "kind": "http",
                "company_id": env.company.id,
                "state": "running",
                "batch_size": 7,
            }
        )
        env["vip.message"].create(
            [
                {
                    "uuid": f"{self.key}-{number}",
                    "kind": "test",
                    "company_id": env.company.id,
                    "gateway_id": gateway.id,
                    "number": f"+86139{number:08d}",
                    "body": "A test",
                    "send_from": fields.Datetime.now(),
                }
                for number in range(COUNT)
            ]
        )
        return gateway

    def _forget(self):
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                DELETE FROM mail_message WHERE model = 'vip.sms.gateway'
                    AND res_id IN (SELECT id FROM vip_sms_gateway WHERE name = %(key)s);
                DELETE FROM vip_message WHERE uuid LIKE %(key)s || '-%%';
                DELETE FROM vip_sms_gateway WHERE name = %(key)s
                """,
                {"key": self.key},
            )

    def _env(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["vip.message"], env["vip.sms.gateway"].browse(self.gateway_id)

    def _work(self, workers=3):
        """Let several workers send at once; return how many each handed over."""
        counts, errors = [], []
        end = time.monotonic() + 20

        def work():
            try:
                with self.env.registry.cursor() as cr:
                    messages, gateway = self._env(cr)
                    while time.monotonic() < end and self._is_going(cr):
                        counts.append(messages._send_by(gateway, seconds=5))
            except Exception as error:  # noqa: BLE001 a thread must not lose it
                errors.append(error)

        threads = [threading.Thread(target=work) for _worker in range(workers)]
        with mute_logger("odoo.sql_db"):  # conflicts that are repeated
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertFalse(errors)
        return counts

    def _is_going(self, cr):
        """Tell whether there is something to send, seen afresh."""
        cr.rollback()
        cr.execute(
            """SELECT EXISTS (SELECT FROM vip_message m JOIN vip_sms_gateway g
                                ON g.id = m.gateway_id AND g.state = 'running'
                               WHERE g.id = %s AND m.state = 'ready')""",
            [self.gateway_id],
        )
        return cr.fetchone()[0]

    def _states(self):
        with self.env.registry.cursor() as cr:
            cr.execute(
                "SELECT state, count(*) FROM vip_message WHERE gateway_id = %s"
                " GROUP BY 1",
                [self.gateway_id],
            )
            return dict(cr.fetchall())

    def test_several_workers_send_each_message_once(self):
        self.fake.before = lambda messages: time.sleep(0.01)
        self._work()
        uuids = [message.uuid for message in self.fake.sent]
        self.assertEqual(len(uuids), COUNT)
        self.assertEqual(len(set(uuids)), COUNT)
        self.assertEqual(self._states(), {"accepted": COUNT})

    def test_one_reserves_while_the_other_leaves(self):
        registry = self.env.registry
        with registry.cursor() as one, registry.cursor() as two:
            first, gateway = self._env(one)
            second, same = self._env(two)
            self.assertEqual(len(reserve(first, gateway)), 7)
            self.assertFalse(reserve(second, same))
            two.rollback()
            two.execute("SELECT 1 FROM vip_message LIMIT 1")  # it sees the time before
            one.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                reserve(second, same)
            two.rollback()
            two.execute("SELECT 1 FROM vip_message LIMIT 1")
            again = reserve(second, same)
            self.assertEqual(len(again), 7)
        self.assertEqual(self._states(), {"reserved": 14, "ready": COUNT - 14})

    def test_no_credit_is_told_once_by_two_workers(self):
        both = threading.Barrier(2, timeout=10)

        def meet(messages):
            if not both.broken:
                both.wait()

        self.fake.before = meet
        self.fake.batch_size = 7
        for number in range(COUNT):
            self.fake.says[f"+86139{number:08d}"] = Result(STOP, reason="No credit")
        self._work(workers=2)
        self.assertEqual(len(self.fake.calls), 2)
        self.assertEqual(self._states(), {"ready": COUNT})
        with self.env.registry.cursor() as cr:
            _messages, gateway = self._env(cr)
            told = gateway.message_ids.filtered(lambda one: "No credit" in one.body)
            self.assertEqual((gateway.state, len(told)), ("paused", 1))

    def test_results_are_written_whoever_writes_meanwhile(self):
        registry = self.env.registry
        apply_results = registry["vip.message"]._apply_results
        tries = []

        def apply(messages, results, attempts=None):
            messages.env.cr.execute("SELECT 1 FROM vip_message LIMIT 1")
            tries.append(len(results))
            if len(tries) < 3:
                with registry.cursor() as cr:  # reports of the first two come first
                    cr.execute(
                        "UPDATE vip_message SET state = 'delivered' WHERE uuid = %s",
                        [f"{self.key}-{len(tries) - 1}"],
                    )
            return apply_results(messages, results, attempts)

        with (
            patch.object(registry["vip.message"], "_apply_results", apply),
            self.assertNoLogs("odoo.sql_db", "ERROR"),
            registry.cursor() as cr,
        ):
            messages, gateway = self._env(cr)
            messages._send_by(gateway, seconds=5)
        self.assertEqual(tries[:3], [7, 7, 7])
        self.assertEqual(self._states(), {"delivered": 2, ACCEPTED: COUNT - 2})
        self.assertEqual(len(self.fake.sent), COUNT)

    def test_results_wait_for_nobody_who_writes_the_gateway(self):
        registry = self.env.registry
        apply_results = registry["vip.message"]._apply_results
        tries = []

        def apply(messages, results, attempts=None):
            messages.env.cr.execute("SET LOCAL lock_timeout = '500ms'")
            tries.append(len(results))
            self.assertLess(len(tries), COUNT, "the results wait for the gateway")
            with registry.cursor() as cr:  # another worker reserves at this moment
                self._env(cr)[0]._take(self._env(cr)[1], fields.Datetime.now())
                written = apply_results(messages, results, attempts)
                messages.env.flush_all()
                cr.rollback()
            return written

        with (
            patch.object(registry["vip.message"], "_apply_results", apply),
            registry.cursor() as cr,
        ):
            messages, gateway = self._env(cr)
            messages._send_by(gateway, seconds=5)
        self.assertEqual(tries, [7] * (COUNT // 7) + [COUNT % 7])
        self.assertEqual(self._states(), {ACCEPTED: COUNT})

    def test_a_reservation_fails_no_report_of_the_gateway(self):
        with self.env.registry.cursor() as one, self.env.registry.cursor() as two:
            two.execute("SELECT 1 FROM vip_message LIMIT 1")  # the report came first
            messages, gateway = self._env(one)
            reserve(messages, gateway)
            one.commit()
            reports = self._env(two)[0].env["vip.message.report"]
            reports.create({"gateway_id": self.gateway_id, "status": "sent"})
            two.rollback()
