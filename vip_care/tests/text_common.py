from datetime import date
from itertools import count

from odoo import Command
from odoo.tests import new_test_user

from .common import VipCareCommon

SIGNED = " {store} {associate}"


class VipTextCommon(VipCareCommon):
    """A bank of its own, a store with an owner, and messages to give words to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts = cls.env["vip.care.text"]
        cls.texts.search([("state", "=", "approved")])._step({"state": "retired"})
        cls.store.signature = "North Gate Store"
        cls.lin = cls._create_employee("Lin Yue")
        cls.office = cls._login("office", "head_office")
        cls.manager = cls._login("manager", "store_manager")
        cls.store.manager_ids = cls.manager
        cls.rule = cls._message_rule("birthday")
        cls.codes = count(1)

    @classmethod
    def _login(cls, name, group):
        groups = f"base.group_user,vip_care.group_{group}"
        return new_test_user(cls.env, f"texts_{name}", groups, tz="Asia/Shanghai")

    @classmethod
    def _message_rule(cls, trigger, kind="birthday", **vals):
        vals = {"channel": "message", "text_kind": kind} | vals
        return cls.env["vip.care.rule"].create(
            {"name": trigger, "trigger": trigger} | vals
        )

    @classmethod
    def _text(cls, body, approved=True, **vals):
        vals = {"trigger": "birthday", "kind": "birthday", "lang": "en_US"} | vals
        text = cls.texts.create({"body": body + SIGNED} | vals)
        if approved:
            text.action_approve()
        return text

    @classmethod
    def _friend(cls, name="Mei Chan", **vals):
        vals = {"lang": "en_US", "vip_gender": "female"} | vals
        return cls._create_member(name, vip_owner_id=cls.lin.id, **vals)

    @classmethod
    def _task(cls, member, day=date(2026, 3, 5), **vals):
        rule = vals.pop("rule", cls.rule)
        return cls.env["vip.care.task"].create(
            {
                "partner_id": member.id,
                "rule_id": rule.id,
                "occasion_key": f"test:{next(cls.codes)}",
                "trigger": rule.trigger,
                "event_date": day,
                "due_date": day,
                "until": day,
                "company_id": cls.company.id,
                "store_id": cls.store.id,
                "owner_id": cls.lin.id,
                "channel": "message",
                "purpose": "care",
                "text_kind": rule.text_kind,
            }
            | vals
        )

    @classmethod
    def _give(cls, *tasks):
        return cls.texts._give(cls.env["vip.care.task"].union(*tasks))

    @classmethod
    def _relate(cls, one, other):
        relation = {"kind": "friend", "name": "x", "related_partner_id": other.id}
        one.write({"vip_relation_ids": [Command.create(relation)]})
