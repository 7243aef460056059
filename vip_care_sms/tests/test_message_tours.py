from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..gateways.base import Reply
from .message_common import VipMessageCommon


class MessageTourCommon(VipMessageCommon, HttpCase):
    """An associate with words to send today, and a gateway that takes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.store._vip_today()
        cls.message = cls._message("Tour Li", "the plum trees are in flower")
        cls.other = cls._message("Tour Wang", "the first snow has come")

    @classmethod
    def _message(cls, name, words):
        member = cls._create_member(name, vip_owner_id=cls.lin.employee_id.id)
        cls._agree(member)
        return cls._greet(member, words, due=cls.today, until=cls.today)


@tagged("post_install", "-at_install")
class TestMessagePhoneTour(MessageTourCommon):
    """The associate sends with one tap, and may think again."""

    browser_size = "390x844"
    touch_enabled = True

    def test_an_associate_sends_on_her_phone(self):
        self.start_tour(
            "/odoo/vip-today", "vip_care_sms.send_on_the_phone", login=self.lin.login
        )
        self.assertEqual(self.message.message_ids.state, "cancelled")
        self.assertEqual(self.message.state, "planned")
        self.assertEqual(self.other.message_ids.state, "ready")
        self.assertEqual(self.other.message_ids.queued_by_id, self.lin)


@tagged("post_install", "-at_install")
class TestMessageDeskTour(MessageTourCommon):
    """Head office decides; the administrator sets up."""

    def test_head_office_confirms(self):
        batch = self.env["vip.message.batch"].create(
            {
                "company_id": self.company.id,
                "rule_id": self.rule.id,
                "day": self.today,
                "state": "waiting",
            }
        )
        waiting = self._queue(self.message + self.other)
        waiting.write({"state": "waiting", "batch_id": batch.id})
        self.start_tour(
            "/odoo/vip-overview", "vip_care_sms.confirm_at_the_desk", login="vip_he"
        )
        self.assertEqual(batch.state, "confirmed")
        self.assertEqual(batch.confirmed_by_id, self.he)
        self.assertEqual(set(waiting.mapped("state")), {"ready"})

    def test_head_office_settles_replies(self):
        with (
            mute_logger("odoo.addons.vip_care_sms.models.vip_message_reply_take"),
            self._patched("phone.blacklist", "_vip_block", None),
        ):
            replies = self.env["vip.message.reply"]._take(
                self.gateway, [Reply("+8613912345678", "R"), Reply("10086", "R")]
            )
        self.start_tour(
            "/odoo/vip-overview", "vip_care_sms.settle_replies", login="vip_he"
        )
        self.assertEqual(replies.mapped("settled_by_id"), self.he)
        entry = self.env["phone.blacklist"]._vip_entry("+8613912345678")
        self.assertTrue(entry.active)

    def test_the_administrator_sets_up_a_gateway(self):
        new_test_user(
            self.env,
            "tour_admin",
            "base.group_system,vip_care.group_head_office",
        )
        self.start_tour(
            "/odoo/vip-sms-gateways",
            "vip_care_sms.set_up_a_gateway",
            login="tour_admin",
        )
        gateway = self.env["vip.sms.gateway"].search([("name", "=", "Tour Kannel")])
        self.assertEqual(gateway.url, "http://127.0.0.1:13013/cgi-bin/sendsms")
        self.assertEqual(
            (gateway.user, gateway._settings().password), ("vip", "secret")
        )
        self.assertEqual(gateway.state, "paused")
        self.assertEqual(self.company.vip_sms_gateway_id, gateway)
