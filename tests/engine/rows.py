"""What is in a database, to be compared with another: everything but the time of the run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

#: Columns that hold the time of the run.
CLOCKS = {"ingested_at", "created_at", "started_at", "finished_at", "fetched_at"}


def rows(path: Path) -> Iterator[tuple[Any, ...]]:
    """Every row of every table but `runs`, without times."""
    with closing(sqlite3.connect(path)) as conn:
        tables = conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\' "
            "AND name != 'runs' ORDER BY name"
        ).fetchall()
        for (table,) in tables:
            columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
            wanted = ", ".join(c for c in columns if c not in CLOCKS)
            for row in conn.execute(f"SELECT {wanted} FROM {table} ORDER BY {wanted}"):
                yield table, *row
