"""Consistent copies of a database while others read and write it.

backup(path, target)        everything
public_copy(path, target)   what the public may see
"""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from .errors import DatabaseError, explained
from .reader import connect
from .store import Store

#: Pages copied at a time; between two steps writers get their turn.
STEP_PAGES = 4096


class BackupError(DatabaseError):
    """The copy could not be made."""


def backup(path: Path | str, target: Path | str) -> int:
    """Copy a database with SQLite's online backup; the size of the copy in bytes.

    The copy is written under another name and put in place when it is complete, so that `target`
    is never half a database. Raises `BackupError` when the two are the same file.
    """
    path, target = Path(path), Path(target)
    if target.exists() and path.exists() and path.samefile(target):
        raise BackupError(f"{target}: this is the database itself. Give another file to copy to.")
    beside = target.with_name(f".{target.name}.part")
    beside.unlink(missing_ok=True)
    source = connect(path, check=False)
    try:
        with explained(target):
            copy = sqlite3.connect(beside)
            try:
                source.backup(copy, pages=STEP_PAGES)
                # The copy is one file: no log beside it that could be left behind.
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
        os.replace(beside, target)
    finally:
        source.close()
        beside.unlink(missing_ok=True)
    return target.stat().st_size


def public_copy(
    path: Path | str, target: Path | str, *, contacts: bool = True, now: datetime | None = None
) -> int:
    """Copy what the public may see; the number of releases left out.

    Left out are releases under embargo at `now` with everything read from them, things known only
    from those, hidden entities' names in indexes, raw documents, feed states, judgements' notes,
    the folders that files lay in, and, without `contacts`, press contacts. Freed pages are
    overwritten.
    """
    target = Path(target)
    backup(path, target)
    moment = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    with Store(target) as store:
        store.conn.execute("PRAGMA secure_delete = ON")
        embargoed = [
            number
            for (number,) in store.conn.execute(
                "SELECT id FROM releases WHERE embargo_until > ? ORDER BY id", (moment,)
            )
        ]
        store.remove(embargoed)
        with store.transaction() as conn:
            for table in ("documents", "feeds", "forgotten", "runs"):
                conn.execute(f"DELETE FROM {table}")
            # A problem without a release may be of an embargoed document.
            conn.execute("DELETE FROM problems WHERE release_id IS NULL")
            conn.execute(
                """DELETE FROM judgements WHERE NOT EXISTS (
                     SELECT 1 FROM identities AS i WHERE judgements."left"
                       = i.kind || char(10) || i.block || char(10) || i.evidence)"""
            )
            conn.execute("UPDATE judgements SET note = ''")
            if not contacts:
                conn.execute("DELETE FROM contacts")
            _hide_folders(conn)
        _compact(store.conn)
    return len(embargoed)


#: Where addresses of documents stand, and how many steps of a path tell enough of each.
PATHS = (("releases", "uid", 2), ("releases", "uri", 2), ("versions", "uri", 2),
         ("problems", "uri", 2), ("sources", "name", 1))  # fmt: skip
_ABSOLUTE = re.compile(r"(?:[A-Za-z]:)?[\\/]")


def _hide_folders(conn: sqlite3.Connection) -> None:
    """Leave of a path only its end: where it lies on this machine concerns nobody."""
    conn.create_function("dateline_path_end", 2, path_end, deterministic=True)
    for table, column, steps in PATHS:
        stays = f"WHERE {column} IS NOT dateline_path_end({column}, ?1)"
        end = f"dateline_path_end({column}, ?1)"
        conn.execute(f"UPDATE OR IGNORE {table} SET {column} = {end} {stays}", (steps,))
        # Of two paths with one end the second takes its number: addresses stay unique.
        conn.execute(f"UPDATE {table} SET {column} = {end} || ' ' || id {stays}", (steps,))


def path_end(path: str | None, steps: int) -> str | None:
    """The last steps of an absolute path, what stands behind "!/" uncounted; else `path` itself.

    >>> path_end("/home/ada/news/lamps.zip!/a/b.html", 2), path_end("https://wire.example/a", 2)
    ('news/lamps.zip!/a/b.html', 'https://wire.example/a')
    """
    if not path or not _ABSOLUTE.match(path):
        return path
    file, inside, member = path.partition("!/")
    return "/".join(re.split(r"[\\/]+", file.rstrip("\\/"))[-steps:]) + inside + member


def _compact(conn: sqlite3.Connection) -> None:
    """Rewrite indexes and file, so that nothing deleted can be read from it."""
    for index in ("releases_fts", "entities_fts", "quotes_fts"):
        conn.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
    conn.execute("PRAGMA journal_mode = DELETE")
    conn.execute("VACUUM")
