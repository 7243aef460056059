"""One member's way by a real Kannel and a real Odoo: greeted, reported, refused, silent.

Planning, queueing and sending are done by Odoo's own cron worker; reports and replies
come in by HTTP from Kannel.
"""

import time

import _sms_journey_steps as steps
import _sms_shop
from _sms_server import Server
from _sms_workers import environment
from vipdev import kannel

from odoo.modules.registry import Registry

PLAN = "vip_care.ir_cron_plan_care"
QUEUE = "vip_care_sms.ir_cron_queue_messages"
SEND = "vip_care_sms.ir_cron_send_messages"
PATIENCE = 30
SILENCE = 3  # in which nothing may come


class Journey:
    """The steps, each of which waits for what it is to bring about."""

    def __init__(self, registry, server, phone):
        self.registry, self.server, self.phone = registry, server, phone
        self.start = time.perf_counter()

    def done(self, step):
        """Print a step with the time since the beginning."""
        print(f"{time.perf_counter() - self.start:6.1f} s  {step}")

    def look(self, work):
        """Return `work(env)` as the database has it now."""
        return environment(self.registry, work)

    def wait(self, what, work):
        """Wait until `work(env)` is true and return it; else give up."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := self.look(work):
                self.done(what)
                return found
            time.sleep(0.1)
        raise SystemExit(f"In vain: {what}\n" + "\n".join(self.server.errors()))

    def cron(self, *names):
        """Let Odoo's cron worker do these as soon as it can."""

        def work(env):
            for name in names:
                env.ref(name)._trigger()

        self.look(work)

    def greeted(self):
        """Plan, queue and send a birthday's wish; return the member's number."""
        self.cron(PLAN)
        planned = [("state", "=", "planned"), ("body", "!=", False)]
        self.wait("planned", lambda env: env["vip.care.task"].search_count(planned))
        self.cron(QUEUE)
        self.wait("queued", lambda env: env["vip.message"].search_count([]))
        self.cron(SEND)
        [sms] = self.phone.wait(1, PATIENCE) or [None]
        if not sms:
            raise SystemExit("No phone got anything.")
        self.done(f"received in {sms.parts} part(s): {sms.text!r}")
        told = [("state", "=", "delivered")]
        self.wait("reported", lambda env: env["vip.message"].search_count(told))
        return sms.number

    def refused(self, number, second_id):
        """Refuse by a reply; return what did not come of it in its transaction."""
        self.phone.write(number, "R")
        self.wait("refused", lambda env: env["vip.message.reply"].search_count([]))
        found = self.look(lambda env: steps.after_refusal(env, second_id))
        self.done(", ".join(name for name, is_so in found.items() if is_so))
        return [f"not so: {name}" for name, is_so in found.items() if not is_so]

    def silent(self):
        """Plan once more; return what is wrong with what phones got in the end."""
        third_id = self.look(steps.another_task)
        self.cron(QUEUE, SEND)
        time.sleep(SILENCE)
        received = self.phone.wait(1)
        self.done(f"{len(received)} messages received in all")
        return self.look(lambda env: steps.at_the_end(env, third_id, received))


def run(db, folder):
    """Go the whole way; return what is wrong."""
    with kannel.running() as centre, Server(db, folder) as server:
        login = {"user": centre.user, "password": centre.password}
        gateway_id = _sms_shop.fill(db, 1, url=centre.url, number_day_limit=1, **login)
        registry = Registry(db)
        replies = environment(
            registry, lambda env: steps.prepare(env, gateway_id, server)
        )
        centre.send_replies_to(replies)
        journey = Journey(registry, server, centre.phone)
        number = journey.greeted()
        second_id = journey.look(steps.another_task)
        journey.cron(QUEUE, SEND)
        journey.wait(
            "a second message is queued, and put off",
            lambda env: steps.message_of(env, second_id).state == "ready",
        )
        return journey.refused(number, second_id) + journey.silent() + server.errors()
