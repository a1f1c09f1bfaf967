"""One SQLite file: store, resolve, query.

with db.Store(path) as store, store.run("ingest") as run:
    run.add(store.save([db.Stored(release, extraction, raw)]))
"""

from __future__ import annotations

from .batch import Saved
from .errors import DatabaseError
from .rows import Packed, Prepared, Stored, pack, prepare
from .schema import connect_read_only as connect
from .store import Run, Store

__all__ = [
    "DatabaseError",
    "Packed",
    "Prepared",
    "Run",
    "Saved",
    "Store",
    "Stored",
    "connect",
    "pack",
    "prepare",
]
