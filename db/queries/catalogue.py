"""The schema as data: tables, views, their columns, keys and indexes."""

from __future__ import annotations

import sqlite3

from .rows import Row, rows

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
