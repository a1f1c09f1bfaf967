"""The schema as data: tables, views, their columns, keys and indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from .rows import Row, row, rows, value

#: Tables that full-text search and the migrations keep for themselves.
INTERNAL = ("_fts_", "_sqlite_", "sqlite_", "_bulk_load")


def tables(conn: sqlite3.Connection) -> list[Row]:
    """Tables and views in alphabetical order, each with `columns` and `foreign_keys`."""
    found = rows(
        conn,
        """SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name""",
    )
    return [
        entry
        | {
            "columns": rows(
                conn,
                'SELECT name, type, "notnull" AS required, pk FROM pragma_table_info(?)',
                (entry["name"],),
            ),
            "foreign_keys": rows(
                conn,
                'SELECT "from" AS column, "table" AS "table" FROM pragma_foreign_key_list(?)',
                (entry["name"],),
            ),
        }
        for entry in found
        if not any(part in entry["name"] for part in INTERNAL)
    ]


def references(
    conn: sqlite3.Connection, table: str, key: int, labels: Mapping[str, str]
) -> dict[str, Row]:
    """What the foreign keys of one row lead to: column -> `table`, `id`, `label`.

    `labels` says which column of a table is its label; of others the label is None. Empty when
    there is no such row.
    """
    name = _quoted(table)
    found = row(conn, f"SELECT * FROM {name} WHERE rowid = ?", (key,))
    keys = rows(conn, 'SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,))
    led = {}
    for entry in keys if found else []:
        other, number = entry["table"], found[entry["from"]] if found else None
        if number is None:
            continue
        label = None
        if other in labels:
            sql = f"SELECT {_quoted(labels[other])} FROM {_quoted(other)} WHERE rowid = ?"
            label = value(conn, sql, (number,))
        led[entry["from"]] = {"table": other, "id": number, "label": label}
    return led


def words_of(conn: sqlite3.Connection, table: str, key: int) -> Row | None:
    """The release and the offsets a row was read from; None for a row that states no fact."""
    columns = {
        entry["name"] for entry in rows(conn, "SELECT name FROM pragma_table_info(?)", (table,))
    }
    if not {"release_id", "start_char", "end_char"} <= columns:
        return None
    return row(
        conn,
        f"""SELECT release_id, start_char, end_char FROM {_quoted(table)}
        WHERE rowid = ? AND start_char IS NOT NULL""",
        (key,),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
