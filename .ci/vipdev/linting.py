"""./dev lint: style of Python, Odoo's pitfalls, well-formedness of the rest."""

import json
import subprocess
from xml.etree import ElementTree

from . import python, settings
from .core import REPO, say

PYTHON = ("dev", ".ci/vipdev", "tests", "conftest.py")
# These run on what git knows or would add, so nobody's scratch files count.
LISTING = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
# Checks of pylint-odoo that are not for us: rules for OCA's own repositories, one
# class per model in an add-on, and super() where append-only models only refuse.
NOT_OURS = (
    "manifest-required-author,missing-readme,consider-merging-classes-inherited,"
    "method-required-super"
)


def run(fix=False):
    """Run every check, also after one failed; return 0 if all passed."""
    addons = settings.product_addons()
    paths = [path for path in (*PYTHON, *addons) if (REPO / path).exists()]
    format_mode = [] if fix else ["--check"]
    ruff = [python.executable(), "-m", "ruff"]
    pylint = [python.executable(), "-m", "pylint", "--rcfile=.pylintrc"]
    checks = {
        "ruff": [*ruff, "check", *(["--fix"] if fix else []), *paths],
        "ruff format": [*ruff, "format", *format_mode, *paths],
        "pylint-odoo": [*pylint, f"--disable={NOT_OURS}", *addons],
    }
    failed = [name for name, command in checks.items() if not _passes(name, command)]
    for name, problems in (("XML", xml_problems), ("JSON", json_problems)):
        found = list(problems(_files(name.lower())))
        say("\n".join([f"· {name}: {'failed' if found else 'ok'}", *found]))
        failed += [name] if found else []
    if failed:
        say("\nlint failed: " + ", ".join(failed))
    return 1 if failed else 0


def _passes(name, command):
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    say(f"· {name}: {'failed' if done.returncode else 'ok'}")
    if done.returncode:
        say((done.stdout + done.stderr).rstrip())
    return not done.returncode


def _files(ending):
    listed = subprocess.check_output([*LISTING, f"*.{ending}"], cwd=REPO, text=True)
    paths = (REPO / name for name in listed.splitlines())
    return [path for path in paths if path.exists()]


def xml_problems(paths):
    """Yield a line for each XML file that is not well-formed."""
    for path in paths:
        try:
            ElementTree.parse(path)
        except ElementTree.ParseError as error:
            yield f"{path}: {error}"


def json_problems(paths):
    """Yield a line for each JSON file that cannot be read."""
    for path in paths:
        try:
            json.loads(path.read_text())
        except ValueError as error:
            yield f"{path}: {error}"
