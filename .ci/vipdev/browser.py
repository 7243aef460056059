"""Chromium for browser tests: the developer's, the system's or an unpacked one."""

import os
import shutil
from pathlib import Path

from . import debian
from .core import DevError, built, cache_dir, call, lock, stamped, step

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
FONT = "fonts-noto-cjk"
# The machine's own C library has to stay the only one.
NOT_UNPACKED = ("libc6_", "libc-bin_", "dpkg_", "perl", "debconf_", "coreutils_")
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>/usr/share/fonts</dir>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir>{root}/fontconfig</cachedir>
  <alias><family>sans-serif</family><prefer>
    <family>Liberation Sans</family><family>Noto Sans CJK SC</family>
  </prefer></alias>
</fontconfig>
"""
WRAPPER = """#!/bin/sh
lib={lib}
more="{root}/lib/${{lib##*/}}:$lib/nss:$lib/pulseaudio"
export LD_LIBRARY_PATH="$lib:$more${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
exec {root}/usr/lib/chromium/chromium "$@"
"""


def environ(path):
    """Return the variables with which Odoo's tests find the browser and fonts.

    There is always a browser: Odoo would skip its browser tests without one.
    """
    own = os.environ.get("CHROME")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    bin_dir = cache_dir() / "bin"
    bin_dir.mkdir(exist_ok=True)
    preferred = bin_dir / NAMES[0]
    if own:
        if not shutil.which(own):
            raise DevError(f"CHROME={own} is no program.")
        _write_program(preferred, f'#!/bin/sh\nexec "{shutil.which(own)}" "$@"\n')
    else:
        preferred.unlink(missing_ok=True)
    packages = [] if own or found else ["chromium", "fonts-liberation"]
    root = _unpacked(packages)
    if packages:
        lib = next(root.glob("usr/lib/*-linux-gnu"))
        program = bin_dir / "chromium"
        _write_program(program, WRAPPER.format(root=root, lib=lib))
        call([program, "--version"], hint="Install chromium, or set CHROME to it.")
    variables = {"PATH": f"{bin_dir}{os.pathsep}{path}"}
    if root:
        variables["FONTCONFIG_FILE"] = str(root / "fonts.conf")
    return variables


def _unpacked(packages):
    """Return the folder with the packages and a Chinese font, None if none is due."""
    if not any(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular*")):
        packages = [*packages, FONT]
    if not packages:
        return None
    root = cache_dir() / ("browser" if "chromium" in packages else "fonts")
    key = " ".join(packages)
    with lock():
        if not stamped(root, key):
            _build(root, key, packages)
    return root


def _build(root, key, packages):
    with step("fetching " + " and ".join(packages) + " (up to 205 MB)"):
        command = "install" if "chromium" in packages else "download"
        debs = debian.fetch(command, *packages)
        debs = [deb for deb in debs if not deb.name.startswith(NOT_UNPACKED)]
    with step("unpacking them"), built(root, key) as half:
        excludes = ["./usr/share/doc", "./usr/share/locale", "./usr/share/man"]
        debian.unpack(debs, half, [*excludes, "./usr/share/icons"])
        (half / "fonts.conf").write_text(FONTS_CONF.format(root=root))


def _write_program(path, text):
    half = path.with_name(f"{path.name}.{os.getpid()}")
    half.write_text(text)
    half.chmod(0o755)
    half.rename(path)
