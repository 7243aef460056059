from freezegun import freeze_time

from odoo.addons.vip_care.tests.care_task_common import NOW, TODAY

from .message_common import VipMessageCommon


@freeze_time(NOW)
class TestMessageMoved(VipMessageCommon):
    """A member moves to another company while a message to her is queued."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["res.company"].create({"name": "Second"})
        west = cls._create_store("West Gate", "T3", company_id=cls.second.id)
        owner = cls._create_employee("Wen", west, company_id=cls.second.id)
        cls.there = {"vip_store_id": west.id, "vip_owner_id": owner.id}
        cls.other_gateway = cls.gateway.copy({"company_id": cls.second.id})
        cls.other_gateway.state = "running"
        cls.second.vip_sms_gateway_id = cls.other_gateway
        cls.rule.vip_sms_auto = True
        cls.task = cls._greet(cls.mine, until="2026-06-20")

    def _move(self):
        self.mine._vip_decided("rebalance").write(self.there)
        self.messages._cron_queue()
        self.env.invalidate_all()
        return self.task.message_ids

    def test_it_leaves_by_the_gateway_of_her_new_company(self):
        self.messages._cron_queue()
        former = self.task.message_ids.batch_id
        message = self._move()
        self._check(
            message,
            state="ready",
            company_id=self.second,
            gateway_id=self.other_gateway,
            store_id=self.mine.vip_store_id,
            owner_id=self.mine.vip_owner_id,
        )
        self.assertEqual(message.batch_id.company_id, self.second)
        self.assertNotEqual(message.batch_id, former)
        # What was worded by hand named her former owner: it was taken out.
        self.task.body = self._words("Dear, the plum trees are in flower.", self.mine)
        self._send()
        self.assertFalse(self.fake.sent)
        self.messages._send_by(self.other_gateway, seconds=5)
        self.assertEqual(len(self.fake.sent), 1)

    def test_it_is_confirmed_there(self):
        self.company.vip_sms_confirm_above = 1
        tasks = self._greeted(1)[1]
        self.messages._cron_queue()
        message = self.task.message_ids
        self.assertEqual((message + tasks.message_ids).mapped("state"), ["waiting"] * 2)
        key = {"company_id": self.second.id, "rule_id": self.rule.id, "day": TODAY}
        batch = self.env["vip.message.batch"].create(key | {"state": "waiting"})
        self._check(self._move(), state="waiting", batch_id=batch)

    def test_what_was_tapped_waits_for_nobody(self):
        self.messages._queue(self.task, by_hand=True)
        message = self._move()
        self._check(message, state="ready", company_id=self.second)
        self.assertFalse(message.batch_id)
        batches = self.env["vip.message.batch"]
        self.assertFalse(batches.search([("company_id", "=", self.second.id)]))

    def test_without_a_gateway_there_it_is_written_by_hand(self):
        self.messages._cron_queue()
        self.second.vip_sms_gateway_id = False
        self._check(self._move(), state="cancelled", company_id=self.second)
        self.assertEqual(self.task.state, "planned")
