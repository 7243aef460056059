"""The Python environment that runs Odoo, its tests and the linters."""

import os
import subprocess
import sys
from pathlib import Path

from . import odoo
from .core import REPO, built, cache_dir, call, digest, lock, stamped, step

REQUIREMENTS = REPO / ".ci" / "requirements.txt"
HINT = "Python's package index could not be used; check the network and pip's settings."


def requirements_key():
    """Return a hash of the pinned requirements and this Python."""
    return digest(REQUIREMENTS.read_text(), sys.version)


def executable():
    """Return the environment's Python, built when missing.

    Each set of pins has a folder of its own: what runs in another one goes on.
    """
    folder = cache_dir() / "python" / requirements_key()
    if not stamped(folder, requirements_key()):
        with lock():
            if not stamped(folder, requirements_key()):
                _build(folder)
    return folder / "bin" / "python"


def _build(folder):
    key = requirements_key()
    with step("Python environment"), built(folder, key, in_place=True):
        call(
            [sys.executable, "-m", "venv", folder],
            hint="Python's venv module is needed (Debian: python3-venv).",
        )
        install(folder / "bin" / "python", "-r", REQUIREMENTS)


def install(python, *args):
    """Install by pip with the machine's own settings."""
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    call([*pip, *args], hint=HINT)


def link_odoo(path):
    """Let the environment's Python find Odoo also when started by hand."""
    packages = subprocess.check_output(
        [executable(), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        text=True,
    )
    pth = Path(packages.strip()) / "odoo.pth"
    if not pth.exists() or pth.read_text() != f"{path}\n":
        pth.write_text(f"{path}\n")


def environ():
    """Return the environment of every child: Odoo first, the browser in PATH."""
    path = [str(executable().parent), str(cache_dir() / "bin"), os.environ["PATH"]]
    return {
        **os.environ,
        "PATH": os.pathsep.join(path),
        "PYTHONPATH": str(odoo.home()),
        "PYTHONUNBUFFERED": "1",
    }
