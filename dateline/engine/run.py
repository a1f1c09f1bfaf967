"""A run: documents from the sources through the workers into the store, in input order.

    sources -> known? -> tasks -> inline | pool | cluster -> Store.save (one transaction a batch)

The only writer is the calling process. Whatever ends the run, its row in `runs` is closed and
what was reported as stored is stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from time import perf_counter

from db.rows import Prepared
from db.store import Store
from extract.types import Extraction
from ingest.types import Problem, RawDocument, Release

from .. import __version__
from ..errors import DatelineError
from . import Interrupted, Options, Progress, StrictError, Summary
from .tasks import tasks
from .work import Factory, Item, Outcome, Pipeline, Task

log = logging.getLogger(__name__)

OnRelease = Callable[[Release, Extraction | None], None]


def ingest(
    sources: Sequence[str],
    options: Options,
    progress: Progress | None = None,
    on_release: OnRelease | None = None,
    factory: Factory | None = None,
) -> Summary:
    """See `dateline.engine.ingest`. `factory` replaces the real pipeline."""
    from ingest.sources import documents

    found = documents(sources, allow_hosts=options.allow_hosts)
    return ingest_documents(found, "ingest", options, progress, on_release, factory)


def ingest_documents(
    found: Iterable[RawDocument | Problem],
    command: str,
    options: Options,
    progress: Progress | None = None,
    on_release: OnRelease | None = None,
    factory: Factory | None = None,
) -> Summary:
    """The same for documents that were found already; `command` names the run."""
    factory = factory or Pipeline(options.model, options.fast, options.contacts)
    with Store(options.db) as store, _recorded(store, command):
        books = Books(store, options, progress, on_release)
        return execute(books.unknown(found, factory.extractor()), books, options, factory)


def reextract(
    options: Options, progress: Progress | None = None, factory: Factory | None = None
) -> Summary:
    """See `dateline.engine.reextract`."""
    factory = factory or Pipeline(options.model, options.fast, options.contacts)
    with Store(options.db) as store, _recorded(store, "extract"):
        books = Books(store, options, progress, None)
        return execute(
            books.counted(store.stale(None if options.force else factory.extractor())),
            books,
            options,
            factory,
        )


@contextmanager
def _recorded(store: Store, command: str) -> Iterator[None]:
    """A row in `runs` that is also finished when the run is stopped in the middle."""
    stop: BaseException | None = None
    with store.run(command, __version__):
        try:
            yield
        except (KeyboardInterrupt, DatelineError) as error:
            stop = error
    if stop:
        raise stop


def execute(items: Iterable[Item], books: Books, options: Options, factory: Factory) -> Summary:
    """Work on `items` and enter them in `books`; the summary, also when interrupted."""
    try:
        with ExitStack() as stack:
            for _, outcomes in _results(items, options, factory, books.progress, stack):
                for outcome in outcomes:
                    books.enter(outcome)
            books.flush()
    except KeyboardInterrupt:
        raise Interrupted(books.summary()) from None
    summary = books.summary()
    log.info(
        "read %d documents, %d characters in %.2f s; reading took %.2f s and extracting %.2f s "
        "of all workers together, storing %.2f s",
        summary.documents,
        summary.characters,
        summary.seconds,
        books.reading,
        books.extracting,
        books.storing,
        extra={
            "documents": summary.documents,
            "characters": summary.characters,
            "seconds": round(summary.seconds, 3),
            "reading": round(books.reading, 3),
            "extracting": round(books.extracting, 3),
            "storing": round(books.storing, 3),
        },
    )
    return summary


def _results(
    items: Iterable[Item],
    options: Options,
    factory: Factory,
    progress: Progress | None,
    stack: ExitStack,
) -> Iterator[tuple[Task, tuple[Outcome, ...]]]:
    """Tasks with their outcomes, from wherever the options say the work is done."""
    if options.scheduler:
        from .cluster import Cluster

        cluster = stack.enter_context(
            Cluster(options.scheduler, factory, options.document_seconds, progress)
        )
        return cluster.run(tasks(items))
    if options.workers == 0:
        from .inline import run

        return run(factory, tasks(items))
    from .pool import Pool, cores

    workers = options.workers or cores()
    pool = stack.enter_context(Pool(factory, workers, options.document_seconds))
    return pool.run(tasks(items))


class Books:
    """Stores outcomes in order, a transaction for each batch, and keeps count."""

    def __init__(
        self,
        store: Store,
        options: Options,
        progress: Progress | None,
        on_release: OnRelease | None,
    ) -> None:
        self._store = store
        self._options = options
        self.progress = progress
        self._on_release = on_release
        self._started = self._flushed = perf_counter()
        # Seconds, of all workers together, and in the store.
        self.reading = self.extracting = self.storing = 0.0
        self._batch: list[Prepared] = []
        self._documents = 0
        self._characters = 0
        self._mentions = 0
        self._counts = {"stored": 0, "updated": 0, "unchanged": 0}
        self._problems: list[Problem] = []
        self._notes: list[Problem] = []

    def unknown(self, found: Iterable[RawDocument | Problem], extractor: str) -> Iterator[Item]:
        """`found` without what `extractor` has read before; that is counted."""
        for item in found:
            self._documents += 1
            if (
                isinstance(item, RawDocument)
                and not self._options.force
                and self._store.known(item.uri, item.sha256, extractor)
            ):
                self._count(item.uri, "unchanged")
            else:
                yield item

    def counted(self, releases: Iterable[Release]) -> Iterator[Item]:
        """`releases`, counted as documents."""
        for release in releases:
            self._documents += 1
            yield release

    def enter(self, outcome: Outcome) -> None:
        """Put one item's releases into the batch; a full one or an old one is stored."""
        self._batch += outcome.releases
        reading, extracting = outcome.seconds
        self.reading += reading
        self.extracting += extracting
        if outcome.releases:
            log.info(
                "read %s in %.0f ms, extracted in %.0f ms",
                outcome.uri,
                1000 * reading,
                1000 * extracting,
                extra={"uri": outcome.uri, "reading": reading, "extracting": extracting},
            )
        if outcome.problems:
            self.flush()
            self._enter_problems(outcome.problems)
        if not self._batch:
            return
        age = perf_counter() - self._flushed
        if len(self._batch) >= self._options.batch_size or age >= self._options.batch_seconds:
            self.flush()

    def _enter_problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self._store.problem(problem)
        self._tell_problems(problems)

    def _tell_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._problems.append(problem)
            told = {"uri": problem.uri, "stage": problem.stage, "code": problem.code}
            log.info("problem: %s: %s", problem.uri, problem.message, extra=told)
            if self.progress:
                self.progress.done(problem.uri, "problem")
            if self._options.strict:
                raise StrictError(problem)

    def flush(self) -> None:
        """Store what waits, in one transaction."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        begun = perf_counter()
        saved = self._store.save(batch, force=self._options.force)
        self._flushed = perf_counter()
        took = self._flushed - begun
        self.storing += took
        log.info(
            "stored a batch of %d in %.0f ms",
            len(batch),
            1000 * took,
            extra={"releases": len(batch), "seconds": round(took, 6)},
        )
        self._mentions += saved.mentions
        for one, outcome in zip(batch, saved.outcomes, strict=True):
            if outcome == "problem":
                continue
            self._count(one.uri, outcome)
            if outcome == "unchanged":
                continue
            self._characters += one.characters
            self._notes += one.problems
            if self._on_release:
                extracted = one.extractor is not None
                self._on_release(one.release, one.extraction if extracted else None)
        self._tell_problems(saved.problems)

    def _count(self, uri: str, outcome: str) -> None:
        self._counts[outcome] += 1
        log.info("%s: %s", outcome, uri, extra={"uri": uri, "outcome": outcome})
        if self.progress:
            self.progress.done(uri, outcome)

    def summary(self) -> Summary:
        return Summary(
            documents=self._documents,
            problems=tuple(self._problems),
            mentions=self._mentions,
            entities=self._store.entity_count(),
            seconds=perf_counter() - self._started,
            characters=self._characters,
            notes=tuple(self._notes),
            **self._counts,
        )
