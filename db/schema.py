"""Open a database file and bring it to the current schema.

    path --connect--> sqlite3.Connection --migrate--> the tables of `migrations/*.sql`

Migrations are numbered SQL files, append-only, applied through sqlite-utils, each in a transaction
of its own together with the record of it. `PRAGMA user_version` is the number of the last one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from .errors import NotADatabase, explained
from .reader import check_version, schema_version

# For each None in a row Python looks for an adapter; finding one costs a tenth of finding none.
_SELF = cast("Callable[[None], None]", dict[None, None]().get)
sqlite3.register_adapter(type(None), _SELF)

#: How long to wait for another writer before giving up.
BUSY_SECONDS = 10.0
#: Compiled statements that are kept: storing uses some 150, most of them in two or three sizes.
STATEMENTS = 512
#: Page cache of a writer, in KiB: the upper levels of all indexes of a large file stay in memory.
WRITER_CACHE_KIB = 262_144
#: Pages of write-ahead log before SQLite copies them into the file (about 256 MB). Most pages that
#: a batch changes in a large file are changed by the next one, too, and are copied only once.
CHECKPOINT_PAGES = 65_536


@lru_cache(maxsize=1)
def migration_files() -> tuple[tuple[str, str], ...]:
    """(name, SQL) of every migration, in the order in which they apply."""
    folder = resources.files("db") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple((f.name.removesuffix(".sql"), f.read_text("utf-8")) for f in files)


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script. (`executescript` would end the open transaction.)"""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _migration(number: int, script: str) -> Callable[[Any], None]:
    def apply(db: Any) -> None:
        for statement in statements(script):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA user_version = {number}")

    return apply


def _migrations() -> Migrations:
    migrations = Migrations("dateline")
    for number, (name, script) in enumerate(migration_files(), start=1):
        migrations(name=name)(_migration(number, script))
    return migrations


def connect(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection for reading and writing; creates the file. Transactions are explicit."""
    with explained(path):
        conn = sqlite3.connect(
            path,
            timeout=busy_seconds,
            isolation_level=None,
            cached_statements=STATEMENTS,
        )
        # An unreadable or foreign file shows only when it is first read.
        conn.execute("PRAGMA schema_version")
        conn.execute("PRAGMA foreign_keys = ON")
        return conn


def _is_foreign(conn: sqlite3.Connection) -> bool:
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
    return bool(tables) and "_sqlite_migrations" not in tables


def migrate(conn: sqlite3.Connection, path: Path) -> None:
    """Apply the migrations the file does not have yet, with a copy beside it when it has data.

    The copy is named after the old version: `news.db` becomes `news.db.schema-1.bak`.
    """
    with explained(path):
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        check_version(path, version)
        if version == schema_version():
            return
        if version == 0 and _is_foreign(conn):
            raise NotADatabase(
                f"{path}: a SQLite database, but not one of Dateline's. "
                "Give another file with --db."
            )
        if version:
            beside = path.with_name(f"{path.name}.schema-{version}.bak")
            with sqlite3.connect(beside) as copy:
                conn.backup(copy)
            copy.close()
        # A table that is rebuilt is dropped first, which references to it would forbid.
        conn.execute("PRAGMA foreign_keys = OFF")
        _migrations().apply(Database(conn))
        conn.execute("PRAGMA foreign_keys = ON")


def prepare_writer(conn: sqlite3.Connection) -> None:
    """Settings of the one writer. FULL: what was reported stored survives a power cut, too."""
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
    conn.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    conn.execute("PRAGMA temp_store = MEMORY")
