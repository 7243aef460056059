"""Databases of this tool: made, copied, renamed, dropped.

Each one made here is recorded in the cache; others are never touched.
"""

import contextlib
import os
import re
import shutil

import psycopg2
from psycopg2 import sql

from . import postgres, settings
from .core import DevError, cache_dir, say

KEPT = 3  # templates of a kind that stay, for checkouts that share the cache
MIXED = "0" * 12  # the key of a template that no key stands for
NAMES = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user"}


def execute(statement, *names, database="postgres", parameters=None):
    """Run one statement with identifiers filled in; return its rows, if any."""
    with contextlib.closing(connect(database)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        identifiers = map(sql.Identifier, names)
        cursor.execute(sql.SQL(statement).format(*identifiers), parameters)
        return cursor.fetchall() if cursor.description else []


def connect(database):
    """Return a connection to one of the server's databases."""
    server = postgres.settings()
    known = {NAMES[name]: server[name] for name in NAMES.keys() & server}
    try:
        return psycopg2.connect(dbname=database, **known)
    except psycopg2.OperationalError as error:
        raise DevError(f"PostgreSQL: {error}") from None


def exists(name):
    """Return whether there is such a database."""
    found = "select 1 from pg_database where datname = %s"
    return bool(execute(found, parameters=[name]))


def ours():
    """Return the databases made by this tool that exist, the templates too."""
    known = {path.name for path in _record("").iterdir()}
    return sorted(name for name in known if exists(name))


def _record(name):
    folder = cache_dir() / "databases"
    folder.mkdir(exist_ok=True)
    return folder / name


def filestore(name):
    """Return the folder of a database's attachments."""
    return settings.data_dir() / "filestore" / name


def drop(name):
    """Drop a database of ours with its file store, whoever is connected to it."""
    if exists(name) and not _record(name).exists():
        raise DevError(f"The database {name} was not made by ./dev: it stays.")
    execute("drop database if exists {} with (force)", name)
    shutil.rmtree(filestore(name), ignore_errors=True)
    _record(name).unlink(missing_ok=True)


def copy(source, target):
    """Make target a copy of source; attachments are shared as hard links."""
    if not re.fullmatch("[a-z][a-z0-9_]{0,62}", target):
        raise DevError(f"{target}: a database name has small letters, digits and _")
    drop(target)
    _record(target).touch()
    execute("create database {} template {} strategy file_copy", target, source)
    if filestore(source).is_dir():
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def rename(source, target):
    """Give a database and its file store another name, replacing what had it."""
    drop(target)
    if filestore(source).is_dir():
        filestore(source).rename(filestore(target))
    _record(target).touch()
    execute("alter database {} rename to {}", source, target)
    _record(source).unlink(missing_ok=True)


def note(name, text=None):
    """Set, or return, the note kept with a database."""
    if text is not None:
        execute("comment on database {} is %s", name, parameters=[text])
    found = (
        "select shobj_description(oid, 'pg_database') from pg_database "
        "where datname = %s"
    )
    return execute(found, parameters=[name])[0][0]


def template(kind, key, build, parent=None):
    """Return the name of the template for key(), built when there is none.

    The build gets the name of a copy of the parent, or of no database yet. Until
    it is complete the template has another name, so what exists can be trusted.
    """
    name = f"vipcare_{kind}_{key()}"
    if not (_record(name).exists() and exists(name)):
        half = f"vipcare_{kind}_building"
        if parent:
            copy(parent, half)
        else:
            drop(half)
            _record(half).touch()
        build(half)
        if name != f"vipcare_{kind}_{key()}":
            say("  files changed meanwhile: what was built serves this once only")
            name = f"vipcare_{kind}_{MIXED}"
        rename(half, name)
    _record(name).touch()
    _forget_old(kind)
    return name


def _forget_old(kind):
    pattern = f"vipcare_{kind}_{'[0-9a-f]' * 12}"
    found = sorted(_record("").glob(pattern), key=lambda path: path.stat().st_mtime)
    for record in found[:-KEPT]:
        say(f"  dropping the old template {record.name}")
        drop(record.name)
