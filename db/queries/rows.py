"""Run a query, get dictionaries. What every module of this folder uses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
#: Hidden names are few and have an index of their own: cheaper than to look at each event's name.
VISIBLE_EVENT = "events.entity_id NOT IN (SELECT id FROM entities WHERE hidden = 1)"

Parameters = Sequence[Any] | Mapping[str, Any]


def rows(conn: sqlite3.Connection, sql: str, parameters: Parameters = ()) -> list[Row]:
    """All rows of `sql`, whatever row factory the connection has."""
    cursor = conn.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(conn: sqlite3.Connection, sql: str, parameters: Parameters = ()) -> Row | None:
    """The first row of `sql`, or None."""
    found = rows(conn, sql, parameters)
    return found[0] if found else None


def value(conn: sqlite3.Connection, sql: str, parameters: Parameters = ()) -> Any:
    """The first column of the first row, or None."""
    found = conn.execute(sql, parameters).fetchone()
    return found[0] if found else None


def grouped(found: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """Rows by the value of one column, in the order in which they came."""
    groups: dict[Any, list[Row]] = {}
    for entry in found:
        groups.setdefault(entry[column], []).append(entry)
    return groups


def page_of(found: list[Row], limit: int) -> tuple[list[Row], bool]:
    """Cut a list that was asked for with one row more than `limit`: the page, is there another."""
    return found[:limit], len(found) > limit
