"""What `_sms_journey.py` prepares, and what it reads in the database."""

from datetime import date

import _sms_shop

BIRTHDAY = "vip_care.vip_care_rule_birthday_message"
WISH = "{name}，生日快乐，愿您健康如意。\n{store} {associate}"


def prepare(env, gateway_id, server):
    """Let it be the member's birthday; return where Kannel hands on replies."""
    env["ir.config_parameter"].set_param("web.base.url", server.url)
    # No day of memory forbids the wish today, whatever day it is.
    env["vip.occasion"].search([("tone", "=", "solemn")]).active = False
    env["vip.care.rule"].search([]).active = False
    rule = env.ref(BIRTHDAY)
    rule.active = True
    texts = env["vip.care.text"]
    texts.search([("state", "=", "approved")])._step({"state": "retired"})
    texts.create(
        {"body": WISH, "trigger": "birthday", "kind": "birthday", "lang": "zh_CN"}
    ).action_approve()
    member = env["res.partner"].search([("vip_card_number", "=like", "BENCH%")])
    today = member.vip_store_id._vip_today()
    member.write(
        {
            "lang": "zh_CN",
            "vip_birthday": date(1984, today.month, today.day),
            "vip_birthday_calendar": "solar",
        }
    )
    return env["vip.sms.gateway"].browse(gateway_id)._report_url("reply")


def another_task(env):
    """Plan another message to her for today; return its id."""
    _sms_shop.plan(env)
    return env["vip.care.task"].search([], order="id desc", limit=1).id


def message_of(env, task_id):
    """Return the message of a contact."""
    return env["vip.message"].search([("task_id", "=", task_id)])


def after_refusal(env, task_id):
    """Return {what has to be so: whether it is} right after a refusal."""
    member = env["res.partner"].search([("vip_card_number", "=like", "BENCH%")])
    task = env["vip.care.task"].browse(task_id)
    number = [("number", "=", member.vip_phone_key)]
    return {
        "the number is blocked": env["phone.blacklist"].search_count(number) == 1,
        "no consent to marketing": not member._vip_has_consent("marketing", "sms"),
        "no consent to care": not member._vip_has_consent("care", "sms"),
        "the contact is cancelled": (task.state, task.guard)
        == ("cancelled", "refused"),
        "the message is cancelled": message_of(env, task_id).state == "cancelled",
    }


def at_the_end(env, task_id, received):
    """Return what is wrong with what came after the refusal."""
    care = [m for m in env["vip.message"].search([]) if m.kind == "care"]
    out = [m for m in care if m.state == "delivered"]
    wrong = []
    if len(out) != 1:
        wrong.append(f"{len(out)} messages of care were delivered")
    if sum("生日快乐" in sms.text for sms in received) != 1:
        wrong.append("the wish was not received exactly once")
    if any("多加衣" in sms.text for sms in received):
        wrong.append("a message came after the refusal")
    state = message_of(env, task_id).state
    if state not in (False, "blocked", "cancelled"):
        wrong.append(f"what was planned after the refusal is {state}")
    return wrong
