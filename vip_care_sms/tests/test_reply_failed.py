from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..gateways.base import Reply
from .sms_common import NOW, SmsCommon

TAKE = "odoo.addons.vip_care_sms.models.vip_message_reply_take"
NOBODYS = "10086"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestReplyFailed(SmsCommon):
    """A reply that could not be carried out is shown, told of, and settled."""

    def setUp(self):
        super().setUp()
        self._agree(self.mine, self.hers)

    def _broken(self, model="phone.blacklist", name="_vip_block"):
        def fail(self, *args):
            raise KeyError("+8613900000001")

        return patch.object(self.env.registry[model], name, fail)

    @mute_logger(TAKE)
    def _failed(self, text="R", member=None, **broken):
        with self._broken(**broken):
            return self._reply(text, member)

    def _check_settled(self, reply, user):
        self.assertFalse(reply.is_failed)
        self.assertEqual((reply.trouble, reply.settled_by_id), ("settled", user))
        self.assertEqual(str(reply.settled_at), NOW)

    def test_carried_out_again(self):
        reply = self._failed()
        self.assertEqual(reply.trouble, "failed")
        self.assertFalse(self._blocked(self.mine.vip_phone_key))
        self.assertTrue(reply.with_user(self.he).action_carry_out())
        self._check_settled(reply, self.he)
        self.assertTrue(self._blocked(self.mine.vip_phone_key) and reply.is_blocking)
        self.assertFalse(self.mine.vip_can_text)
        self.assertEqual(self._reply("START").meaning, "return", "by reply, as it was")

    def test_what_was_done_the_first_time_counts(self):
        reply = self._failed(model="vip.sms.refusal", name="_withdraw")
        self.assertTrue(reply.is_blocking and reply.is_failed)
        task = self._plan(self.mine)
        reply.with_user(self.he).action_carry_out()
        self._check_settled(reply, self.he)
        self.assertEqual((task.state, task.guard), ("cancelled", "refused"))
        self.assertEqual(self._reply("START").meaning, "return")

    def test_a_question_gets_its_contact(self):
        reply = self._failed("在吗", model="vip.message.reply", name="_make_task")
        self.assertFalse(reply.task_id)
        reply.with_user(self.he).action_carry_out()
        self._check_settled(reply, self.he)
        self.assertEqual(reply.task_id.owner_id, self.lin.employee_id)

    def test_it_may_fail_again(self):
        reply, other = self._failed(), self._failed(member=self.hers)
        with self._broken(), self.assertLogs(TAKE, "ERROR") as logs:
            told = (reply + other).with_user(self.he).action_carry_out()
        self.assertNotIn("139", "".join(logs.output))
        self.assertEqual(told["params"]["type"], "danger")
        self.assertEqual((reply.trouble, reply.settled_at), ("failed", False))
        nobodys = self._reply("R", number=NOBODYS)
        told = nobodys.with_user(self.he).action_carry_out()
        self.assertEqual((told["params"]["type"], nobodys.is_failed), ("danger", True))

    def test_a_number_that_can_be_read_by_now(self):
        reply = self._reply("R", number="0912345678")
        self.assertTrue(reply.is_failed)
        self.company.country_id = self.env.ref("base.tw")
        reply.with_user(self.he).action_carry_out()
        self._check_settled(reply, self.he)
        self.assertTrue(self._blocked("+886912345678"))

    def test_what_she_said_since_counts(self):
        reply = self._failed(model="vip.sms.refusal", name="_withdraw")
        self.assertEqual(self._reply("START").meaning, "return")
        other = self._failed(member=self.hers)
        with freeze_time("2026-06-16 02:00:00"):
            self._agree(self.hers)
        for one in (reply, other):
            with self.assertRaisesRegex(UserError, "opposite"):
                one.with_user(self.he).action_carry_out()
            self.assertFalse(self._blocked(one.number))
        other.with_user(self.he).action_done()
        self._check_settled(other, self.he)

    def test_done_by_hand(self):
        reply = self._reply("R", number=NOBODYS)
        as_he = reply.with_user(self.he)
        as_he.action_done()
        self._check_settled(reply, self.he)
        for step in (as_he.action_done, as_he.action_carry_out, as_he[:0].action_done):
            with self.assertRaisesRegex(UserError, "settled already"):
                step()

    def test_head_office_settles_and_of_its_own_company_only(self):
        reply = self._failed()
        company = self.env["res.company"].create({"name": "Sister"})
        gateway = self._create_gateway(company)
        strange = reply._take(gateway, [Reply(NOBODYS, "R")])
        for user in (self.lin, self.boss, self.gu):
            for step in ("action_carry_out", "action_done"):
                with self.assertRaises(AccessError):
                    getattr(reply.with_user(user), step)()
        with self.assertRaises(AccessError):
            strange.with_user(self.he).action_done()
        self.assertTrue(reply.is_failed and strange.is_failed)
        self.assertFalse(self._blocked(reply.number))

    def test_failed_ones_are_counted_and_come_first(self):
        first = self._reply("R", number=NOBODYS)
        self._reply("在吗")
        overview = self.env["vip.overview"].with_user(self.he)
        self.assertEqual(overview.get_data()["messages"]["replies"], 1)
        arch = self.env["vip.message.reply"].get_view(view_type="list")["arch"]
        self.assertIn('default_order="is_failed desc, id desc"', arch)
        replies = self.env["vip.message.reply"].with_user(self.he)
        found = replies.search([], order="is_failed desc, id desc")
        self.assertEqual(found[0], first)
        action = self.env.ref("vip_care_sms.vip_message_reply_action_failed")
        self.assertIn("is_failed", action.domain)
        first.with_user(self.he).action_done()
        self.assertEqual(overview.get_data()["messages"]["replies"], 0)

    def _alerts(self):
        told = self.gateway.message_ids
        return told.filtered(lambda m: "could not be carried out" in (m.subject or ""))

    def test_head_office_is_told_once_an_hour(self):
        self._reply("在吗")
        self.assertFalse(self._alerts())
        for _some in range(2):
            self._reply("R", number=NOBODYS)
        [alert] = self._alerts()
        self.assertIn(self.he.partner_id, alert.notified_partner_ids)
        self.assertIn("/odoo/vip-replies-failed", alert.body)
        self.assertNotIn(NOBODYS, alert.body)
        with freeze_time("2026-06-15 03:00:01"):
            self._reply("R", number=NOBODYS)
        self.assertEqual(len(self._alerts()), 2)

    def test_an_alert_that_fails_loses_no_reply(self):
        with self._broken("vip.sms.gateway", "message_post"), mute_logger(TAKE):
            reply = self._reply("R", number=NOBODYS)
        self.assertTrue(reply.is_failed and reply.exists())
