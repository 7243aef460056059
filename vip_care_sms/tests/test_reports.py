from datetime import datetime, timedelta, timezone
from itertools import permutations, product

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..gateways.base import Report
from ..models.vip_message import OUT, STATES
from ..tools.report_states import moved
from .sms_common import NOW, SmsCommon

STATUSES = ("sent", "delivered", "undelivered", "rejected")
LOST = ("undelivered", "rejected")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestReports(SmsCommon):
    def _report(self, message, status, gateway=None, **vals):
        """Tell one status by our reference; return whether it counted."""
        report = Report(status, **({"uuid": message.uuid} | vals))
        return self.env["vip.message"]._apply_report(gateway or self.gateway, report)

    def _fate(self, message):
        return message.state, message.task_id.state, message.task_id.outcome

    def _rows(self, message):
        return self.env["vip.message.report"].search(
            [("message_id", "=", message.id)], order="id"
        )

    def test_every_order_of_reports_ends_in_the_same_state(self):
        """Save for two different failures, of which the first one counts."""
        for start in ("reserved", "unknown", "accepted", "sent"):
            for told in product(STATUSES, repeat=4):
                ends = set()
                for order in set(permutations(told)):
                    state = start
                    for status in order:
                        state = moved(state, status, 1) or state
                    first = next((s for s in order if s in LOST), None)
                    if "delivered" not in told and set(LOST) <= set(told):
                        self.assertEqual(state, first)
                        state = "failure"
                    ends.add(state)
                self.assertEqual(len(ends), 1, (start, told))

    def test_a_report_never_moves_backward(self):
        rank = {state: place for place, (state, _label) in enumerate(STATES)}
        for (state, _label), status in product(STATES, STATUSES):
            for attempt in (0, 1):
                after = moved(state, status, attempt)
                if after is None:
                    continue
                self.assertEqual(after, status)
                proves = state in ("waiting", "ready", "failed")
                late = after == "delivered" and state in LOST
                self.assertTrue(proves or late or rank[after] > rank[state])
                self.assertTrue(attempt or state in OUT)

    def test_the_records_go_the_same_way_in_any_order(self):
        for told in permutations(("sent", "undelivered", "delivered")):
            message = self._send(self.mine, "reserved")
            for status in told:
                self._report(message, status)
            self.assertEqual(self._fate(message), ("delivered", "done", "sent"))
            self.assertEqual(self._rows(message).mapped("status"), list(told))

    def test_the_same_report_thrice(self):
        message = self._send(self.mine)
        self.assertTrue(self._report(message, "delivered", code="0"))
        self.env.flush_all()
        before = message.read()[0]
        with freeze_time("2026-06-15 03:00:00"):
            for _again in range(2):
                self.assertFalse(self._report(message, "delivered", code="1"))
        self.env.invalidate_all()
        self.assertEqual(message.read()[0], before)
        rows = self._rows(message)
        self.assertEqual(rows.mapped("counted"), [True, False, False])
        self.assertEqual(rows.mapped("problem"), [False, "state", "state"])

    def test_by_the_gateways_reference_and_the_number(self):
        mine = self._send(self.mine, provider_ref="batch")
        hers = self._send(self.hers, provider_ref="batch")
        national = hers.number.removeprefix("+86")
        self._report(hers, "delivered", uuid="", ref="batch", number=national)
        self.assertEqual((mine.state, hers.state), ("accepted", "delivered"))
        self._report(mine, "delivered", uuid="", ref="batch")
        self.assertEqual(mine.state, "accepted", "which one is not said")
        self._report(mine, "delivered", uuid="", ref="batch", number="0086555")
        self.assertEqual(mine.state, "accepted")
        alone = self._send(self.mine, provider_ref="alone")
        self._report(alone, "delivered", uuid="", ref="alone")
        self.assertEqual(alone.state, "delivered")

    def test_what_is_not_its_own_is_ignored_and_marked(self):
        message = self._send(self.mine)
        other = self._create_gateway(self.company)
        self._report(message, "delivered", gateway=other)
        self._report(message, "delivered", uuid="nobody's")
        self._report(message, "delivered", number="+8613911112222")
        self._report(message, "read")
        self.assertEqual(message.state, "accepted")
        rows = self.env["vip.message.report"].search([], order="id")
        self.assertEqual(
            rows.mapped("problem"), ["message", "message", "number", "status"]
        )
        self.assertEqual(rows[2].number_masked, "139****2222")
        self.assertNotIn("13911112222", str(rows.read()))

    def test_what_the_database_cannot_keep_is_left_out(self):
        messages = [self._send(self.mine) for _way in range(3)]
        odd = "a\0b\ud800c"
        reports = [
            Report("delivered", uuid=messages[0].uuid, code=odd),
            Report("delivered", ref=f"{messages[1].provider_ref}\0", number="\0"),
            Report(odd, uuid=odd, ref=odd, number=odd, code=odd),
            Report("delivered", uuid=messages[2].uuid),
        ]
        self.env["vip.message"]._apply_reports(self.gateway, reports)
        self.env.flush_all()
        self.assertEqual({message.state for message in messages}, {"delivered"})
        self.assertEqual(messages[0].code, "abc")
        [lost] = self.env["vip.message.report"].search([("message_id", "=", False)])
        self.assertEqual((lost.reference, lost.code), ("abc", "abc"))

    def test_a_number_in_any_form(self):
        for number in ("+8613900000099", "13900000099", "0086 139-0000-0099", ""):
            message = self._send(self.mine, number="+8613900000099")
            self.assertTrue(self._report(message, "sent", number=number), number)

    def test_an_unknown_outcome_moves_on(self):
        for status in STATUSES:
            message = self._send(self.mine, "unknown")
            self._report(message, status)
            outcome = "not_reached" if status in LOST else "sent"
            self.assertEqual(self._fate(message), (status, "done", outcome))
            self.assertEqual(message.accepted_at, datetime(2026, 6, 15, 2))

    def test_what_failed_and_arrived_after_all(self):
        message = self._send(self.mine, "failed", reason="No", guard="words")
        message.task_id.guard = "words"
        for status in ("sent", *LOST):
            self.assertFalse(self._report(message, status))
        self.assertTrue(self._report(message, "delivered"))
        task = message.task_id
        self.assertEqual(self._fate(message), ("delivered", "done", "sent"))
        self.assertEqual((task.guard, str(task.done_date)), (False, "2026-06-15"))
        self.assertFalse(task.done_by_id or message.reason or message.guard)

    def test_what_waits_for_another_attempt_but_left(self):
        message = self._send(self.mine, "ready")
        self.assertTrue(self._report(message, "sent"))
        self.assertEqual(self._fate(message), ("sent", "done", "sent"))
        never = self._send(self.mine, "ready", attempt=0)
        self.assertFalse(self._report(never, "delivered"))
        self.assertEqual(never.task_id.state, "planned")

    def test_what_was_given_up_stays(self):
        for state in ("blocked", "cancelled", "dropped"):
            message = self._send(self.mine, state)
            self.assertFalse(self._report(message, "delivered"))
            self.assertEqual(message.state, state)

    def test_arrived_after_all_though_another_was_sent_on_the_occasion(self):
        first = self._send(self.mine, "failed", occasion="birthday:1")
        again = self._send(self.mine, "delivered", occasion="birthday:1")
        self._report(first, "delivered")
        self.env.flush_all()
        self.assertEqual((first.state, first.occasion), ("delivered", False))
        self.assertEqual(again.occasion, "birthday:1")

    def test_what_was_noted_by_hand_stays(self):
        message = self._send(self.mine)
        message.task_id.write(
            {"outcome": "coming", "done_by_id": self.lin.employee_id.id}
        )
        self._report(message, "undelivered")
        self.assertEqual(self._fate(message), ("undelivered", "done", "coming"))

    def test_not_reached_is_told_on_todays_list(self):
        message = self._send(self.mine, queued_by_id=self.lin.id)
        self._report(message, "undelivered")
        today = self.env["vip.care.today"].with_user(self.lin).get_data()
        [card] = today["over"]
        self.assertEqual(card["outcome"], "Not reached")

    def test_a_number_that_does_not_exist(self):
        self.gateway.kind = "odoo"
        message = self._send(self.mine)
        self._report(message, "undelivered", code="30005")
        self.assertFalse(self.mine.vip_phone_is_wrong)
        message = self._send(self.mine)
        self._report(message, "undelivered", code="30006")
        self.assertTrue(self.mine.vip_phone_is_wrong)
        message = self._send(self.hers, number="+8613899998888")
        self._report(message, "undelivered", code="30006")
        self.assertFalse(self.hers.vip_phone_is_wrong, "she has another one now")

    def test_refused_at_the_gateway(self):
        self._agree(self.mine)
        message = self._send(self.mine)
        self._report(message, "rejected", refused=True, number="+8613700000000")
        self.assertTrue(self.mine.vip_can_text, "another number")
        self._report(message, "rejected", refused=True)
        self.env.invalidate_all()
        self.assertFalse(self.mine.vip_can_text)
        self.assertFalse(self.mine._vip_has_consent("care", "sms"))

    def test_moments_with_a_zone(self):
        message = self._send(self.mine)
        at = datetime(2026, 6, 15, 9, 30, 1, 5, timezone(timedelta(hours=8)))
        self._report(message, "sent", at=at)
        self.assertEqual(
            self._rows(message).reported_at, datetime(2026, 6, 15, 1, 30, 1)
        )

    def test_many_reports_cost_as_many_queries_as_few(self):
        def cost(count):
            messages = [self._send(self.mine) for _one in range(count)]
            reports = [Report("delivered", uuid=m.uuid, code="0") for m in messages]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["vip.message"]._apply_reports(self.gateway, reports)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(2)
        self.assertLessEqual(cost(40), cost(4))

    def test_old_reports_go_unless_they_counted(self):
        message = self._send(self.mine)
        for _twice in range(2):
            self._report(message, "delivered")
        reports = self.env["vip.message.report"]
        reports._gc_old()
        self.assertEqual(len(self._rows(message)), 2)
        with freeze_time("2027-07-21 02:00:00"):  # after 401 days
            self.assertEqual(reports._gc_old(), (1, False))
        self.assertEqual(self._rows(message).mapped("counted"), [True])

    def test_head_office_reads_them_and_nobody_writes_them(self):
        message = self._send(self.mine)
        self._report(message, "sent")
        row = self._rows(message)
        self.assertEqual(row.with_user(self.he).read(["status"])[0]["status"], "sent")
        for user in (self.lin, self.boss):
            with self.assertRaises(AccessError):
                row.with_user(user).read(["status"])
        with self.assertRaises(AccessError):
            row.with_user(self.he).counted = False
        with self.assertRaises(AccessError):
            row.with_user(self.he).unlink()
