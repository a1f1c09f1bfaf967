"""Is the database sound? What `dateline doctor` says about the file.

doctor(path) -> [Check(name, ok, message)], the message with what to do when it is not ok
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import DatabaseError
from .reader import connect, schema_version

FULL_TEXT = ("releases_fts", "entities_fts", "quotes_fts")
RESTORE = "Restore a copy made with `dateline backup`, or ingest the sources into a new file."
REBUILD = "Rebuild it with `dateline doctor --repair`."
#: Things whose counts are compared one by one; the largest and the newest.
COUNTED = 2_000


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. `message` is one line; when not ok it says what to do next."""

    name: str
    ok: bool
    message: str


def doctor(path: Path | str) -> list[Check]:
    """Check a database file: schema, pages, references, full-text indexes, counts."""
    try:
        conn = connect(path)
    except DatabaseError as error:
        return [Check("file", False, str(error))]
    with closing(conn):
        checks = [Check("file", True, f"{path}: schema {schema_version()}")]
        for name, check in CHECKS:
            try:
                checks.append(Check(name, *check(conn)))
            except sqlite3.DatabaseError as error:
                checks.append(Check(name, False, f"{error}. {RESTORE}"))
    checks += _full_text(Path(path))
    return checks


def _integrity(conn: sqlite3.Connection) -> tuple[bool, str]:
    found = [row[0] for row in conn.execute("PRAGMA integrity_check(5)")]
    if found == ["ok"]:
        return True, "every page and index is consistent"
    return False, f"{found[0]}. {RESTORE}"


def _references(conn: sqlite3.Connection) -> tuple[bool, str]:
    found = conn.execute("PRAGMA foreign_key_check").fetchmany(1000)
    if not found:
        return True, "every reference leads somewhere"
    return False, f"{len(found)} references of table {found[0][0]} lead nowhere. {RESTORE}"


def _counts(conn: sqlite3.Connection) -> tuple[bool, str]:
    """Whether the counts kept beside entities are those of their rows."""
    wrong = conn.execute(
        """SELECT count(*) FROM (
             SELECT id, mention_count, release_count FROM entities ORDER BY id DESC LIMIT ?)
           AS some WHERE release_count <> (
               SELECT count(DISTINCT release_id) FROM appearances WHERE entity_id = some.id)
             OR mention_count <> (SELECT count(*) FROM mentions WHERE entity_id = some.id)""",
        (COUNTED,),
    ).fetchone()[0]
    (clusters,) = conn.execute(
        """SELECT count(*) FROM clusters WHERE release_count <>
             (SELECT count(*) FROM releases WHERE cluster_id = clusters.id)"""
    ).fetchone()
    if wrong or clusters:
        return False, (
            f"{wrong} entities and {clusters} clusters have other counts than rows. {REBUILD}"
        )
    releases, entities, mentions = (
        conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("releases", "entities", "mentions")
    )
    return True, f"{releases:,} releases, {entities:,} entities, {mentions:,} mentions"


def _runs(conn: sqlite3.Connection) -> tuple[bool, str]:
    row = conn.execute(
        "SELECT started_at, command FROM runs WHERE finished_at IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return True, "every run has ended"
    later = conn.execute(
        "SELECT 1 FROM runs WHERE command = ? AND started_at >= ? AND finished_at IS NOT NULL",
        (row[1], row[0]),
    ).fetchone()
    if later:
        return True, "a run was interrupted and has been repeated since"
    return True, (
        f"`{row[1]}` of {row[0]} is running or was interrupted; what it stored is complete. "
        "Run the same command again to go on."
    )


def _full_text(path: Path) -> Iterator[Check]:
    """FTS5 checks itself through a write statement, which changes nothing."""
    from .schema import connect as connect_writer

    try:
        conn = connect_writer(path)
    except DatabaseError as error:
        yield Check("full text", True, f"not checked: {error}")
        return
    with closing(conn):
        for index in FULL_TEXT:
            try:
                conn.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
                yield Check(index, True, "the index holds exactly what the table holds")
            except sqlite3.OperationalError as error:
                # Read-only, or somebody is writing just now.
                yield Check(index, True, f"not checked: {error}")
            except sqlite3.DatabaseError:
                yield Check(index, False, f"the index does not match its table. {REBUILD}")


#: Columns that hold the time of storing, and row numbers that say nothing: they depend on when an
#: alias or a reason was written down.
CLOCKS = {"ingested_at", "fetched_at", "created_at", "deleted_at", "replaced_at"}
MEANINGLESS = {("aliases", "id"), ("merges", "id")}


def contents(conn: sqlite3.Connection) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every row of every table but the log of runs and what is derived by SQLite itself.

    In an order that depends on the rows alone; without clock times.
    """
    tables = [
        row[0]
        for row in conn.execute(
            """SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'runs'
               AND substr(name, 1, 1) <> '_' AND substr(name, 1, 7) <> 'sqlite_'
               AND instr(name, '_fts') = 0 ORDER BY name"""
        )
    ]
    for table in tables:
        columns = ", ".join(
            f'"{row[1]}"'
            for row in conn.execute(f"PRAGMA table_info({table})")
            if row[1] not in CLOCKS and (table, row[1]) not in MEANINGLESS
        )
        for row in conn.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}"):
            yield table, tuple(row)


def digest(conn: sqlite3.Connection) -> str:
    """A SHA-256 over `contents`: equal for databases that say the same."""
    found = hashlib.sha256()
    for table, row in contents(conn):
        found.update(repr((table, row)).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def repair(path: Path | str) -> None:
    """Rebuild what is derived: full-text indexes, names and counts of all entities."""
    from .store import Store

    with Store(path) as store:
        with store.transaction() as conn:
            store.resolver.moved.update(
                number for (number,) in conn.execute("SELECT id FROM entities").fetchall()
            )
            store.settle()
        with store.transaction() as conn:
            for index in FULL_TEXT:
                conn.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")


CHECKS: tuple[tuple[str, Callable[[sqlite3.Connection], tuple[bool, str]]], ...] = (
    ("integrity", _integrity),
    ("references", _references),
    ("counts", _counts),
    ("runs", _runs),
)
