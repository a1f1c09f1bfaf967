"""The full-text indexes, kept in step in bulk while the store writes.

See `migrations/0003_bulk_indexing.sql` for why this is not left to triggers. Updates and deletions
of releases and quotations are; entities are renamed and removed so often within a batch that all
their changes are entered at its end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class FullText:
    """What has to be entered into the indexes before the transaction ends."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self._indexed: dict[int, tuple[str, str] | None] = {}
        self._last = {"releases": 0, "quotes": 0, "entities": 0}

    def begin(self) -> None:
        """Take over from the triggers, at the start of a transaction."""
        self.conn.execute("INSERT INTO _bulk_load(writer) VALUES ('store')")
        self._mark()

    def _mark(self) -> None:
        self._indexed.clear()
        for table in self._last:
            self.adding_to(table)

    def adding_to(self, table: str) -> None:
        """What is now in a table is in its index; rows with higher numbers will be added."""
        row = self.conn.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        self._last[table] = row[0]

    def changing(self, entities: Iterable[int]) -> None:
        """Remember what the index holds of entities, before they are made, renamed or removed.

        A new one may have a low number: that of an identity which has left another entity.
        """
        for entity in entities:
            if entity > self._last["entities"] or entity in self._indexed:
                continue
            row = self.conn.execute(
                "SELECT name, also_known_as FROM entities WHERE id = ?", (entity,)
            ).fetchone()
            self._indexed[entity] = row

    def settle(self) -> None:
        """Enter everything that is new or has changed since the last time."""
        changed = []
        for entity, old in self._indexed.items():
            new = self.conn.execute(
                "SELECT name, also_known_as FROM entities WHERE id = ?", (entity,)
            ).fetchone()
            if new != old:
                changed.append((entity, old, new))
        self.conn.executemany(
            "INSERT INTO entities_fts(entities_fts, rowid, name, also_known_as) "
            "VALUES ('delete', ?, ?, ?)",
            [(entity, *old) for entity, old, _ in changed if old],
        )
        self.conn.executemany(
            "INSERT INTO entities_fts(rowid, name, also_known_as) VALUES (?, ?, ?)",
            [(entity, *new) for entity, _, new in changed if new],
        )
        for table, columns in (
            ("entities", "name, also_known_as"),
            ("releases", "title, text"),
            ("quotes", "text"),
        ):
            self.conn.execute(
                f"INSERT INTO {table}_fts(rowid, {columns}) "
                f"SELECT id, {columns} FROM {table} WHERE id > ?",
                (self._last[table],),
            )
        self._mark()

    def end(self) -> None:
        """Leave the indexes to the triggers again, at the end of a transaction."""
        self.settle()
        self.conn.execute("DELETE FROM _bulk_load")
