"""Messages leave once: real processes, real commits, and a gateway's own log of it.

Each runs `./dev bench sms` on a database of its own, smaller than the whole.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / ".ci"))

from vipdev import commands, templates, testing  # noqa: E402


@pytest.mark.parametrize(
    "arguments",
    [
        ["--kills", "30", "--faults", "0.2"],
        ["--server-kills", "2"],
        ["--at-once", "--members", "300"],
        ["--at-once", "--seconds", "10"],
        ["--journey"],
    ],
    ids=["killed", "server killed", "at once", "limited", "journey"],
)
def test_each_message_is_received_once(arguments):
    with testing.database(templates.product) as (name, finish):
        code = commands.run_bench("sms", name, arguments)
        finish(code)
    assert code == 0
