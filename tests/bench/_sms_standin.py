"""The failing gateway of tests/standins in a process of its own, and what it received."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "standins" / "gateway.py"


class Standin:
    """A running stand-in."""

    def __init__(self, port, log):
        self.root = f"http://127.0.0.1:{port}"
        self.url = f"{self.root}/cgi-bin/sendsms"
        self.log = log

    def lines(self):
        """Return what it wrote down."""
        text = self.log.read_text() if self.log.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    def accepted(self):
        """Return the messages it took, as phones have received them."""
        return [line for line in self.lines() if line.get("accepted")]


@contextlib.contextmanager
def standin(folder, **options):
    """Run a stand-in with these options; its log is a file in the folder."""
    log = Path(folder) / "gateway.log"
    log.unlink(missing_ok=True)
    arguments = [f"--log={log}"]
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        arguments += [flag] if value is True else [f"{flag}={value}"] if value else []
    process = subprocess.Popen(
        [sys.executable, SCRIPT, *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        yield Standin(int(process.stdout.readline()), log)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
