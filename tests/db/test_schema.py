"""What the contract says of the schema: every reference, facet and sort column has an index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from db import Store
from db.references import ASKED_BEFORE

METADATA = yaml.safe_load((Path(__file__).parents[2] / "metadata.yml").read_text("utf-8"))
TABLES: dict[str, dict[str, Any]] = METADATA["databases"]["dateline"]["tables"]


def indexed(store: Store, table: str) -> set[str]:
    """The columns that an index of a table, over all rows where they are set, begins with."""
    rows = store.conn.execute(f"PRAGMA table_info({table})").fetchall()
    found = {name for _, name, *_, key in rows if key == 1}
    for name, sql in store.conn.execute(
        "SELECT i.name, m.sql FROM pragma_index_list(?) AS i JOIN sqlite_master AS m USING (name)",
        (table,),
    ).fetchall():
        column = store.conn.execute("SELECT name FROM pragma_index_info(?)", (name,)).fetchone()[0]
        rest = (sql or "").partition(" WHERE ")[2]
        if rest in ("", f"{column} IS NOT NULL"):
            found.add(column)
    return found


def test_every_foreign_key_has_an_index(store: Store) -> None:
    """But for one, which is looked up by the entity or among the few that are not its first."""
    tables = [
        name
        for (name,) in store.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    keys = {
        (table, row[3])
        for table in tables
        for row in store.conn.execute(f"PRAGMA foreign_key_list({table})")
    }
    assert len(keys) > 30
    missing = {(t, column) for t, column in keys if column not in indexed(store, t)}
    assert missing == ASKED_BEFORE == {("appearances", "identity_id")}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_facet_and_sort_column_has_an_index(store: Store, table: str) -> None:
    told = TABLES[table]
    wanted = {*told.get("facets", ()), *told.get("sortable_columns", ())}
    wanted |= {told[key] for key in ("sort", "sort_desc") if key in told}
    views = {
        name for (name,) in store.conn.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
    }
    if table not in views:
        assert wanted <= indexed(store, table)
