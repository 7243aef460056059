"""Messages per second through the outbox against the bare calls to the same gateway."""

import statistics
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from urllib.parse import urlsplit

import _sms_shop
from _sms_workers import Worker, environment, loaded, send_once


def run(db, gateway_id, url, login, sink, rounds=3):
    """Send to all members each round, with bare calls before and after; print it.

    `sink` is where all reports go to, and nobody reads them.
    """
    registry = loaded(db)

    def connections(env):
        env["ir.config_parameter"].set_param("web.base.url", sink)
        gateway = env["vip.sms.gateway"].browse(gateway_id)
        return gateway._gateway().connections

    lanes = environment(registry, connections)
    print(f"{lanes} connections{'':12}{'bare/s':>8}{'outbox/s':>10}{'ratio':>8}")
    for number in range(1, rounds + 1):
        numbers = environment(registry, _queued)
        bares = [bare(url, login, sink, lanes, numbers)]
        start = time.perf_counter()
        Worker(registry, send_once).wait()
        ours = len(numbers) / (time.perf_counter() - start)
        bares.append(bare(url, login, sink, lanes, numbers))
        states = environment(registry, _states)
        if states != {"accepted": number * len(numbers)}:
            return [f"not all was sent: {states}"]
        mean = statistics.mean(bares)
        line = f"{len(numbers):8,} messages{'':10}{mean:8.0f}{ours:10.0f}"
        print(f"{line}{ours / mean:8.2f}")
    return []


def _queued(env):
    """Queue a message to every member; return their numbers."""
    _sms_shop.plan(env)
    env["vip.message"]._cron_queue()
    members = env["vip.message"].search([("state", "=", "ready")]).partner_id
    return members.mapped("vip_phone_key")


def _states(env):
    env.cr.execute("SELECT state, count(*) FROM vip_message GROUP BY state")
    return dict(env.cr.fetchall())


def bare(url, login, sink, lanes, numbers):
    """Return the calls per second of so many connections that only call."""
    shares = [numbers[lane::lanes] for lane in range(lanes)]
    start = time.perf_counter()
    with ThreadPoolExecutor(lanes) as pool:
        list(pool.map(partial(_call, url, login, sink), shares))
    return len(numbers) / (time.perf_counter() - start)


def _call(url, login, sink, numbers):
    address = urlsplit(url)
    headers = {
        "Content-Type": "text/plain; charset=UTF-8",
        "X-Kannel-Username": login[0],
        "X-Kannel-Password": login[1],
        "X-Kannel-From": _sms_shop.SENDER,
        "X-Kannel-Coding": "2",
        "X-Kannel-DLR-Mask": "27",
    }
    body = ("Member 1000" + _sms_shop.WORDS).encode()
    for number in numbers:
        headers["X-Kannel-To"] = number
        headers["X-Kannel-DLR-Url"] = f"{sink}/bare?uuid={uuid.uuid4()}&type=%d"
        # A connection each, as the outbox does it: no call is lost on a stale one.
        connection = HTTPConnection(address.hostname, address.port, timeout=30)
        connection.request("POST", address.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 202:
            raise RuntimeError(f"The gateway answered {answer.status}")
