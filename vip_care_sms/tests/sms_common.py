import json
from datetime import datetime
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.vip_care.tests.trust_common import VipTrustCommon

from ..gateways.base import ACCEPTED, Answer, Gateway, Reply, Report, Result, Settings

SECRET = "aB3-test-secret"
NOW = "2026-06-15 02:00:00"  # ten o'clock in the stores
numbers = iter(range(1, 10**6))


class FakeGateway(Gateway):
    """Tells by JSON; raises what a bad adapter might. Takes whatever is sent."""

    sent = []  # by all of them

    def send(self, messages):
        self.sent.extend(messages)
        return {message.uuid: Result(ACCEPTED) for message in messages}

    def read_reports(self, callback):
        return [Report(**item) for item in self._items(callback)]

    def read_replies(self, callback):
        items = self._items(callback)
        for item in items:
            if at := item.get("at"):
                item["at"] = datetime.fromisoformat(at)
        return [Reply(**item) for item in items]

    def _items(self, callback):
        if callback.query:
            return [dict(callback.query)]
        if callback.form:
            return [dict(callback.form)]
        if callback.body == b"crash":
            raise KeyError("+8613900000001")
        return json.loads(callback.body)

    def answer(self, is_read):
        if is_read:
            return Answer('{"code":0}', "application/json")
        return Answer('{"code":1}', "application/json", 400)


@tagged("post_install", "-at_install")
class SmsCommon(VipTrustCommon):
    """A gateway that tells what the test says, and messages that left by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls._create_gateway(cls.company)
        cls.startClassPatcher(
            patch.object(
                cls.env.registry["vip.sms.gateway"],
                "_gateway",
                lambda self: FakeGateway(Settings()),
            )
        )
        cls.rule = cls.env["vip.care.rule"].create(
            {
                "name": "Greeting",
                "trigger": "monthly_call",
                "channel": "message",
                "text_kind": "greeting",
            }
        )

    @classmethod
    def _create_gateway(cls, company, **vals):
        return cls.env["vip.sms.gateway"].create(
            {
                "name": "Stand-in",
                "kind": "http",
                "company_id": company.id,
                "callback_secret": SECRET,
            }
            | vals
        )

    @classmethod
    def _plan(cls, member, due="2026-06-15", **vals):
        return cls.env["vip.care.task"].create(
            {
                "partner_id": member.id,
                "rule_id": cls.rule.id,
                "occasion_key": f"monthly_call:{next(numbers)}",
                "trigger": "monthly_call",
                "company_id": member.vip_company_id.id,
                "store_id": member.vip_store_id.id,
                "owner_id": member.vip_owner_id.id,
                "channel": "message",
                "text_kind": "greeting",
                "tone": "neutral",
                "purpose": "care",
                "priority": 50,
                "cap_days": 7,
                "event_date": due,
                "due_date": due,
                "until": due,
            }
            | vals
        )

    @classmethod
    def _send(cls, member, state="accepted", **vals):
        """Let a message to `member` be in `state`, its contact with it."""
        task = vals.pop("task", None)
        if task is None:
            noted = {"state": "done", "outcome": "sent", "done_date": "2026-06-15"}
            if state in ("ready", "waiting", "failed"):
                noted = {"state": "planned"}
            task = cls._plan(member, **noted)
        number = next(numbers)
        return cls.env["vip.message"].create(
            {
                "uuid": f"00000000-0000-0000-0000-{number:012d}",
                "state": state,
                "company_id": cls.company.id,
                "gateway_id": cls.gateway.id,
                "task_id": task.id,
                "partner_id": member.id,
                "store_id": member.vip_store_id.id,
                "number": member.vip_phone_key,
                "send_from": NOW,
                "reserved_at": NOW,
                "sent_on": "2026-06-15",
                "attempt": 1,
                "provider_ref": f"ref{number}",
            }
            | vals
        )

    @classmethod
    def _agree(cls, *members):
        for member in members:
            member._vip_record_consents(
                ["service", "care", "marketing"], given=True, method="paper", text="Yes"
            )

    def _reply(self, text, member=None, **vals):
        """Let the number of `member` write `text`; return the new row."""
        number = vals.pop("number", None) or (member or self.mine).vip_phone_key
        replies = self.env["vip.message.reply"]
        vals.setdefault("ref", f"#{len(replies.search([]))}")
        rows = replies._take(self.gateway, [Reply(number, text, **vals)])
        self.env.invalidate_all()
        return rows

    def _blocked(self, number):
        return self.env["phone.blacklist"]._vip_entry(number).active
