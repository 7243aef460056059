from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.vip_care.tests.care_task_common import CareTaskCommon
from odoo.addons.vip_care_sms.gateways.base import ACCEPTED, Gateway, Result, Settings


class FakeGateway(Gateway):
    """Takes what it is given, and says what the test wants of it."""

    batch_size = 10
    connections = 1

    def __init__(self):
        super().__init__(Settings())
        self.calls = []  # lists of messages, as handed over
        self.asked = []
        self.says = {}  # outcome or Result by number
        self.known = []  # reports it answers with
        self.before = None  # what happens while it is called

    @property
    def sent(self):
        return [message for call in self.calls for message in call]

    def send(self, messages):
        if self.before:
            self.before(messages)
        self.calls.append(messages)
        return {message.uuid: self._say(message) for message in messages}

    def _say(self, message):
        said = self.says.get(message.number, ACCEPTED)
        if isinstance(said, str):
            said = Result(said, ref=f"r-{message.uuid}", reason="As it says")
        return said

    def ask(self, messages):
        self.asked.append(messages)
        return self.known


def reserve(messages, gateway):
    """Reserve a batch, as before a call of the gateway; return its messages."""
    reserved = messages._take(gateway, fields.Datetime.now())
    uuids = [outgoing.uuid for outgoing in reserved.outgoing]
    return messages.search([("uuid", "in", uuids)])


@tagged("post_install", "-at_install")
class VipMessageCommon(CareTaskCommon):
    """A company with a gateway, and lin's member who agreed to be written to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.messages = cls.env["vip.message"].sudo()
        cls.gateway = cls.env["vip.sms.gateway"].create(
            {
                "name": "Fake",
                "kind": "http",
                "company_id": cls.company.id,
                "state": "running",
                "price": 0.05,
            }
        )
        cls.company.vip_sms_gateway_id = cls.gateway
        cls.rule.write({"channel": "message", "text_kind": "greeting"})
        cls._agree(cls.mine)

    def setUp(self):
        super().setUp()
        self.fake = FakeGateway()
        gateways = self.env.registry["vip.sms.gateway"]
        self.patch(gateways, "_gateway", lambda gateway: self._plain(gateway))
        self.patch(gateways, "_pause", lambda one, reason: self._pause(one, reason))
        self.alerts = []

    def _plain(self, gateway):
        return self.fake

    def _pause(self, gateway, reason):
        if gateway.state == "running":
            gateway.write({"state": "paused", "pause_reason": reason})
            self.alerts.append(reason)

    @classmethod
    def _greet(cls, member, words="The plum trees are in flower", **vals):
        """Plan a greeting by message for `member`."""
        vals = {"channel": "message", "text_kind": "greeting"} | vals
        return cls._plan(member, body=cls._words(f"Dear, {words}.", member), **vals)

    @classmethod
    def _greeted(cls, count, **vals):
        """Return members of lin's who agreed, and their planned greetings."""
        members = cls.env["res.partner"]
        tasks = cls.env["vip.care.task"]
        for number in range(count):
            members += cls._create_member(
                f"M{number}", vip_owner_id=cls.lin.employee_id.id
            )
            cls._agree(members[-1:])
            tasks += cls._greet(members[-1:], f"Spring number {number}", **vals)
        return members, tasks

    def _queue(self, tasks):
        return self.messages._queue(tasks)

    def _send(self):
        """Send what may leave now; return how many were handed over."""
        return self.messages._send_by(self.gateway, seconds=5)

    def _later(self, **span):
        return fields.Datetime.now() + timedelta(**span)

    def _check(self, record, **values):
        """Assert that `record` has these values."""
        found = {name: record[name] for name in values}
        self.assertEqual(found, values)

    def _patched(self, model, name, function):
        return patch.object(self.env.registry[model], name, function, create=True)
