"""Keep answers that are dear to compute, for about as long as they are dear.

An answer that took 5 ms is kept for half a second, one that took a second for two minutes. When
it is due again, readers get the old one while a thread of its own computes the new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")

#: Seconds an answer is kept for each second it took to compute, and the most it is kept.
KEEP_FACTOR = 100.0
MAX_KEEP = 300.0
#: Answers kept at once; they are few and fixed, so this only bounds mistakes.
MAX_ANSWERS = 200


@dataclass(slots=True)
class _Answer:
    value: Any
    due: float
    pending: bool = False


class Memo:
    """Answers of one database file, by name. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._answers: dict[str, _Answer] = {}
        self._lock = Lock()

    def __call__(
        self, name: str, load: Callable[[sqlite3.Connection], T], conn: sqlite3.Connection
    ) -> T:
        """Return the answer called `name`, computing it with `load` when there is none yet."""
        with self._lock:
            known = self._answers.get(name)
            refresh = known is not None and monotonic() >= known.due and not known.pending
            if known is not None and refresh:
                known.pending = True
        if known is None:
            return self._compute(name, load, conn)
        if refresh:
            Thread(target=self._refresh, args=(name, load), daemon=True).start()
        value: T = known.value
        return value

    def _compute(
        self, name: str, load: Callable[[sqlite3.Connection], T], conn: sqlite3.Connection
    ) -> T:
        began = monotonic()
        value = load(conn)
        took = monotonic() - began
        with self._lock:
            if len(self._answers) >= MAX_ANSWERS:
                self._answers.clear()
            self._answers[name] = _Answer(value, monotonic() + min(took * KEEP_FACTOR, MAX_KEEP))
        return value

    def _refresh(self, name: str, load: Callable[[sqlite3.Connection], T]) -> None:
        try:
            uri = f"{self._path.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True, timeout=10)) as conn:
                self._compute(name, load, conn)
        except sqlite3.Error:
            # The old answer stays; the next reader after this tries again.
            with self._lock:
                if name in self._answers:
                    self._answers[name].pending = False

    def clear(self) -> None:
        """Forget everything: a decision has just changed the data."""
        with self._lock:
            self._answers.clear()
