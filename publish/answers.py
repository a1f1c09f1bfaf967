"""Keep whole answers for as long as they are true, and a moment longer.

An answer holds until something is stored, which SQLite tells in microseconds. While an ingest
stores all the time, an answer may be STALE_SECONDS old: nobody reads faster than that, and eight
readers of one page cost as much as one.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from weakref import finalize

#: How long an answer may be shown after something has been stored.
STALE_SECONDS = 2.0
#: All answers together; those not asked for longest go first.
MAX_BYTES = 64_000_000
#: How long to wait for a locked file: the event loop does nothing else meanwhile.
BUSY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent. `tag` is the ETag; `location` is where a moved page is now."""

    status: int
    media_type: str
    body: bytes
    location: str = ""
    tag: str = field(init=False)

    def __post_init__(self) -> None:
        digest = blake2b(self.body, digest_size=12).hexdigest()
        object.__setattr__(self, "tag", f'"{digest}"')


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    version: int | None
    made: float

    def holds(self, version: int | None) -> bool:
        """Is the answer exact? It is not known to be when the file could not be asked."""
        return version is not None and version == self.version


class Answers:
    """Answers of one database file. Used from one event loop at a time."""

    def __init__(self, path: Path, stale_seconds: float = STALE_SECONDS) -> None:
        self._uri = f"{path.absolute().as_uri()}?mode=ro"
        self._stale_seconds = stale_seconds
        self._conn: sqlite3.Connection | None = None
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._bytes = 0
        self._coming: dict[Hashable, asyncio.Future[Answer]] = {}

    async def __call__(self, key: Hashable, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the answer kept under `key`, else what `make` gives.

        Whoever asks while it is being made waits for the same one.
        """
        version = self._version()
        kept = self._kept.get(key)
        if kept and (kept.holds(version) or monotonic() - kept.made < self._stale_seconds):
            self._kept.move_to_end(key)
            return kept.answer
        # Made for a version that is past: it must not pass for the present one.
        coming = self._coming.get((key, version))
        if coming is not None:
            return await asyncio.shield(coming)
        coming = asyncio.ensure_future(make())
        self._coming[key, version] = coming
        coming.add_done_callback(lambda _: self._coming.pop((key, version), None))
        answer = await asyncio.shield(coming)
        if answer.status == 200:
            self._keep(key, _Kept(answer, version, monotonic()))
        return answer

    def _version(self) -> int | None:
        """A number that changes when another connection has stored something; None if locked."""
        try:
            if self._conn is None:
                # Asked by the event loop only, which tests run in a thread of its own.
                self._conn = sqlite3.connect(
                    self._uri, uri=True, check_same_thread=False, timeout=BUSY_SECONDS
                )
                finalize(self, self._conn.close)
            (version,) = self._conn.execute("PRAGMA data_version").fetchone()
        except sqlite3.OperationalError:
            return None
        return int(version)

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        old = self._kept.pop(key, None)
        self._kept[key] = kept
        self._bytes += len(kept.answer.body) - (len(old.answer.body) if old else 0)
        while self._bytes > MAX_BYTES:
            _, last = self._kept.popitem(last=False)
            self._bytes -= len(last.answer.body)

    def clear(self) -> None:
        """Forget everything: a decision has just changed the data."""
        self._kept.clear()
        self._bytes = 0
