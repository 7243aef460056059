"""Proves that each message leaves once, and times how fast.

    ./dev bench sms --kills 200 [--faults 0.3]   senders are killed, the gateway fails
    ./dev bench sms --server-kills 10            whole servers are killed
    ./dev bench sms --at-once [--seconds 130]    two cron workers and "Send now", limits
    ./dev bench sms --rate [--delay 0.05]        messages a second against bare calls
    ./dev bench sms --rate --kannel              the same through a real Kannel
    ./dev bench sms --queue --members 20000      a festival's eve
    ./dev bench sms --journey                    from the plan to the refusal, by Kannel

What was received is read from the gateway's own log, never from our outbox.
"""

import argparse
import contextlib
import os
import tempfile
from functools import partial
from pathlib import Path

import _sms_at_once
import _sms_journey
import _sms_kills
import _sms_queue
import _sms_rate
import _sms_shop
from _sms_standin import standin
from vipdev import kannel

import odoo

print = partial(print, flush=True)  # noqa: A001 a long run is watched


def main(argv):
    options = _options(argv)
    odoo.tools.config.parse_config(["--log-level=warn"])
    db = os.environ["VIP_CARE_DB"]
    with tempfile.TemporaryDirectory(prefix="sms-") as folder:
        wrong = _chosen(options)(db, Path(folder), options)
    for sentence in wrong[:20]:
        print(f"WRONG: {sentence}")
    return 1 if wrong else 0


def _options(argv):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--kills", type=int)
    what.add_argument("--server-kills", type=int)
    for name in ("at-once", "rate", "queue", "journey"):
        what.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--members", type=int)
    parser.add_argument("--seed", default="7")
    parser.add_argument("--faults", type=float, default=0, help="share of requests")
    parser.add_argument("--delay", type=float, default=0, help="of each answer")
    parser.add_argument("--seconds", type=int, help="how long; until all is sent")
    parser.add_argument("--kannel", action="store_true")
    return parser.parse_args(argv)


def _chosen(options):
    if options.kills:
        return _kills
    if options.server_kills:
        return _server_kills
    if options.journey:
        return lambda db, folder, _options: _sms_journey.run(db, folder)
    if options.at_once:
        return _at_once
    return _rate if options.rate else _queue


def _kills(db, folder, options):
    members = options.members or 25 * options.kills
    faults = {"seed": options.seed, "faults": options.faults, "delay": 0.02}
    with standin(folder, **faults) as gateway:
        gateway_id = _sms_shop.fill(db, members, url=gateway.url)
        return _sms_kills.run(db, gateway_id, gateway, options.kills, options.seed)


def _server_kills(db, folder, options):
    kills = options.server_kills
    faults = {"seed": options.seed, "faults": options.faults, "delay": 0.02}
    faults["reports"] = True
    with standin(folder, **faults) as gateway:
        members = options.members or 200 * kills
        gateway_id = _sms_shop.fill(db, members, url=gateway.url)
        return _sms_kills.run_servers(
            db, folder, gateway_id, gateway, kills, options.seed
        )


def _at_once(db, folder, options):
    """Without limits until all is sent; with `seconds` against a limit."""
    limits = {"minute_limit": 60, "hour_limit": 90} if options.seconds else {}
    with standin(folder, delay=0.05) as gateway:
        members = options.members or 1000
        gateway_id = _sms_shop.fill(db, members, url=gateway.url, **limits)
        wrong = _sms_at_once.run(db, gateway_id, gateway, options.seconds)
        if limits:
            wrong += _sms_at_once.limits_held(gateway, limits, options.seconds)
        return wrong


def _rate(db, folder, options):
    """Reports go to the stand-in, which reads none: only sending is timed."""
    values = {"batch_size": 100, "number_day_limit": 100}
    answer = {"delay": options.delay}
    with (
        standin(folder, **answer) as gateway,
        _kannel_or(gateway, options) as (url, login),
    ):
        values |= {"url": url, "user": login[0], "password": login[1]}
        gateway_id = _sms_shop.fill(db, options.members or 1000, **values)
        return _sms_rate.run(db, gateway_id, url, login, gateway.root)


@contextlib.contextmanager
def _kannel_or(gateway, options):
    if options.kannel:
        with kannel.running() as centre:
            yield centre.url, (centre.user, centre.password)
    else:
        yield gateway.url, ("bench", "bench-secret")


def _queue(db, folder, options):
    members = options.members or 20_000
    _sms_shop.fill(db, members, url="http://127.0.0.1:1/cgi-bin/sendsms")
    return _sms_queue.run(db, members)
