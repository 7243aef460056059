"""Kannel, the SMS gateway, with its fake SMS centre: for tests and to try things out.

Debian's package is unpacked into the cache. Every port is a free one of the loopback
interface, and its programs stop together with the one who started them.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import NamedTuple

from . import debian, phone
from .core import DevError, built, cache_dir, lock, run_dir, say, stamped, step

PROGRAMS = ("bearerbox", "smsbox")
LOCAL = "127.0.0.1"
USER, PASSWORD = "shop", "only for tests"
# No message leaves to it: what a network refuses at once.
REFUSED_PREFIX = "+8610000"
CONFIGURATION = Path(__file__).with_name("kannel.conf")
# max-messages = 0: what we answer to a reply is not sent to the phone.
REPLIES = """
group = sms-service
keyword = default
catch-all = true
post-url = "{url}"
send-sender = true
max-messages = 0
"""


class Ports(NamedTuple):
    """The loopback ports of one Kannel."""

    admin: int
    boxes: int
    network: int
    sendsms: int


class Kannel:
    """A running Kannel; `phone` is everybody who gets its messages."""

    user, password = USER, PASSWORD

    def __init__(self, folder, ports, throughput=0):
        self.folder = folder
        self.ports = ports
        self.throughput = throughput
        self.reply_url = ""
        self.url = f"http://{LOCAL}:{ports.sendsms}/cgi-bin/sendsms"
        self.phone = phone.Phone(LOCAL, ports.network)
        self.processes = {}

    def start(self, reply_url=""):
        """Start the programs and connect the phone."""
        self.reply_url = reply_url
        self._configure()
        self._start("bearerbox", self.ports.boxes)
        self.phone.connect()
        self._start("smsbox", self.ports.sendsms)

    def send_replies_to(self, url):
        """Hand on what phones write to this address from now on."""
        self.reply_url = url
        self._stop("smsbox")
        self._configure()
        self._start("smsbox", self.ports.sendsms)

    def stop(self):
        """Stop everything; what was not delivered is lost."""
        self.phone.disconnect()
        for name in reversed(PROGRAMS):
            self._stop(name)

    def status(self):
        """Return what Kannel says of itself."""
        words = urllib.parse.quote(PASSWORD)
        url = f"http://{LOCAL}:{self.ports.admin}/status.txt?password={words}"
        with _open(url) as answer:
            return answer.read().decode()

    def _configure(self):
        text = CONFIGURATION.read_text().format(
            **self.ports._asdict(),
            local=LOCAL,
            user=USER,
            password=PASSWORD,
            folder=self.folder,
            refused=REFUSED_PREFIX,
            throughput=f"throughput = {self.throughput}" if self.throughput else "",
        )
        if self.reply_url:
            text += REPLIES.format(url=self.reply_url)
        path = self.folder / "kannel.conf"
        path.touch(mode=0o600)
        path.write_text(text)

    def _start(self, name, port):
        program, environ = _program(name)
        with open(self.folder / f"{name}.out", "w") as out:
            # The kernel ends it with us, also when we are killed.
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL"]
                + [program, "-v", "4", self.folder / "kannel.conf"],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=environ,
                cwd=self.folder,
            )
        self.processes[name] = process
        deadline = time.monotonic() + 15
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise DevError(f"{name} did not start:\n{self._tail(name)}")
            time.sleep(0.02)

    def _stop(self, name):
        process = self.processes.pop(name, None)
        if not process:
            return
        # Asked politely it waits ten seconds for whoever might still come.
        process.kill()
        process.wait()

    def _tail(self, name):
        logs = [self.folder / f"{name}.{end}" for end in ("out", "log")]
        lines = [line for log in logs if log.exists() for line in open(log)]
        return "".join(lines[-15:])


@contextlib.contextmanager
def running(reply_url="", throughput=0):
    """Give a Kannel that runs until the end; `throughput` limits messages a second."""
    _remove_orphans()
    ports = _free_ports()
    folder = run_dir() / f"kannel-{os.getpid()}-{ports.sendsms}"
    folder.mkdir(mode=0o700)
    kannel = Kannel(folder, ports, throughput)
    try:
        kannel.start(reply_url)
        yield kannel
    finally:
        kannel.stop()
        shutil.rmtree(folder, ignore_errors=True)


def serve(reply_url):
    """Run a Kannel by hand: show what phones get, send what is typed, until Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with running(reply_url) as kannel, contextlib.suppress(KeyboardInterrupt):
        say(f"\nKannel sends at {kannel.url}")
        say(f"User name {USER}, password {PASSWORD!r}; logs in {kannel.folder}")
        if not reply_url:
            say("Replies go nowhere: name an address with --replies.")
        say("Type NUMBER TEXT to write from a phone; Ctrl-C stops it.\n")
        kannel.phone.listen(lambda sms: say(f"→ {sms.number}: {sms.text}"))
        phone.read_keyboard(kannel.phone)
    say("Stopped.")
    return 0


def _program(name):
    """Return a program's path and environment: the machine's or the unpacked one."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
    if found:
        return found, dict(os.environ)
    root = _unpacked()
    folders = [*root.glob("usr/lib/*-linux-gnu"), *root.glob("lib/*-linux-gnu")]
    paths = ":".join(map(str, folders))
    return root / "usr" / "sbin" / name, {**os.environ, "LD_LIBRARY_PATH": paths}


def _unpacked():
    root = cache_dir() / "kannel"
    if not stamped(root, "kannel"):
        with lock():
            _build(root)
    return root


def _build(root):
    if stamped(root, "kannel"):
        return  # another was first
    with step("fetching Kannel (up to 40 MB)"):
        debs = debian.fetch("install", "kannel")
    # The machine's own C library has to stay the only one.
    needed = [deb for deb in debs if deb.name.startswith(("kannel_", "lib"))]
    needed = [deb for deb in needed if not deb.name.startswith(("libc6_", "libperl"))]
    with step("unpacking it"), built(root, "kannel") as half:
        debian.unpack(needed, half, ["./usr/share"])


def _remove_orphans():
    """Remove the folders of those who were killed."""
    for folder in run_dir().glob("kannel-*-*"):
        if not Path(f"/proc/{folder.name.split('-')[1]}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _free_ports():
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _name in Ports._fields]
        for probe in probes:
            probe.bind((LOCAL, 0))
        return Ports(*(probe.getsockname()[1] for probe in probes))


def _answers(port):
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex((LOCAL, port)) == 0


def _open(url):
    handler = urllib.request.ProxyHandler({})
    return urllib.request.build_opener(handler).open(url, timeout=5)
