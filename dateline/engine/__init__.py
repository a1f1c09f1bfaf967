"""Runs: sources in, rows stored, in one process, in many, on a cluster.

    run: skip what is known -> tasks -> inline | pool | cluster: read, extract -> run: store

Reading and extraction happen in worker processes; only the calling process writes. Results are
stored in input order whatever finishes first, so the database does not depend on how many
workers made it.

Importing this module is cheap; what a run needs is imported when it starts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..errors import DatelineError

if TYPE_CHECKING:
    from extract.types import Extraction
    from ingest.types import Problem, Release

__all__ = [
    "EngineError",
    "Interrupted",
    "Options",
    "Progress",
    "StrictError",
    "Summary",
    "ingest",
    "reextract",
    "watch",
]


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done.

    `workers` None uses every core, but never more processes than there are tasks; 0 works in
    this process, without the protection of a time limit or against a crash. `scheduler` is a
    dask.distributed address (`tcp://host:8786`) and makes `workers` meaningless.
    `document_seconds` is the limit for one document, reading and extraction together.
    A transaction stores what came in `batch_seconds`, at most `batch_size` releases: a large one
    costs less for each when many workers deliver. `strict` stops at the first problem. `force`
    reads and extracts documents again that are stored unchanged. With `contacts` False the names
    and numbers of press contacts are not stored as facts.
    """

    db: Path
    model: str | None = None
    fast: bool = False
    workers: int | None = None
    scheduler: str | None = None
    document_seconds: float = 60.0
    batch_size: int = 1000
    batch_seconds: float = 2.0
    strict: bool = False
    allow_hosts: tuple[str, ...] = ()
    force: bool = False
    contacts: bool = True


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `stored + updated + unchanged` counts releases, `documents` what was read.

    `problems` are those of documents that failed, `notes` those of releases that were stored all
    the same (a language without a pipeline, a date that contradicts another). `mentions` are
    those of releases stored or updated in this run, `entities` all of the database at its end,
    `characters` the text extracted from, `seconds` wall-clock time.
    """

    documents: int
    stored: int
    updated: int
    unchanged: int
    problems: tuple[Problem, ...]
    mentions: int
    entities: int
    seconds: float
    characters: int
    notes: tuple[Problem, ...] = ()

    def __add__(self, later: Summary) -> Summary:
        return Summary(
            self.documents + later.documents,
            self.stored + later.stored,
            self.updated + later.updated,
            self.unchanged + later.unchanged,
            self.problems + later.problems,
            self.mentions + later.mentions,
            later.entities,
            self.seconds + later.seconds,
            self.characters + later.characters,
            self.notes + later.notes,
        )


class Progress(Protocol):
    """What a run tells while it goes. Called in the calling thread.

    `done`'s outcome is one of stored, updated, unchanged, problem.
    """

    def total(self, documents: int | None) -> None: ...

    def done(self, uri: str, outcome: str) -> None: ...

    def message(self, text: str) -> None: ...


class EngineError(DatelineError):
    """A run that could not be done at all. The message says what to do next."""


class StrictError(EngineError):
    """`Options.strict` and a document failed. `problem` says which; what came before is stored."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.uri}: {problem.message}")
        self.problem = problem


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during a run. `summary` counts what was stored until then; the rest is undone."""

    def __init__(self, summary: Summary) -> None:
        super().__init__(
            f"Interrupted: {summary.stored + summary.updated} releases are stored. "
            "Run the same command again to go on; what is stored will be skipped."
        )
        self.summary = summary


def ingest(
    sources: Sequence[str],
    options: Options,
    progress: Progress | None = None,
    on_release: Callable[[Release, Extraction | None], None] | None = None,
) -> Summary:
    """Read `sources`, extract, store in `options.db`.

    `on_release` is called after a release was stored or updated, in input order. A document
    that fails becomes a problem, in the database and in the summary.

    Worker processes import the main module of the program that calls this: outside the command
    line, call it below `if __name__ == "__main__":`.

    Raises EngineError (no scheduler, a worker that cannot load the model), StrictError,
    Interrupted.
    """
    from .run import ingest as run

    return run(sources, options, progress, on_release)


def reextract(options: Options, progress: Progress | None = None) -> Summary:
    """Extract again what an earlier extractor made, from the stored texts.

    With `options.force` every release. Raises as `ingest` does.
    """
    from .run import reextract as run

    return run(options, progress)


def watch(
    feeds: Sequence[str],
    options: Options,
    *,
    once: bool = False,
    interval: float | None = None,
    progress: Progress | None = None,
    on_poll: Callable[[str, Summary], None] | None = None,
) -> Summary:
    """Poll `feeds` and ingest what is new, for ever or (`once`) one round.

    `interval` is in seconds. `on_poll` is told the feed and what its poll gave, also nothing. How
    far a feed was read is remembered in the database once its releases are stored. The summary
    adds up all polls. Raises as `ingest` does; Interrupted is how it ends without `once`.
    """
    from .feeds import watch as run

    return run(feeds, options, once=once, interval=interval, progress=progress, on_poll=on_poll)
