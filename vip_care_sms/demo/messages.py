"""The outbox of the demo chain: a month of messages, some to confirm, some replies.

Nothing of it ever leaves: the gateway is a Kannel on this machine, and it is paused.
"""

import hashlib
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from odoo.addons.vip_care.demo.chain import QUIET
from odoo.addons.vip_care.tools.phone import mask_number

from ..gateways.base import Reply
from ..tools.segments import count_parts

SIGNATURE = "云岫衣坊"
PRICE = 0.045
CONFIRM_ABOVE = 40
# Season greetings so many days ago, to so many members.
SEASONS = {
    25: (60, "霜降已至，早晚添衣，愿您这个秋天温暖如意。"),
    11: (80, "立冬了，一年辛苦，愿您暖暖地过冬。"),
}
# What becomes of messages, by how often.
FATES = (
    *("delivered",) * 46,
    *("sent", "accepted", "undelivered", "undelivered", "rejected", "unknown"),
)
# State, guard and reason of what did not leave.
STOPPED = (
    ("failed", False, "号码是空号"),
    ("blocked", "refused", False),
    ("blocked", "complaint", False),
    ("cancelled", False, "导购改为电话联系"),
    ("dropped", "hours", False),
)
CODES = {"undelivered": "MK:0000", "rejected": "MB:1031", "failed": "isv.MOBILE_NUMBER"}
REPLIES = (
    "谢谢惦记，周末去店里看看。",
    "收到，谢谢！",
    "请问羊绒大衣还有M码吗",
    "TD",
)


def create(env):
    """Fill the outbox, unless it is there or the chain is not."""
    name = "vip_care_sms.demo_gateway"
    store = env.ref("vip_care.demo_store_shanghai", raise_if_not_found=False)
    if not store or env.ref(name, raise_if_not_found=False):
        return
    env = env(su=True, context=dict(env.context, **QUIET))
    env = env["base"].with_company(store.company_id).env
    Outbox(env, _create_gateway(env, name), store._vip_today()).fill()


def _create_gateway(env, name):
    values = {
        "name": "本机 Kannel（演示，不外发）",
        "kind": "kannel",
        "company_id": env.company.id,
        "url": "http://127.0.0.1:13013/cgi-bin/sendsms",
        "user": "vipcare",
        "password": "vipcare",
        "sender": "10690000",
        "signature": SIGNATURE,
        "counting": "mainland",
        "price": PRICE,
        "minute_limit": 600,
    }
    row = {"xml_id": name, "values": values, "noupdate": True}
    gateway = env["vip.sms.gateway"]._load_records([row])
    env.company.vip_sms_gateway_id = gateway
    env.company.vip_sms_confirm_above = CONFIRM_ABOVE
    return gateway


class Outbox:
    """What the steps share: the gateway, the days, and the source of chance."""

    def __init__(self, env, gateway, today):
        self.env, self.gateway, self.today = env, gateway, today
        self.chance = Random("vip_care_sms")
        self.rows, self.count = [], 0

    def fill(self):
        members = self.env["res.partner"].search(
            [("vip_can_text", "=", True), ("vip_store_id", "!=", False)], order="id"
        )
        for days, (count, words) in SEASONS.items():
            day = self.today - timedelta(days=days)
            for member in self.chance.sample(members, min(count, len(members))):
                self.send(member, day, words, occasion=f"season:{day}")
        self.follow_contacts()
        for number, (state, guard, reason) in enumerate(STOPPED):
            self.stop(members[7 * number], state, guard, reason)
        self.env["vip.message"].create(self.rows)
        self.reply()
        self.env["vip.message"]._cron_queue()

    def follow_contacts(self):
        """Of each contact by message that was made there is the message."""
        done = [("channel", "=", "message"), ("state", "=", "done")]
        for task in self.env["vip.care.task"].search(done, order="id"):
            self.send(
                task.partner_id,
                task.done_date,
                task.body or SEASONS[11][1],
                task_id=task.id,
                occasion=f"{task.trigger}:{task.event_date or task.due_date}",
                purpose=task.purpose,
            )

    def send(self, member, day, words, **vals):
        """Log a message that left on `day`."""
        state = self.chance.choice(FATES)
        moment = datetime.combine(day, time(1, self.chance.randrange(60)))
        text = words
        if not text.startswith("【"):
            text = f"【{SIGNATURE}】{text}"
        parts = count_parts(text, "mainland")
        self.add(
            member,
            state,
            moment,
            body=text,
            parts=parts,
            cost=parts * PRICE,
            sent_on=day,
            reserved_at=moment,
            attempt=1,
            accepted_at=state != "unknown" and moment,
            report_at=state in ("delivered", "undelivered", "rejected")
            and moment + timedelta(seconds=self.chance.randrange(3, 90)),
            provider_ref=f"demo-{self.count}",
            code=CODES.get(state),
            **vals,
        )

    def stop(self, member, state, guard, reason):
        moment = datetime.combine(self.today - timedelta(days=3), time(2))
        self.add(member, state, moment, body=False, guard=guard, reason=reason, parts=1)

    def add(self, member, state, moment, **vals):
        self.count += 1
        key = hashlib.md5(b"%d" % self.count, usedforsecurity=False)
        self.rows.append(
            {
                "uuid": str(UUID(key.hexdigest())),
                "state": state,
                "company_id": self.env.company.id,
                "gateway_id": self.gateway.id,
                "partner_id": member.id,
                "store_id": member.vip_store_id.id,
                "owner_id": member.vip_owner_id.id,
                "purpose": "care",
                "number": member.vip_phone_key,
                "number_masked": mask_number(member.vip_phone_key or ""),
                "send_from": moment,
                "until": moment.date() + timedelta(days=1),
            }
            | vals
        )

    def reply(self):
        """Some wrote back; one does not want to be written to."""
        arrived = [("state", "=", "delivered"), ("gateway_id", "=", self.gateway.id)]
        messages = self.env["vip.message"].search(arrived, limit=40)
        replies = [
            Reply(message.number, text, message.reserved_at + timedelta(hours=1))
            for message, text in zip(messages[::9], REPLIES, strict=False)
        ]
        self.env["vip.message.reply"]._take(self.gateway, replies)
