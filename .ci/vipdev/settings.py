"""Odoo's configuration for this checkout, and running Odoo with it."""

import ast
import os
import re
import subprocess

from . import odoo, postgres, python
from .core import REPO, DevError, cache_dir, run_dir, say

PRODUCT = ("vip_care", "vip_care_sms")
# What the product stands on while no manifest is there to say it.
NEEDED = ("point_of_sale", "pos_loyalty", "pos_hr", "sms")
CONNECTION = {"PGHOST", "PGPORT", "PGUSER", "PGPASSWORD"}
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\d \S+ \d+ ([A-Z]+) .*")


def addons_home():
    """Return the folder that holds our add-ons (VIP_CARE_ADDONS for try-outs)."""
    return REPO.joinpath(os.environ.get("VIP_CARE_ADDONS", "")).absolute()


def product_addons():
    """Return those of our add-ons that exist."""
    home = addons_home()
    return [name for name in PRODUCT if (home / name / "__manifest__.py").is_file()]


def manifest(name):
    """Return an add-on's manifest."""
    path = addons_home() / name / "__manifest__.py"
    try:
        return ast.literal_eval(path.read_text())
    except (SyntaxError, ValueError) as error:
        raise DevError(f"{path} is not a dictionary: {error}") from None


def dependencies():
    """Return Odoo's modules that our add-ons build on, sorted."""
    named = {name for ours in product_addons() for name in manifest(ours)["depends"]}
    return sorted(named.union(NEEDED).difference(PRODUCT))


def write_config(name="odoo.conf", **extra):
    """Write an odoo.conf among the run files and return its path."""
    server = postgres.settings()
    ours = [addons_home()] if product_addons() else []
    options = {
        "addons_path": ",".join(map(str, [*odoo.addons_folders(), *ours])),
        "data_dir": data_dir(),
        "http_interface": "127.0.0.1",
        **{f"db_{name[2:].lower()}": server[name] for name in CONNECTION & set(server)},
        **extra,
    }
    lines = [f"{key} = {value}\n" for key, value in options.items()]
    path = run_dir() / name
    half = path.with_name(f"{name}.{os.getpid()}")
    half.write_text("[options]\n" + "".join(lines))
    half.chmod(0o600)
    half.rename(path)
    return path


def data_dir():
    """Return Odoo's data folder: file stores, sessions."""
    path = cache_dir() / "data"
    path.mkdir(exist_ok=True)
    return path


def environ(config=None):
    """Return the environment of every child: Odoo, browser and server in reach."""
    return {
        **python.environ(),
        **postgres.settings(),
        "ODOO_RC": str(config or write_config()),
    }


def odoo_command(*args):
    """Return Odoo's command line; its configuration is named by the environment."""
    return [str(python.executable()), "-m", "odoo", *map(str, args)]


def odoo_quietly(title, *args, script=None):
    """Run Odoo to its end with its log in a file; return the log's path.

    Warnings are shown. A failure or an ERROR in the log raises with the log's end.
    """
    log = run_dir() / f"{title}.log"
    with open(log, "wb") as out, open(script or os.devnull, "rb") as source:
        done = subprocess.run(
            odoo_command(*args),
            env=environ(),
            stdin=source,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=run_dir(),
        )
    lines = log.read_text(errors="replace").splitlines()
    for line in matching(lines, "WARNING"):
        say(f"  {line}")
    if done.returncode or matching(lines, "ERROR", "CRITICAL"):
        tail = "\n".join(lines[-40:])
        raise DevError(f"{tail}\nOdoo failed ({title}); its whole log is {log}")
    return log


def matching(lines, *levels):
    """Return the lines that Odoo logged at one of the levels."""
    found = (LOG_LINE.match(line) for line in lines)
    return [match[0] for match in found if match and match[1] in levels]
