"""What each ./dev command does; the parts are in the other modules."""

import os
import shutil
import subprocess

from . import databases, odoo, postgres, python, serving, settings, templates, testing
from .core import REPO, RUN, DevError, cache_dir, lock, say

CALL_MAIN = (
    "import pathlib, runpy, sys; "
    "sys.path.append(str(pathlib.Path(sys.argv[1]).parent)); "
    "script = runpy.run_path(sys.argv[1]); "
    "sys.exit(script['main'](sys.argv[2:]))"
)
WITHOUT_ADDONS = {"till"}  # benchmarks that install them themselves


def run(options, _rest):
    """Serve the demo database."""
    return serving.run(options.fresh, options.port)


def test(options, rest):
    """Run the tests."""
    with_odoo = not options.plain
    return testing.run(not options.odoo, with_odoo, options.fast, rest)


def odoo_cli(_options, rest):
    """Run Odoo's own command line."""
    python.link_odoo(odoo.home())
    return subprocess.run(
        settings.odoo_command(*rest), env=settings.environ()
    ).returncode


def db(options, _rest):
    """Make a fresh database."""
    kind = templates.story if options.demo else templates.product
    source = templates.create(options.name, kind, options.force)
    say(f"{options.name} is a fresh copy of {source}.")
    return 0


def lint(options, _rest):
    """Check style and well-formedness."""
    from . import linting

    return linting.run(options.fix)


def load(options, _rest):
    """Load members and purchases."""
    from . import loading

    stores = options.create_stores
    return loading.run(options.files, options.db, options.dry_run, stores)


def bench(options, rest):
    """Run a benchmark on a fresh database of its own."""
    path = REPO / "tests" / "bench" / f"{options.name}.py"
    if not path.exists():
        known = sorted(found.stem for found in path.parent.glob("[!_]*.py"))
        raise DevError(f"There is no {path}. Known: {', '.join(known) or 'none'}")
    name = f"vipcare_bench_{options.name}".lower()
    # Some compare with Odoo alone: they begin without our add-ons.
    kind = templates.base if options.name in WITHOUT_ADDONS else templates.product
    templates.create(name, kind, force=True)
    return run_bench(options.name, name, rest)


def run_bench(name, database, arguments):
    """Run a benchmark on a database; return its exit code."""
    path = REPO / "tests" / "bench" / f"{name}.py"
    environ = {**settings.environ(), "PGDATABASE": database, "VIP_CARE_DB": database}
    parts = [environ["PYTHONPATH"], str(REPO / ".ci")]
    environ["PYTHONPATH"] = os.pathsep.join(parts)
    command = [python.executable(), "-c", CALL_MAIN, path, *arguments]
    return subprocess.run(command, env=environ, cwd=REPO).returncode


def kannel(options, _rest):
    """Run an SMS gateway by hand."""
    from . import kannel as gateway

    return gateway.serve(options.replies)


def clean(options, _rest):
    """Remove the databases and run files, or everything."""
    with lock():
        for name in databases.ours():
            databases.drop(name)
        shutil.rmtree(RUN, ignore_errors=True)
        if options.all:
            postgres.stop()
            for folder in (postgres.Server().home, cache_dir()):
                shutil.rmtree(folder, ignore_errors=True)
    say("Clean.")
    return 0
