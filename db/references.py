"""What the rows of a batch refer to, looked up once for all of them.

SQLite looks up every reference of every row: fifty a release, most of them to the few things that
the release names again and again. Storing and removing releases has it leave that out, tells here
what rows refer to and what is removed, and has both looked at before the batch is committed.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from .lookup import many

#: A reference without an index over all rows: `Resolver.forget` asks itself, before it removes an
#: identity, whether something refers to it.
ASKED_BEFORE = {("appearances", "identity_id")}


class References:
    """The references of one database. `used` and `removed` hold row numbers by table."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.used: dict[str, set[int]] = defaultdict(set)
        self.removed: dict[str, set[int]] = defaultdict(set)
        self._from: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for table, column, parent in conn.execute(
            """SELECT t.name, k."from", k."table" FROM sqlite_master AS t
               JOIN pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table'"""
        ):
            if (table, column) not in ASKED_BEFORE:
                self._from[parent].append((table, column))

    def forget(self) -> None:
        """Nothing is used or removed: a transaction begins."""
        self.used.clear()
        self.removed.clear()

    def check(self) -> None:
        """See that what is used is there and that nothing refers to what has been removed.

        Raises sqlite3.IntegrityError.
        """
        for table, used in self.used.items():
            if lost := used - self._there(table, used):
                raise sqlite3.IntegrityError(f"no row {min(lost)} of {table} to refer to")
        for table, removed in self.removed.items():
            gone = removed - self._there(table, removed)
            for child, column in self._from[table]:
                ask = f"SELECT {column} FROM {child} WHERE {column} IN ({{marks}})"
                for (number,) in many(self.conn, ask, gone):
                    raise sqlite3.IntegrityError(
                        f"{child}.{column} refers to row {number} of {table}, which is removed"
                    )
        self.forget()

    def _there(self, table: str, numbers: Iterable[int]) -> set[int]:
        ask = f"SELECT id FROM {table} WHERE id IN ({{marks}})"
        return {number for (number,) in many(self.conn, ask, numbers)}
