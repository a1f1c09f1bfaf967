"""A table as CSV: UTF-8, a line of names first, RFC 4180 line ends."""

from __future__ import annotations

import csv
import io
import sqlite3
from typing import Any, BinaryIO

from .selection import ROW_SELECTS, Selection, columns, table_rows

SELECTS = ROW_SELECTS

#: A spreadsheet would run a cell that begins so as a formula; releases are written by strangers.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write(conn: sqlite3.Connection, out: BinaryIO, selection: Selection) -> int:
    """Write the table to `out`; return the number of rows."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(columns(conn, selection.table))
    count = 0
    for row in table_rows(conn, selection):
        writer.writerow(_cell(value) for value in row.values())
        count += 1
    text.detach()
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
