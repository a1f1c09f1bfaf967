"""The only place that writes: one writer, one transaction a batch.

    with Store(path) as store, store.run("ingest"):
        for batch in batches:
            store.save(batch)

A killed process loses the batch in flight and nothing else; the same command run again skips what
is stored (`known`) and ends in the same state as an undisturbed run.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ingest.types import Problem, Release

from . import read
from .batch import Batch, Saved, address_hash, settle, utc_now
from .errors import explained
from .facts import problem_row
from .fulltext import FullText
from .references import References
from .resolution.resolver import Resolver
from .rows import Prepared, Stored, prepare
from .schema import BUSY_SECONDS, connect, migrate, prepare_writer
from .summaries import Summaries


@dataclass(frozen=True, slots=True)
class Run:
    """A command at work: its row of `runs`, which counts what is stored as it is stored."""

    number: int


class Store:
    """A database open for writing. Not for use by several threads at once.

    Raises a `DatabaseError` that says what to do when the file cannot be used.
    """

    def __init__(self, path: Path | str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = Path(path)
        self.conn = connect(self.path, busy_seconds=busy_seconds)
        self._run: Run | None = None
        self._data_version = -1
        self._row_by_row = True
        try:
            with explained(self.path):
                migrate(self.conn, self.path)
                prepare_writer(self.conn)
            self.references = References(self.conn)
            self.resolver = Resolver(self.conn, self.references)
            self.fulltext = FullText(self.conn)
            self.summaries = Summaries(self.conn, self.fulltext, self.references)
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
    def transaction(self, *, row_by_row: bool = True) -> Iterator[sqlite3.Connection]:
        """All or nothing. References are checked at the end, when every row is in place.

        SQLite does it `row_by_row`; without, what is written refers to nothing or is left to
        `References.check`. To change from one to the other costs some milliseconds.
        """
        with explained(self.path):
            if row_by_row != self._row_by_row:
                self.conn.execute(f"PRAGMA foreign_keys = {'ON' if row_by_row else 'OFF'}")
                self._row_by_row = row_by_row
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                self.conn.execute("PRAGMA defer_foreign_keys = ON")
                self._notice_others()
                self.references.forget()
                self.resolver.begin()
                self.fulltext.begin()
                yield self.conn
                self.fulltext.end()
                self.conn.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite undo the transaction by itself.
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                self._forget_caches()
                raise

    def _notice_others(self) -> None:
        """Forget what is remembered of the file when another process has written to it."""
        version = self.conn.execute("PRAGMA data_version").fetchone()[0]
        if version != self._data_version:
            self._forget_caches()
            self._data_version = version

    def _forget_caches(self) -> None:
        self.resolver.forget_cache()
        self.summaries.forget_cache()

    def save(self, batch: Sequence[Stored | Prepared], *, force: bool = False) -> Saved:
        """Store a batch in one transaction; when this returns, it survives any crash.

        A release that is stored already (same uid, bytes and extractor) is left alone unless
        `force`; a changed one is replaced, and of a changed text the older version is kept. A
        release that cannot be stored becomes a problem, and the others of its batch are stored.
        """
        try:
            with _uncollected():
                return self._save([_prepared(item) for item in batch], force)
        except (sqlite3.Error, ValueError, TypeError, LookupError, OverflowError) as error:
            if len(batch) == 1:
                problem = _unstorable(batch[0], error)
                self.problem(problem)
                return Saved(("problem",), (problem,))
        saved = Saved()
        for item in batch:
            saved += self.save([item], force=force)
        return saved

    def _save(self, ready: Sequence[Prepared], force: bool) -> Saved:
        with self.transaction(row_by_row=False):
            batch = Batch(self.conn, self.resolver, self.summaries, ready)
            outcomes = tuple(batch.add(prepared, force=force) for prepared in ready)
            batch.flush()
            changed = [
                prepared
                for prepared, outcome in zip(ready, outcomes, strict=True)
                if outcome != "unchanged"
            ]
            if self._run:
                self.conn.execute(
                    "UPDATE runs SET releases = releases + ? WHERE id = ?",
                    (len(changed), self._run.number),
                )
        return Saved(outcomes, (), sum(len(one.facts.mentions) for one in changed))

    def known(self, uid: str, sha256: str, extractor: str | None = None) -> bool:
        """Whether these bytes are stored already and were read by this extractor.

        `uid` is the release's uid or the URI of its document, whichever the caller has;
        `extractor` is what the name of the extractor begins with, None stands for any. Forgotten
        documents are known, too, and those that another document's newer state replaced.
        """
        row = self.conn.execute(
            """SELECT 1 FROM (
                 SELECT raw_hash, extractor FROM releases WHERE uid = :uid
                 UNION ALL SELECT raw_hash, extractor FROM releases WHERE uri = :uid
                 UNION ALL SELECT versions.raw_hash, :extractor FROM versions
                   JOIN releases ON releases.id = release_id
                   WHERE versions.uri = :uid AND releases.uri <> :uid)
               WHERE raw_hash = :sha256
                 AND substr(extractor, 1, length(:extractor)) = :extractor
               UNION ALL SELECT 1 FROM forgotten WHERE hash = :hash LIMIT 1""",
            {
                "uid": uid,
                "sha256": sha256,
                "extractor": extractor or "",
                "hash": address_hash(uid),
            },
        ).fetchone()
        return row is not None

    def stale(self, extractor: str | None) -> Iterator[Release]:
        """The stored releases that another extractor has read, or none; all when None.

        `extractor` is what the name of the wanted extractor begins with.
        """
        numbers = self.conn.execute(
            "SELECT id FROM releases WHERE :wanted IS NULL OR extractor IS NULL "
            "OR substr(extractor, 1, length(:wanted)) <> :wanted ORDER BY id",
            {"wanted": extractor},
        ).fetchall()
        for (number,) in numbers:
            yield read.release(self.conn, number)

    def remove(self, releases: Iterable[int]) -> None:
        """Take releases out with everything read from them, in one transaction."""
        with self.transaction(row_by_row=False):
            batch = Batch(self.conn, self.resolver, self.summaries)
            for number in releases:
                batch.remove(number)
            batch.flush()

    def forget(self, address: str) -> bool:
        """Remove the release with this uid or URI for good; False when there is none.

        Only a hash of the address is kept, so that a later ingest passes over the document.
        """
        rows = self.conn.execute(
            "SELECT id, uid, uri FROM releases WHERE uid = ? OR uri = ?", (address, address)
        ).fetchall()
        # Whether freed pages are overwritten depends, unless it is said, on how SQLite was built.
        self.conn.execute("PRAGMA secure_delete = ON")
        self.remove([number for number, _, _ in rows])
        with self.transaction():
            self.conn.executemany(
                "INSERT OR IGNORE INTO forgotten(hash, created_at) VALUES (?, ?)",
                [(address_hash(name), utc_now()) for _, *names in rows for name in names],
            )
        return bool(rows)

    def entity_count(self) -> int:
        """How many things are known."""
        return int(self.conn.execute("SELECT count(*) FROM entities").fetchone()[0])

    def problem(self, problem: Problem) -> None:
        """Store a problem with a document; the same problem again takes its place."""
        with self.transaction(row_by_row=False):
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
                self.conn.execute(
                    "UPDATE runs SET problems = problems + 1 WHERE id = ?", (self._run.number,)
                )

    @contextmanager
    def run(self, command: str, version: str = "") -> Iterator[Run]:
        """Keep a row in `runs` while a command works; statistics for the planner at the end."""
        with self.transaction(row_by_row=False):
            number = self.conn.execute(
                "INSERT INTO runs(started_at, command, version) VALUES (?, ?, ?)",
                (utc_now(), command, version),
            ).lastrowid
        self._run = Run(number or 0)
        try:
            yield self._run
        finally:
            self._run = None
            with self.transaction(row_by_row=False):
                self.conn.execute(
                    "UPDATE runs SET finished_at = ? WHERE id = ?", (utc_now(), number)
                )
            self.optimise()

    def optimise(self) -> None:
        """Refresh the statistics that queries are planned with; bounded work on a large file."""
        with explained(self.path):
            self.conn.execute("PRAGMA analysis_limit = 1000")
            self.conn.execute("ANALYZE")
            self.conn.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def settle(self) -> None:
        """Bring names and counts up to date after regrouping, inside a transaction."""
        settle(self.resolver, self.summaries)

    def feed_state(self, url: str) -> str | None:
        """What was remembered of a feed, as JSON; None when it is new."""
        row = self.conn.execute("SELECT state FROM feeds WHERE url = ?", (url,)).fetchone()
        return str(row[0]) if row else None

    def remember_feed(self, url: str, state: str) -> None:
        """Remember the state of a feed, as JSON."""
        with self.transaction(row_by_row=False):
            self.conn.execute(
                "INSERT INTO feeds(url, state) VALUES (?, ?) "
                "ON CONFLICT (url) DO UPDATE SET state = excluded.state",
                (url, state),
            )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: a batch makes and drops a hundred thousand rows, none in one."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _prepared(item: Stored | Prepared) -> Prepared:
    return item if isinstance(item, Prepared) else prepare(item)


def _unstorable(item: Stored | Prepared, error: Exception) -> Problem:
    return Problem(
        "store",
        "unstorable",
        f"this release could not be stored ({type(error).__name__}: {error}). "
        "The others were. Please report it with the document.",
        uri=item.release.uri,
    )
