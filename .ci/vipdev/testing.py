"""./dev test: plain tests, and each add-on's on a copy of the product template."""

import contextlib
import itertools
import os
import re
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from subprocess import STDOUT
from typing import NamedTuple

from . import browser, databases, python, settings, templates
from .core import REPO, lock, run_dir, say

NONE_COLLECTED = 5
FAILED = "vipcare_failed"
LOGS_KEPT = 20
BROWSER_FILES = ("*tour*", "*hoot*")
AT_ONCE = 2

_numbers = itertools.count(1)


class Suite(NamedTuple):
    """One run of pytest, in a process and with a database of its own."""

    arguments: list[str]
    environ: dict[str, str]
    finish: Callable[[int], None] = lambda _code: None


def run(plain, with_odoo, fast, arguments):
    """Run the chosen suites; return 0 only if tests ran and none failed or skipped."""
    options, plain_paths, odoo_paths = split(arguments)
    if plain_paths or odoo_paths:
        plain, with_odoo = bool(plain_paths), bool(odoo_paths)
    with contextlib.ExitStack() as stack:
        suites = []
        if with_odoo:
            ignored = [f"--ignore-glob={name}" for name in BROWSER_FILES if fast]
            kind = templates.product if fast or arguments else templates.warm
            parts = [odoo_paths] if odoo_paths else [[one] for one in _addon_paths()]
            _drop_orphans()
            suites = [
                _odoo(stack, kind, [*ignored, *options, *paths]) for paths in parts
            ]
        if plain:  # beside the longest one
            suites.insert(1, _plain([*options, *(plain_paths or ["tests"])]))
        codes = _run_all(suites)
    return verdict(codes, chosen=bool(options))


def _run_all(suites):
    """Run suites, at most two at once; return their exit codes.

    What the first one prints is shown as it comes, of the others when they are over.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        first = [pool.submit(_pytest, suite) for suite in suites[:1]]
        others = [pool.submit(_pytest, suite, subprocess.PIPE) for suite in suites[1:]]
        codes = []
        for suite, future in zip(suites, first + others, strict=True):
            done = future.result()
            say(done.stdout or "")
            suite.finish(done.returncode)
            codes.append(done.returncode)
    return codes


def verdict(codes, chosen):
    """Return the exit code for the suites' codes.

    An empty suite fails, unless tests were chosen by options and others ran.
    """
    if chosen and set(codes) == {0, NONE_COLLECTED}:
        return 0
    return next((code for code in codes if code), 0)


def split(arguments):
    """Return pytest's options, and the paths of either suite."""
    options, plain_paths, odoo_paths = [], [], []
    for argument in arguments:
        path = Path(argument.split("::")[0])
        if argument.startswith("-") or not (Path.cwd() / path).exists():
            options.append(argument)
            continue
        full = (Path.cwd() / path).resolve()
        is_plain = full.is_relative_to(REPO / "tests")
        suffix = argument[len(str(path)) :]
        target = plain_paths if is_plain else odoo_paths
        target.append(os.path.relpath(full, REPO) + suffix)
    return options, plain_paths, odoo_paths


def _addon_paths():
    return [str(settings.addons_home() / name) for name in settings.product_addons()]


def _pytest(suite, out=None):
    path = [str(Path(__file__).parents[1]), suite.environ["PYTHONPATH"]]
    environ = {**suite.environ, "PYTHONPATH": os.pathsep.join(path)}
    options = ["-p", "vipdev.strict", *suite.arguments]
    command = [python.executable(), "-m", "pytest", *options]
    say("· pytest " + " ".join(suite.arguments))
    return subprocess.run(
        command, env=environ, cwd=REPO, stdout=out, stderr=out and STDOUT, text=True
    )


def _plain(arguments):
    environ = {**python.environ()}
    environ.pop("ODOO_RC", None)
    return Suite(["-p", "no:odoo", *arguments], environ)


def _odoo(stack, kind, arguments):
    """Return a suite on a fresh database, which it gives back with `stack`."""
    environ = settings.environ()
    environ.update(browser.environ(environ["PATH"]))
    name, note = stack.enter_context(database(kind))
    log = run_dir() / f"test-odoo-{datetime.now():%m%d-%H%M%S}-{name}.log"
    for old in sorted(run_dir().glob("test-odoo-*.log"))[:-LOGS_KEPT]:
        old.unlink(missing_ok=True)

    def finish(code):
        note(code)
        _show_log(log)

    options = [f"--odoo-database={name}", "--odoo-http", "--odoo-log-level=warn"]
    options += [f"--odoo-extra=logfile={log}"]
    return Suite([*options, *arguments], environ, finish)


def _show_log(log):
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    errors = len(settings.matching(lines, "ERROR", "CRITICAL"))
    warnings = len(settings.matching(lines, "WARNING"))
    say(f"Odoo logged {errors} errors and {warnings} warnings: {log}")


@contextlib.contextmanager
def database(kind):
    """Give a fresh database and a function to tell it the run's exit code.

    The database is dropped, or kept under one fixed name if the run failed.
    """
    name = f"vipcare_test_{os.getpid()}_{next(_numbers)}"
    templates.create(name, kind, force=True)
    codes = []
    try:
        yield name, codes.append
    finally:
        with lock():
            if codes and codes[0] in (1, 2):
                databases.rename(name, FAILED)
                say(f"The database of the failed run is kept as {FAILED}.")
            else:
                databases.drop(name)


def _drop_orphans():
    """Drop the databases of runs that were killed."""
    for name in databases.ours():
        pid = re.fullmatch(r"vipcare_test_(\d+)_\d+", name)
        if pid and not Path(f"/proc/{pid[1]}").exists():
            databases.drop(name)
