"""./dev test: plain tests, then Odoo's on a copy of the product template."""

import contextlib
import os
import re
import subprocess
from datetime import datetime
from pathlib import Path

from . import browser, databases, python, settings, templates
from .core import REPO, lock, run_dir, say

NONE_COLLECTED = 5
FAILED = "vipcare_failed"
LOGS_KEPT = 20
BROWSER_FILES = ("*tour*", "*hoot*")


def run(plain, with_odoo, fast, arguments):
    """Run the chosen suites; return 0 only if tests ran and none failed or skipped."""
    options, plain_paths, odoo_paths = split(arguments)
    if plain_paths or odoo_paths:
        plain, with_odoo = bool(plain_paths), bool(odoo_paths)
    codes = []
    if plain:
        codes.append(_plain([*options, *(plain_paths or ["tests"])]))
    if with_odoo:
        ignored = [f"--ignore-glob={name}" for name in BROWSER_FILES if fast]
        paths = odoo_paths or _addon_paths()
        whole = not (fast or arguments)
        codes.append(_odoo([*ignored, *options, *paths], whole))
    return verdict(codes, chosen=bool(options))


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


def _pytest(arguments, environ):
    path = [str(Path(__file__).parents[1]), environ["PYTHONPATH"]]
    environ = {**environ, "PYTHONPATH": os.pathsep.join(path)}
    command = [python.executable(), "-m", "pytest", "-p", "vipdev.strict", *arguments]
    say("· pytest " + " ".join(arguments))
    return subprocess.run(command, env=environ, cwd=REPO).returncode


def _plain(arguments):
    environ = {**python.environ()}
    environ.pop("ODOO_RC", None)
    return _pytest(["-p", "no:odoo", *arguments], environ)


def _odoo(arguments, whole):
    environ = settings.environ()
    environ.update(browser.environ(environ["PATH"]))
    for old in sorted(run_dir().glob("test-odoo-*.log"))[:-LOGS_KEPT]:
        old.unlink(missing_ok=True)
    log = run_dir() / f"test-odoo-{datetime.now():%m%d-%H%M%S}-{os.getpid()}.log"
    with database(templates.warm if whole else templates.product) as (name, finish):
        options = [f"--odoo-database={name}", "--odoo-http", "--odoo-log-level=warn"]
        options += [f"--odoo-extra=logfile={log}"]
        code = _pytest([*options, *arguments], environ)
        finish(code)
    _show_log(log)
    return code


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
    _drop_orphans()
    name = f"vipcare_test_{os.getpid()}"
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
        pid = re.fullmatch(r"vipcare_test_(\d+)", name)
        if pid and not Path(f"/proc/{pid[1]}").exists():
            databases.drop(name)
