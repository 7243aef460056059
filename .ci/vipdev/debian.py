"""Debian packages, fetched and unpacked without root and without installing.

A private apt root inside the cache uses the machine's own mirror, proxy settings
and keyring, so every package is checked as if it were installed.
"""

import os
import re
import shutil
import subprocess
import time

from .core import DevError, cache_dir, call

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
HINT = (
    "Debian's archive could not be used. Check the network and the machine's apt "
    "sources, or provide the part yourself: ODOO_HOME for Odoo, PGHOST and friends "
    "for PostgreSQL, CHROME for the browser, Debian's package kannel."
)


def codename():
    """Return the machine's Debian suite, say bookworm."""
    with open("/etc/os-release") as handle:
        found = re.search(r"^VERSION_CODENAME=(\w+)", handle.read(), re.M)
    if not found or not shutil.which("apt-get"):
        raise DevError("This is not a Debian machine.\n" + HINT)
    return found[1]


def sources(listing, suite):
    """Return sources.list text: the machine's own suites, and sid beside them.

    The listing has a line "address release component" for each of the machine's
    package indexes.
    """
    signed = f"[signed-by={KEYRING}] " if os.path.exists(KEYRING) else ""
    targets = {tuple(line.split()) for line in listing.splitlines() if line.strip()}
    own = [t for t in targets if t[1].split("-")[0] == suite and t[2] == "main"]
    mirrors = {uri for uri, release, _component in own if release == suite}
    own += [(uri, "sid", "main") for uri in sorted(mirrors)[:1]]
    return "".join(f"deb {signed}{u} {s} {c}\n" for u, s, c in sorted(own))


def _options(root):
    options = {
        "Dir::Etc::sourcelist": root / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::Etc::preferences": "-",
        "Dir::Etc::preferencesparts": "-",
        "Dir::State": root / "state",
        "Dir::State::lists": root / "lists",
        "Dir::State::status": root / "status",
        "Dir::Cache": root / "cache",
        "Dir::Cache::archives": root / "archives",
        "APT::Default-Release": f"/^{codename()}/",
        "APT::Install-Recommends": "false",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "APT::Get::AllowUnauthenticated": "false",
        "Debug::NoLocking": "true",
    }
    if os.getuid() == 0:
        options["APT::Sandbox::User"] = "root"
    return [arg for k, v in options.items() for arg in ("-o", f"{k}={v}")]


def _update(root):
    listing = call(
        ["apt-get", "indextargets", "--no-release-info"]
        + ["--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Identifier: Packages"],
        hint=HINT,
    )
    for name in ("state", "lists/partial", "cache", "archives/partial", "none/partial"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "status").touch()
    (root / "sources.list").write_text(sources(listing, codename()))
    call(["apt-get", *_options(root), "-qq", "update"], hint=HINT)
    (root / "updated").touch()


def fetch(*command):
    """Return the .deb files an apt-get command stands for, fetched and verified.

    The command is `download NAME…` for exactly these packages or `install NAME…`
    for them with all they depend on. A file is fetched once and kept.
    """
    root = cache_dir() / "apt"
    updated = root / "updated"
    if not updated.exists() or time.time() - updated.stat().st_mtime > 86400:
        _update(root)
    base = ["apt-get", *_options(root), "-qq", "-y"]
    where = root / "archives"
    # apt names only what it would still fetch: ask where nothing was fetched yet.
    nowhere = ["-o", f"Dir::Cache::archives={root / 'none'}", "--print-uris"]
    uris = call([*base, *nowhere, *command], hint=HINT, cwd=root / "none")
    call([*base, "--download-only", *command], hint=HINT, cwd=where)
    names = re.findall(r"^'[^']+' (\S+\.deb) ", uris, re.M)
    return [where / name for name in names]


def unpack(debs, root, excludes=()):
    """Unpack packages below root, leaving out paths that match the tar excludes."""
    tar = ["tar", "-x", "--no-same-owner", "-C", str(root)]
    tar += [f"--exclude={pattern}" for pattern in excludes]
    for deb in debs:
        with subprocess.Popen(
            ["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE
        ) as packed:
            done = subprocess.run(tar, stdin=packed.stdout)
        if done.returncode or packed.returncode:
            raise DevError(f"{deb} cannot be unpacked; delete it and try again.")
    relink(root)


def relink(root):
    """Make absolute links below root point below root as well."""
    for folder, subfolders, files in os.walk(root):
        for name in subfolders + files:
            path = os.path.join(folder, name)
            if os.path.islink(path) and os.readlink(path).startswith("/"):
                target = str(root) + os.readlink(path)
                os.unlink(path)
                os.symlink(os.path.relpath(target, folder), path)
