"""./dev run: the demo database served in the foreground."""

import contextlib
import signal
import socket
import subprocess
import time

from . import databases, settings, templates
from .core import DevError, lock, run_dir, say, step

NAME = "vipcare_demo"
LOGINS = "vip_care/demo/logins.txt"


def run(fresh, port):
    """Serve the demo database until Ctrl-C; it is made or updated first."""
    if _answers(port):
        raise DevError(f"Port {port} is taken; choose another with --port.")
    prepare(fresh)
    log = run_dir() / "odoo.log"
    command = settings.odoo_command(
        *["-d", NAME, f"--http-port={port}", f"--logfile={log}"]
    )
    log.unlink(missing_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # In a session of its own, so that Ctrl-C reaches it once, from us.
    server = subprocess.Popen(
        command, env=settings.environ(), cwd=run_dir(), start_new_session=True
    )
    try:
        while server.poll() is None and not _answers(port):
            time.sleep(0.2)
        if server.poll() is None:
            _welcome(port, log)
        server.wait()
    except KeyboardInterrupt:
        server.send_signal(signal.SIGINT)
        server.wait()
        say("Stopped. The database stays; ./dev stop stops PostgreSQL as well.")
        return 0
    tail = "\n".join(log.read_text().splitlines()[-25:] if log.exists() else [])
    raise DevError(f"{tail}\nOdoo stopped by itself; its log is {log}")


def prepare(fresh=False):
    """Make the demo database, or bring it up to the add-ons as they are now."""
    if fresh or not databases.exists(NAME):
        templates.create(NAME, templates.story, force=True)
        return
    with lock():
        key = templates.product_key(templates.base())
        if databases.note(NAME) == key:
            return
        addons = ",".join(settings.product_addons())
        with step("updating the demo database to the changed add-ons"):
            try:
                templates.install(NAME, "-i", addons, "-u", addons)
            except DevError as error:
                raise DevError(f"{error}\n./dev run --fresh makes it anew.") from None
        databases.note(NAME, key)


def _answers(port):
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _welcome(port, log):
    logins = settings.addons_home() / LOGINS
    say(f"\nVIP Care is at http://127.0.0.1:{port}  (database {NAME}, log {log})\n")
    if logins.exists():
        say(logins.read_text().rstrip())
    else:
        say(f"Log in as admin, password admin ({LOGINS} is not there yet).")
    say("\nCtrl-C stops it.")
