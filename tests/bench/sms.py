"""Proves that messages leave once, and times how fast.

    ./dev bench sms --kills 200                  senders killed at random moments
    ./dev bench sms --kills 200 --faults 0.3     and a gateway that fails as it likes
"""

import argparse
import os
import tempfile
from functools import partial

import _sms_kills
import _sms_shop
from _sms_standin import standin

import odoo

print = partial(print, flush=True)  # noqa: A001 a long run is watched


def main(argv):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int)
    parser.add_argument("--seed", default="7")
    parser.add_argument("--kills", type=int, help="kill so many senders")
    parser.add_argument("--faults", type=float, default=0, help="share of requests")
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["--log-level=warn"])
    db = os.environ["VIP_CARE_DB"]
    with tempfile.TemporaryDirectory(prefix="sms-") as folder:
        wrong = _kills(db, folder, options)
    return 1 if wrong else 0


def _kills(db, folder, options):
    members = options.members or 25 * options.kills
    with standin(folder, seed=options.seed, faults=options.faults) as gateway:
        gateway_id = _sms_shop.fill(db, members, url=gateway.url)
        return _sms_kills.run(db, gateway_id, gateway, options.kills, options.seed)
