"""Everything the database knows, in formats that other programs read; streamed row by row.

    export(conn, "csv", out, Selection(table="roles"))

| format | what | selection |
|---|---|---|
| csv, jsonl, parquet | the rows of one table, names beside ids | table, since, until |
| ics | events as iCalendar | entity, since, until |
| atom | releases, newest first | entity or query, since, until |
| jsonld | releases and events as schema.org | entity, since, until |
| ftm | entities, releases, events and roles as FollowTheMoney | |

Memory does not grow with the number of rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from .selection import TABLES, ExportError, Selection

__all__ = ["FORMATS", "TABLES", "ExportError", "Selection", "export"]

#: Format and the module that writes it; each has `write(conn, out, selection)`.
FORMATS = {
    "csv": "csv_rows",
    "jsonl": "json_rows",
    "parquet": "parquet_rows",
    "ics": "calendar",
    "atom": "atom",
    "jsonld": "schema_org",
    "ftm": "follow_the_money",
}


def export(conn: sqlite3.Connection, format_: str, out: BinaryIO, selection: Selection) -> int:
    """Write what `selection` names to `out`; return the number of things written.

    Raises ExportError for a format or table that does not exist, for a selection that the format
    does not know, and when a library is missing.
    """
    if format_ not in FORMATS:
        raise ExportError(f"{format_!r} is not a format; take one of {', '.join(FORMATS)}.")
    module = import_module(f".{FORMATS[format_]}", __package__)
    selection.check(format_, module.SELECTS)
    write: Callable[[sqlite3.Connection, BinaryIO, Selection], int] = module.write
    return write(conn, out, selection)
