"""One SQLite file: store, resolve, query.

    with db.Store(path) as store, store.run("ingest"):
        store.save([db.Stored(release, extraction, raw)])
    conn = db.connect(path)             read-only, for `db.search`, `db.queries` and `db.exports`

Names are loaded when they are first used: a search does not pay for what only a writer needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .batch import Saved
    from .copies import backup, public_copy
    from .errors import DatabaseError
    from .reader import connect
    from .rows import Packed, Prepared, Stored, pack, prepare
    from .store import Run, Store

_HOMES = {
    "DatabaseError": "errors",
    "Packed": "rows",
    "Prepared": "rows",
    "Run": "store",
    "Saved": "batch",
    "Store": "store",
    "Stored": "rows",
    "backup": "copies",
    "connect": "reader",
    "pack": "rows",
    "prepare": "rows",
    "public_copy": "copies",
}

__all__ = [
    "DatabaseError",
    "Packed",
    "Prepared",
    "Run",
    "Saved",
    "Store",
    "Stored",
    "backup",
    "connect",
    "pack",
    "prepare",
    "public_copy",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
