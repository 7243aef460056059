"""Senders killed at random moments, while the gateway fails as it likes."""

import random
import time
from collections import Counter
from datetime import timedelta
from functools import partial

import _sms_shop
from _sms_server import Server
from _sms_verdict import judge
from _sms_workers import (
    CALLING,
    RESERVING,
    WRITING,
    Worker,
    environment,
    loaded,
    send_forever,
    send_once,
)

from odoo.service.model import retrying

# About how long a step takes: a kill falls anywhere within it, or shortly after.
SPAN = {RESERVING: 0.06, CALLING: 0.08, WRITING: 0.04}
PATIENCE = 10
START = 60
LATEST = 5  # reports are told that long after the message
SEND = "vip_care_sms.ir_cron_send_messages"


def run(db, gateway_id, standin, kills, seed):
    """Kill so many senders, let the last one finish; return what is wrong."""
    registry = loaded(db)
    chance = random.Random(seed)
    environment(registry, queue)
    hit = Counter()
    start = time.perf_counter()
    for number in range(kills):
        phase = (RESERVING, CALLING, WRITING)[number % 3]
        hit[_kill(registry, chance, phase)] += 1
        _resume(registry, gateway_id)
    seconds = time.perf_counter() - start
    left = _finish(registry, gateway_id)
    moments = ", ".join(f"{count} {name}" for name, count in hit.most_common())
    print(f"{kills} kills in {seconds:.0f} s ({moments}); {left} reserved at the end")
    missed = hit["idle"] + hit["while idle"]
    wrong = [f"{missed} kills hit nobody at work"] if missed > kills / 10 else []
    wrong += ["some are still queued"] * bool(_count(registry, "ready"))
    return wrong + environment(registry, lambda env: report(env, standin))


def run_servers(db, folder, gateway_id, standin, kills, seed):
    """The same with whole servers of Odoo, whose own cron worker sends.

    They are told what became of messages: late, twice, out of order or never.
    """
    registry = loaded(db)
    server = Server(db, folder)
    environment(registry, lambda env: _prepare(env, server))
    environment(registry, queue)
    chance = random.Random(seed)
    wrong = []
    for _number in range(kills):
        server.start()
        if not _is_sending(registry, standin):
            wrong.append("a server sent nothing")
        time.sleep(chance.uniform(0, 1.5))
        server.kill()
        _resume(registry, gateway_id)
    with server:  # who was not heard reports again
        left = _finish(registry, gateway_id)
        time.sleep(LATEST)
        wrong += server.errors()  # not those of requests that its end breaks off
    print(f"{kills} servers killed; {left} reserved at the end")
    return wrong + environment(registry, lambda env: report(env, standin))


def _prepare(env, server):
    """Let reports come to the server, and nothing else be planned meanwhile."""
    env["ir.config_parameter"].set_param("web.base.url", server.url)
    env.ref("vip_care.ir_cron_plan_care").active = False


def _is_sending(registry, standin):
    before, end = len(standin.accepted()), time.monotonic() + START
    while time.monotonic() < end:
        # Its cron worker listens only after a while.
        environment(registry, lambda env: env.ref(SEND)._trigger())
        time.sleep(0.2)
        if len(standin.accepted()) > before:
            return True
    return False


def queue(env):
    """Plan and queue a message to every member."""
    _sms_shop.plan(env)
    env["vip.message"]._cron_queue()


def _kill(registry, chance, phase):
    worker = Worker(registry, send_forever)
    if not worker.reach(phase, chance.randint(1, 3), PATIENCE):
        # Nothing to send: killed where it waits.
        return "while idle" if worker.pid is None else worker.kill()
    time.sleep(chance.uniform(0, SPAN[phase]))
    return worker.kill()


def _resume(registry, gateway_id):
    """End a pause, as head office does."""

    def work(env):
        gateway = env["vip.sms.gateway"].browse(gateway_id)
        if gateway.state == "paused":
            gateway.action_resume()

    # Repeated as a request is: servers write the gateway all the time.
    environment(registry, lambda env: retrying(partial(work, env), env))


def _finish(registry, gateway_id, patience=900):
    """Send the rest, then recover what the killed left; return how much that was."""
    end = time.monotonic() + patience
    while _count(registry, "ready") and time.monotonic() < end:
        _hurry(registry)
        worker = Worker(registry, send_once)
        worker.wait()
        _resume(registry, gateway_id)
    left = _count(registry, "reserved")

    def recover(env):
        gateway = env["vip.sms.gateway"].browse(gateway_id)
        env["vip.message"]._recover(gateway, older_than=timedelta(0))

    environment(registry, recover)
    return left


def _hurry(registry):
    """Let what was put off for a while be sent now: the run is not to take hours."""

    def work(env):
        env.cr.execute(
            "UPDATE vip_message SET send_from = now() at time zone 'UTC'"
            " WHERE state = 'ready' AND send_from > now() at time zone 'UTC'"
        )

    environment(registry, work)


def _count(registry, state):
    return environment(
        registry,
        lambda env: env["vip.message"].search_count([("state", "=", state)]),
    )


def report(env, standin):
    """Print what became of the messages; return what is wrong."""
    lines = standin.lines()
    states, wrong = judge(env, lines)
    received = sum(1 for line in lines if line.get("accepted"))
    faults = Counter(line["fault"] for line in lines if line.get("fault"))
    print(f"{sum(states.values()):,} contacts, {received:,} messages received")
    print("  " + ", ".join(f"{n:,} {name}" for name, n in states.most_common()))
    told = Counter(line["heard"] for line in lines if "reported" in line)
    if told:
        print(f"  {told[200]:,} reports heard, {told.total() - told[200]:,} in vain")
    for name, count in faults.most_common():
        print(f"  {count:5} × {name}")
    for sentence in wrong[:20]:
        print(f"  WRONG: {sentence}")
    return wrong
