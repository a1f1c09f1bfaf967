"""Open a database for reading.

path --connect--> sqlite3.Connection that cannot write, rows by name and position
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .errors import NewerSchema, NotADatabase, explained

#: How long a reader waits for a checkpoint or a recovery to end.
BUSY_SECONDS = 10.0


def connect(path: Path | str, *, check: bool = True) -> sqlite3.Connection:
    """A read-only connection; a file of an older Dateline is upgraded first.

    Without `check`, the schema is not looked at. Raises a `DatabaseError` that says what to do
    when there is no such file, it is not one of Dateline's, or it was made by a newer Dateline.
    """
    path = Path(path)
    if not path.is_file():
        raise NotADatabase(f"{path}: no such database. Make one with `dateline ingest SOURCE`.")
    with explained(path):
        address = f"{path.absolute().as_uri()}?mode=ro"
        conn = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
        conn.row_factory = sqlite3.Row
        try:
            if check and _is_older(conn, path):
                conn.close()
                _upgrade(path)
                conn = connect(path, check=False)
            conn.execute("PRAGMA query_only = ON")
        except BaseException:
            conn.close()
            raise
    return conn


def schema_version() -> int:
    """The version this program knows: the number of its last migration."""
    return sum(file.suffix == ".sql" for file in (Path(__file__).parent / "migrations").iterdir())


def check_version(path: Path, version: int) -> None:
    """Refuse a file of a newer Dateline: older code could not keep its rules."""
    if version > schema_version():
        raise NewerSchema(
            f"{path}: made by a newer Dateline (schema {version}; this one knows up to "
            f"{schema_version()}). Upgrade with `pip install --upgrade dateline`."
        )


def _is_older(conn: sqlite3.Connection, path: Path) -> bool:
    version: int = conn.execute("PRAGMA user_version").fetchone()[0]
    check_version(path, version)
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
    if not {"releases", "mentions", "_sqlite_migrations"} <= tables:
        raise NotADatabase(
            f"{path}: not a database of Dateline. Make one with `dateline ingest SOURCE`."
        )
    return version < schema_version()


def _upgrade(path: Path) -> None:
    """Bring the file to the current schema, which keeps a copy beside it."""
    from .schema import connect as connect_writer
    from .schema import migrate

    writer = connect_writer(path)
    try:
        migrate(writer, path)
    finally:
        writer.close()
