from unittest.mock import patch

from odoo.tests import new_test_user

from odoo.addons.vip_care.tests.common import VipCareCommon

from ..gateways.base import ACCEPTED, Gateway, Health, Result

OPTIONS = {"parameters": {"number": "to", "text": "msg"}, "extra": {"key": "zq-extra"}}
SECRETS = {
    "url": "http://127.0.0.1:9/zq-url",
    "user": "zq-user",
    "password": "zq-password",
    "sender": "zq-sender",
    "region": "zq-region",
    "options": OPTIONS,
}


class FakeGateway(Gateway):
    """Takes everything, and keeps it."""

    health = Health(True)

    def __init__(self, result=None):
        self.sent = []
        self.result = result or Result(ACCEPTED, ref="7")

    def send(self, messages):
        self.sent += messages
        return {message.uuid: self.result for message in messages}

    def check(self):
        return self.health


class GatewayCommon(VipCareCommon):
    """A gateway with every secret set, and people of every rank."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls.env["vip.sms.gateway"].create(
            {"name": "Ours", "kind": "http"} | SECRETS
        )
        cls.head = new_test_user(cls.env, "g_head", "vip_care.group_head_office")
        cls.associate = new_test_user(cls.env, "g_assoc", "vip_care.group_associate")
        cls.system = new_test_user(
            cls.env, "g_system", "base.group_system,vip_care.group_head_office"
        )

    def _call_instead(self, fake):
        """Let every gateway be this one from now on."""
        cls = type(self.env["vip.sms.gateway"])
        self.startPatcher(patch.object(cls, "_gateway", lambda self: fake))
        return fake
