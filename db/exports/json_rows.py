"""A table as JSON Lines: one object a line, UTF-8."""

from __future__ import annotations

import json
import sqlite3
from typing import BinaryIO

from .selection import ROW_SELECTS, Selection, table_rows

SELECTS = ROW_SELECTS


def write(conn: sqlite3.Connection, out: BinaryIO, selection: Selection) -> int:
    """Write the table to `out`; return the number of rows."""
    count = 0
    for row in table_rows(conn, selection):
        out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count
