"""The only place that writes: one writer, one transaction a batch.

    with Store(path) as store, store.run("ingest") as run:
        for batch in batches:
            run.add(store.save(batch))

A killed process loses the batch in flight and nothing else; the same command run again skips what
is stored (`known`) and ends in the same state as an undisturbed run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from ingest.types import Problem

from .batch import Batch, Saved, problem_row, settle, utc_now
from .errors import explained
from .resolution.resolver import Resolver
from .rows import Prepared, Stored, prepare
from .schema import BUSY_SECONDS, connect, migrate, prepare_writer
from .summaries import Summaries


@dataclass(slots=True)
class Run:
    """Counts of one command, kept in its row of `runs`."""

    number: int
    saved: Saved = field(default_factory=Saved)
    problems: int = 0

    def add(self, saved: Saved) -> None:
        self.saved += saved


class Store:
    """A database open for writing. Not for use by several threads at once.

    Raises a `DatabaseError` that says what to do when the file cannot be used.
    """

    def __init__(self, path: Path | str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = Path(path)
        self.conn = connect(self.path, busy_seconds=busy_seconds)
        self._run: Run | None = None
        try:
            with explained(self.path):
                migrate(self.conn, self.path)
                prepare_writer(self.conn)
            self.resolver = Resolver(self.conn)
        except BaseException:
            self.conn.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self.conn.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing. Foreign keys are checked at the end, when every row is in place."""
        with explained(self.path):
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                self.conn.execute("PRAGMA defer_foreign_keys = ON")
                self.resolver.begin()
                yield self.conn
                self.conn.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite undo the transaction by itself.
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise

    def save(self, batch: Sequence[Stored | Prepared]) -> Saved:
        """Store a batch in one transaction; when this returns, it survives any crash.

        A release that is stored already (same uid, bytes and extractor) is left alone; a changed
        one is replaced, a changed text keeps its older version. A release that cannot be stored
        becomes a problem, and the others of its batch are stored.
        """
        ready: list[Prepared] = []
        saved = Saved()
        for item in batch:
            try:
                ready.append(item if isinstance(item, Prepared) else prepare(item))
            except Exception as error:  # one bad document is never a lost run
                self.problem(_unstorable(item, error))
        try:
            return self._save(ready)
        except (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError) as error:
            if len(ready) == 1:
                self.problem(_unstorable(ready[0], error))
                return saved
        for item in ready:
            saved += self.save([item])
        return saved

    def _save(self, ready: Sequence[Prepared]) -> Saved:
        saved = Saved()
        with self.transaction():
            batch = Batch(self.conn, self.resolver)
            for prepared in ready:
                saved += batch.add(prepared)
            batch.flush()
            if self._run:
                self.conn.execute(
                    "UPDATE runs SET releases = releases + ? WHERE id = ?",
                    (saved.stored + saved.replaced, self._run.number),
                )
        return saved

    def known(self, uid: str, sha256: str, extractor: str | None) -> bool:
        """Whether these bytes are stored already, read by this extractor.

        `uid` is the release's uid or the URI of its document, whichever the caller has.
        """
        row = self.conn.execute(
            "SELECT 1 FROM releases WHERE uid = ?1 AND raw_hash = ?2 AND extractor IS ?3 UNION ALL "
            "SELECT 1 FROM releases WHERE uri = ?1 AND raw_hash = ?2 AND extractor IS ?3 LIMIT 1",
            (uid, sha256, extractor),
        ).fetchone()
        return row is not None

    def problem(self, problem: Problem) -> None:
        """Store a problem with a document; the same problem again takes its place."""
        with self.transaction():
            row = problem_row(problem, problem.uri, None, utc_now())
            self.conn.execute(
                "DELETE FROM problems WHERE uri = ? AND release_id IS NULL AND stage = ? "
                "AND code = ? AND message = ?",
                (row[0], row[2], row[3], row[4]),
            )
            self.conn.execute(
                "INSERT INTO problems(uri, release_id, stage, code, message, start_char, "
                "created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            if self._run:
                self._run.problems += 1
                self.conn.execute(
                    "UPDATE runs SET problems = problems + 1 WHERE id = ?", (self._run.number,)
                )

    @contextmanager
    def run(self, command: str, version: str = "") -> Iterator[Run]:
        """Keep a row in `runs` while a command works; statistics for the planner at the end."""
        with self.transaction():
            number = self.conn.execute(
                "INSERT INTO runs(started_at, command, version) VALUES (?, ?, ?)",
                (utc_now(), command, version),
            ).lastrowid
        self._run = Run(number or 0)
        try:
            yield self._run
            with self.transaction():
                self.conn.execute(
                    "UPDATE runs SET finished_at = ? WHERE id = ?", (utc_now(), number)
                )
            self.optimise()
        finally:
            self._run = None

    def optimise(self) -> None:
        """Refresh the statistics that queries are planned with; bounded work on a large file."""
        with explained(self.path):
            self.conn.execute("PRAGMA analysis_limit = 1000")
            self.conn.execute("ANALYZE")
            self.conn.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def settle(self) -> None:
        """Bring names and counts up to date after regrouping, inside a transaction."""
        settle(self.resolver, Summaries(self.conn))

    def feed_state(self, url: str) -> str | None:
        """What was remembered of a feed, as JSON; None when it is new."""
        row = self.conn.execute("SELECT state FROM feeds WHERE url = ?", (url,)).fetchone()
        return str(row[0]) if row else None

    def remember_feed(self, url: str, state: str) -> None:
        """Remember the state of a feed, as JSON."""
        with self.transaction():
            self.conn.execute(
                "INSERT INTO feeds(url, state) VALUES (?, ?) "
                "ON CONFLICT (url) DO UPDATE SET state = excluded.state",
                (url, state),
            )


def _unstorable(item: Stored | Prepared, error: Exception) -> Problem:
    return Problem(
        "store",
        "unstorable",
        f"this release could not be stored ({type(error).__name__}: {error}). "
        "The others were. Please report it with the document.",
        uri=item.release.uri,
    )
