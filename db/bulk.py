"""Write many rows with few statements.

    enter(conn, "dates", "release_id, text", rows)

Half of what a row costs by itself is opening the indexes of its table, ending the statement and
handing over the interpreter's lock. With OR FAIL a row that breaks a constraint leaves those before
it: SQLite keeps no journal for the statement, since the transaction is undone as a whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

#: Rows of one statement. More would not be faster.
ROWS = 32


def insertion(table: str, columns: str, rows: int = 1) -> str:
    """The statement that inserts this many rows."""
    marks = ", ".join("?" * (columns.count(",") + 1))
    values = ", ".join([f"({marks})"] * rows)
    return f"INSERT OR FAIL INTO {table}({columns}) VALUES {values}"


def enter(
    conn: sqlite3.Connection, table: str, columns: str, rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows in their order. Raises sqlite3.IntegrityError, with some of them inserted."""
    waiting, many = iter(rows), insertion(table, columns, ROWS)
    while chunk := list(islice(waiting, ROWS)):
        if len(chunk) < ROWS:
            conn.executemany(insertion(table, columns), chunk)
        else:
            conn.execute(many, list(chain.from_iterable(chunk)))
