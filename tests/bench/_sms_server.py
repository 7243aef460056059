"""A real Odoo server with its cron worker, to be called by gateways and to be killed."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

LOCAL = "127.0.0.1"


class Server:
    """Odoo on a database, in a process of its own."""

    def __init__(self, database, folder, crons=1):
        with socket.socket() as probe:
            probe.bind((LOCAL, 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://{LOCAL}:{self.port}"
        self.log = Path(folder) / f"odoo-{self.port}.log"
        self.folder = folder
        options = [f"--http-port={self.port}", f"--max-cron-threads={crons}"]
        options += [f"--logfile={self.log}", "--log-level=warn", "--no-database-list"]
        self.command = [sys.executable, "-m", "odoo", "-d", database, *options]
        self.process = None

    def start(self):
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(self.command, cwd=self.folder)
        while not self._answers():
            if self.process.poll() is not None:
                raise SystemExit(f"Odoo stopped by itself:\n{self.log.read_text()}")
            time.sleep(0.1)

    def kill(self):
        """Kill it as the kernel does when memory is short."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def errors(self):
        """Return what it logged as errors, but those of requests that Odoo repeats."""
        text = self.log.read_text() if self.log.exists() else ""
        entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", text)
        return [
            entry
            for entry in entries
            if re.search(" (ERROR|CRITICAL) ", entry)
            and "could not serialize access" not in entry
        ]

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex((LOCAL, self.port)) == 0
