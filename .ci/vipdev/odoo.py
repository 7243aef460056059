"""Odoo itself: the developer's own, or Debian's package unpacked into the cache."""

import os
import re
from pathlib import Path

from . import debian
from .core import DevError, built, cache_dir, digest, lock, say, step

# Debian's Odoo links to these. They come from the machine's own suite, because
# unstable's Font Awesome 7 renamed the files that Odoo's styles ask for.
LINKED = (
    "libjs-jquery libjs-underscore libjs-jquery-form fonts-font-awesome "
    "fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b"
).split()
# Translations but Chinese, and a second copy of some add-ons: two thirds of all.
EXCLUDES = (
    "*/i18n*/[!z]*.po",
    "*/i18n*/z[!h]*.po",
    "./usr/lib/python3/dist-packages/addons",
    "./usr/share/doc",
)
# Not free enough for Debian; its absence is a console error on every page.
STUB = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
PROBES = ("jquery/jquery.js", "fontawesome/fonts/fontawesome-webfont.woff2")
SERIES = "19.0"


def home():
    """Return the folder that contains the Odoo 19.0 package `odoo/`."""
    own = os.environ.get("ODOO_HOME")
    path = Path(own).expanduser().absolute() if own else _debian_home()
    found = version(path)
    if not found.startswith(SERIES):
        raise DevError(f"Odoo {SERIES} is needed, but {path} is {found or 'no Odoo'}.")
    return path


def version(path):
    """Return the release of the Odoo below path, or an empty string."""
    release = path / "odoo" / "release.py"
    if not release.is_file():
        return ""
    found = re.search(r"^version_info = \((\d+), (\d+)", release.read_text(), re.M)
    return f"{found[1]}.{found[2]}" if found else ""


def identity():
    """Return a text that changes when another Odoo is used."""
    path = home()
    stamp = path.parents[3] / ".stamp" if "ODOO_HOME" not in os.environ else None
    if stamp:
        return stamp.read_text()
    head = path / "odoo" / "release.py"
    return digest(path, head.read_text(), head.stat().st_mtime)


def addons_folders():
    """Return Odoo's own add-on folders, for addons_path."""
    path = home()
    folders = [path / "addons", path / "odoo" / "addons"]
    return [folder for folder in folders if folder.is_dir()]


def _package():
    """Return the newest 19.0 .deb that is at hand, or fetch one."""
    archives = cache_dir() / "apt" / "archives"
    kept = sorted(archives.glob("odoo-19_19.0*.deb"))
    return kept[-1] if kept else debian.fetch("download", "odoo-19/sid")[0]


def _debian_home():
    root = cache_dir() / "odoo"
    package_root = root / "usr" / "lib" / "python3" / "dist-packages"
    if (root / ".stamp").is_file():
        return package_root
    with lock():
        if not (root / ".stamp").is_file():
            _build(root)
    return package_root


def _build(root):
    with step("fetching Odoo 19.0 (about 125 MB)"):
        deb = _package()
        linked = debian.fetch("download", *LINKED, "fonts-montserrat/sid")
    say(f"  found {deb.name}")
    with step("unpacking Odoo"), built(root, deb.name) as half:
        debian.unpack([deb, *linked], half, EXCLUDES)
        addons = half / "usr" / "lib" / "python3" / "dist-packages" / "odoo" / "addons"
        stub = addons / STUB
        if not stub.exists():
            stub.parent.mkdir(parents=True, exist_ok=True)
            stub.write_text("/* left out by Debian */\n")
        if not all((addons / f"web/static/lib/{name}").exists() for name in PROBES):
            raise DevError("Debian's parts do not fit this Odoo: set ODOO_HOME.")
