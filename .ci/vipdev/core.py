"""Paths, locking, progress and subprocesses shared by every other module."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
RUN = REPO / ".run"


class DevError(Exception):
    """A failure the developer can act on; shown without a traceback."""


def cache_dir():
    """Return the cache folder; it exists and only its owner can enter it."""
    named = os.environ.get("VIP_CARE_CACHE")
    xdg = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(named) if named else Path(xdg) / "vip-care"
    path = path.expanduser().absolute()
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def run_dir():
    """Return the checkout's folder of run files; git ignores it."""
    RUN.mkdir(exist_ok=True)
    return RUN


def digest(*parts):
    """Return a short hash that changes when any of the parts changes."""
    text = "\0".join(str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def say(text):
    """Print a line of progress at once, also when output goes to a file."""
    print(text, flush=True)


@contextlib.contextmanager
def step(name):
    """Say what is being done, then how long it took."""
    say(f"· {name} …")
    start = time.monotonic()
    yield
    say(f"  {name}: {time.monotonic() - start:.0f} s")


_held = []


@contextlib.contextmanager
def lock():
    """Let one ./dev at a time change the cache or the templates."""
    if _held:
        yield
        return
    with open(cache_dir() / "lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("· waiting for another ./dev to finish its preparations …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        _held.append(handle)
        try:
            yield
        finally:
            _held.pop()


def stamped(folder, key):
    """Return whether the folder was completed from exactly this key."""
    stamp = folder / ".stamp"
    return stamp.is_file() and stamp.read_text() == key


@contextlib.contextmanager
def built(folder, key, in_place=False):
    """Give an empty folder to fill; it counts as there only once it is complete.

    It takes its name at the end, or is filled in place when its files will hold
    their own path.
    """
    half = folder if in_place else folder.with_name(folder.name + ".part")
    for stale in {half, folder}:
        shutil.rmtree(stale, ignore_errors=True)
    half.mkdir(parents=True)
    yield half
    (half / ".stamp").write_text(key)
    if not in_place:
        half.rename(folder)


def call(command, hint="", log=None, **options):
    """Run a command to the end; a failure shows its last lines and the hint."""
    command = [str(part) for part in command]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    if log:
        log.write_text(done.stdout)
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-25:])
        raise DevError(f"{command[0]} failed:\n{tail}\n{hint}".rstrip())
    return done.stdout
