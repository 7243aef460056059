"""Templates: databases built once, of which a copy takes a second.

    base     Odoo's modules that our add-ons build on, Chinese loaded
    product  base with our add-ons installed
    warm     product with the web client's asset bundles made
    story    warm with our demo data

Each is keyed by a hash of all that it was built from.
"""

from datetime import date
from pathlib import Path

from . import databases, odoo, python, settings
from .core import DevError, digest, lock, step

LANGUAGES = "en_US,zh_CN,zh_TW"
DEMO_SCRIPT = Path(__file__).with_name("demo_script.py")
WARM_SCRIPT = Path(__file__).with_name("warm_script.py")
APART = {"static", "tests", "docs", "demo"}
IGNORED = {".md", ".pyc"}


def content(*folders):
    """Return a hash of the add-ons' files in these folders ('' for the others)."""
    home = settings.addons_home()
    parts = []
    for addon in settings.product_addons():
        for path in sorted((home / addon).rglob("*.*")):
            _addon, *inside = path.relative_to(home).parts
            kind = inside[0] if inside[0] in APART else ""
            if kind in folders and path.suffix not in IGNORED and path.is_file():
                parts += [path.relative_to(home), path.read_bytes()]
    return digest(*parts)


def base():
    """Return the template with what our add-ons build on."""
    modules = ",".join(settings.dependencies())

    def key():
        return digest(odoo.identity(), modules, python.requirements_key(), LANGUAGES)

    def build(name):
        with step(f"base database: {modules}"):
            install(name, "-i", modules, f"--load-language={LANGUAGES}")

    return databases.template("base", key, build)


def product():
    """Return the template with our add-ons installed."""
    parent = base()
    addons = settings.product_addons()
    if not addons:
        raise DevError(f"No add-on with a manifest in {settings.addons_home()}.")

    def build(name):
        with step("installing " + " and ".join(addons)):
            install(name, "-i", ",".join(addons))

    return databases.template("product", lambda: product_key(parent), build, parent)


def product_key(parent):
    """Return the key of the product on this base."""
    return digest(parent, *settings.product_addons(), content(""))


def warm():
    """Return the template whose first page needs no asset bundle to be made."""
    parent = product()

    def key():
        return digest(parent, content("static"))

    def build(name):
        with step("making the asset bundles"):
            script("warm", name, WARM_SCRIPT)

    return databases.template("warm", key, build, parent)


def story():
    """Return the template with our demo data."""
    parent = warm()

    def key():
        # Demo data tells of the days before today.
        today = date.today()
        return digest(parent, content("demo"), DEMO_SCRIPT.read_text(), today)

    def build(name):
        with step("loading the demo data"):
            script("demo", name, DEMO_SCRIPT)

    return databases.template("story", key, build, parent)


def install(name, *options):
    """Install or update modules in a database; an ERROR in the log raises."""
    options = ["--without-demo", "--stop-after-init", "--no-http", *options]
    settings.odoo_quietly("install", "-d", name, *options)


def script(title, name, path):
    """Run a script in Odoo's shell on a database."""
    settings.odoo_quietly(title, "shell", "-d", name, "--no-http", script=path)


def create(name, kind=warm, force=False):
    """Make a fresh database of a template and return the template's name."""
    with lock():
        if databases.exists(name) and not force:
            raise DevError(f"The database {name} exists; --force replaces it.")
        source = kind()
        databases.copy(source, name)
        databases.note(name, product_key(base()))
    return source
