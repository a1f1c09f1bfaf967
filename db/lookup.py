"""Look many things up with few statements.

    many(conn, "SELECT ... WHERE id IN ({marks})", numbers) -> rows

A statement a thing would cost more than finding it. Questions are put in a few sizes only, so that
SQLite keeps the compiled statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

#: Most values of one statement; more would not be faster.
MOST = 256


def marks(values: Iterable[object]) -> str:
    """As many question marks as there are values, for `IN (…)`."""
    return ", ".join("?" for _ in values)


def many(
    conn: sqlite3.Connection, sql: str, values: Iterable[Any], *, before: Sequence[Any] = ()
) -> Iterator[Any]:
    """The rows of `sql` for all values, which take the place of `{marks}` in it.

    `before` are the parameters that stand before them. None of the values may be None: that is
    what fills up a statement, and nothing equals it.
    """
    for chunk in _chunks(values):
        yield from conn.execute(sql.format(marks=marks(chunk)), (*before, *chunk)).fetchall()


def many_pairs(
    conn: sqlite3.Connection,
    sql: str,
    values: Iterable[tuple[Any, Any]],
    *,
    before: Sequence[Any] = (),
) -> Iterator[Any]:
    """The same for pairs of values: `(VALUES {marks})` has them as `column1` and `column2`."""
    for chunk in _chunks(values):
        flat = [value for pair in chunk for value in pair or (None, None)]
        pairs = ", ".join(["(?, ?)"] * len(chunk))
        yield from conn.execute(sql.format(marks=pairs), (*before, *flat)).fetchall()


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists of at most MOST values, filled up with None to a power of two."""
    source = iter(values)
    while chunk := list(islice(source, MOST)):
        yield chunk + [None] * ((1 << (len(chunk) - 1).bit_length()) - len(chunk))
