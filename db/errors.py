"""What can go wrong with the database file, worded so that the reader knows what to do.

Every error of `db/` descends from `DatabaseError`; the command line prints its message as one line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DatabaseError(Exception):
    """Root of the errors of `db/`."""


class NotADatabase(DatabaseError):
    """The file is missing, is not SQLite, or was not made by Dateline."""


class NewerSchema(DatabaseError):
    """The file was made by a newer Dateline."""


class ReadOnly(DatabaseError):
    """The file or its folder cannot be written."""


class Busy(DatabaseError):
    """Another process is writing and did not finish in time."""


class DiskFull(DatabaseError):
    """No room is left; the batch in flight was undone, everything before it is stored."""


class Damaged(DatabaseError):
    """SQLite found the file to be inconsistent."""


class Refused(DatabaseError):
    """A judgement that contradicts an earlier one, or names nothing known."""


def _explained(path: Path, error: sqlite3.Error) -> DatabaseError | None:
    """The error in words, or None when it is a mistake of the program and must be seen as is."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return Busy(
            f"{path}: another process is writing to this database. "
            "Wait until it has finished, then run the same command again; nothing was lost."
        )
    if "readonly" in text or "unable to open" in text:
        return ReadOnly(
            f"{path}: the database cannot be written. "
            "Check the rights of the file and its folder, or give another file with --db."
        )
    if "full" in text or "disk I/O error" in text:
        return DiskFull(
            f"{path}: no space left on the disk. What was reported stored is safe; "
            "free some space and run the same command again to continue."
        )
    if "not a database" in text:
        return NotADatabase(f"{path}: this file is not a SQLite database. Give another --db.")
    if "malformed" in text:
        return Damaged(
            f"{path}: the database is damaged ({text}). "
            "Run `dateline doctor`, then restore a backup made by `dateline backup`."
        )
    return None


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into errors that say what to do next."""
    try:
        yield
    except sqlite3.Error as error:
        words = _explained(path, error)
        if words is None:
            raise
        raise words from error
