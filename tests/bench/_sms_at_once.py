"""Two cron workers and somebody who presses "Send now", all at the same moment."""

import contextlib
import time
from functools import partial

from _sms_kills import queue, report
from _sms_workers import Worker, environment, loaded, send_once
from vipdev import databases

from odoo.service.model import retrying

MINUTE = 60
# Between the reservation, which is what limits count, and the message's arrival.
JITTER = 0.5
# Nobody may hold a transaction open while the gateway is called, nor wait for another.
PATIENCE = 1.0
WATCH = """
    SELECT COALESCE(max(extract(epoch FROM clock_timestamp() - query_start))
                    FILTER (WHERE wait_event_type = 'Lock'), 0)::float,
           COALESCE(max(extract(epoch FROM clock_timestamp() - state_change))
                    FILTER (WHERE state LIKE 'idle in transaction%'), 0)::float
      FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def run(db, gateway_id, standin, seconds=None):
    """Let three send until all is sent, or for so long; return what is wrong."""
    registry = loaded(db)
    environment(registry, queue)
    end = time.monotonic() + (seconds or 3600)
    start = time.perf_counter()
    ways = [_cron, _cron, partial(_by_hand, gateway_id)]
    with contextlib.closing(databases.connect(db)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        before = _ask(cursor, DEADLOCKS)[0]
        workers = [Worker(registry, partial(way, end, seconds is None)) for way in ways]
        waits = _watch(cursor, workers)
        time.sleep(1.1)  # statistics are told a second later
        deadlocks = _ask(cursor, DEADLOCKS)[0] - before
    print(
        f"three senders for {time.perf_counter() - start:.0f} s: longest wait for a"
        f" lock {waits[0]:.2f} s, longest idle transaction {waits[1]:.2f} s,"
        f" {deadlocks} deadlocks"
    )
    wrong = environment(registry, lambda env: report(env, standin))
    wrong += [f"{deadlocks} deadlocks"] * bool(deadlocks)
    wrong += [f"somebody waited {w:.2f} s" for w in waits if w > PATIENCE]
    return wrong


def busiest(standin, seconds):
    """Return the most messages received in any span of so many seconds."""
    times = sorted(line["at"] for line in standin.accepted())
    first = most = 0
    for last, moment in enumerate(times):
        while times[first] < moment - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def limits_held(standin, limits, seconds):
    """Return what is wrong with how many messages came: too many, or too few."""
    most, all_of_them = busiest(standin, MINUTE - JITTER), len(standin.accepted())
    minute, hour = limits["minute_limit"], limits["hour_limit"]
    expected = min(hour, minute * (1 + int(seconds // MINUTE)))
    print(
        f"{most} messages in the busiest minute of {minute} allowed, {all_of_them} in"
        f" {seconds} s of {expected}"
    )
    wrong = [f"{most} in a minute, {minute} allowed"] if most > minute else []
    if all_of_them > expected or all_of_them < 0.9 * expected:
        wrong.append(f"{all_of_them} messages, {expected} expected")
    return wrong


def _cron(end, until_empty, registry):
    _repeat(registry, send_once, end, until_empty)


def _by_hand(gateway_id, end, until_empty, registry):
    def press(registry):
        def work(env):
            gateway = env["vip.sms.gateway"].browse(gateway_id)
            retrying(gateway.action_send_now, env)

        environment(registry, work)

    _repeat(registry, press, end, until_empty)


def _repeat(registry, send, end, until_empty):
    while time.monotonic() < end:
        send(registry)
        left = environment(
            registry,
            lambda env: env["vip.message"].search_count(
                [("state", "in", ("ready", "reserved"))]
            ),
        )
        if until_empty and not left:
            return
        time.sleep(0.01)


def _watch(cursor, workers):
    """Return the longest wait for a lock and for somebody idle until all have ended."""
    worst, running = [0.0, 0.0], list(workers)
    while running:
        worst = [max(pair) for pair in zip(worst, _ask(cursor, WATCH), strict=True)]
        running = [worker for worker in running if not worker.is_over()]
        time.sleep(0.02)
    return worst


def _ask(cursor, statement):
    cursor.execute(statement)
    return cursor.fetchone()
