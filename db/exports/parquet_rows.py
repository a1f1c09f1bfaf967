"""A table as Parquet (needs pyarrow), for data frames and column stores."""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import Any, BinaryIO

from .selection import ROW_SELECTS, ExportError, Selection, columns, table_rows

SELECTS = ROW_SELECTS

#: Rows of one row group: what is in memory at a time.
GROUP = 20_000

REALS = {"latitude", "longitude", "score", "value"}
WHOLES = {
    "cluster_id",
    "edition",
    "end_char",
    "former",
    "mention_count",
    "release_count",
    "start_char",
    "word_count",
}


def write(conn: sqlite3.Connection, out: BinaryIO, selection: Selection) -> int:
    """Write the table to `out`; return the number of rows."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError("Parquet needs pyarrow: pip install 'dateline[parquet]'") from error
    # SQLite has no fixed types: they are stated, so that an empty table has them too.
    schema = pa.schema([(name, _type(pa, name)) for name in columns(conn, selection.table)])
    rows = table_rows(conn, selection)
    count = 0
    with pq.ParquetWriter(out, schema) as writer:
        while group := list(islice(rows, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema))
            count += len(group)
    return count


def _type(pa: Any, column: str) -> Any:
    if column in REALS:
        return pa.float64()
    if column in WHOLES or column == "id" or (column.endswith("_id") and column != "wikidata_id"):
        return pa.int64()
    return pa.string()
