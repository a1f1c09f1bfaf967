"""What a worker does: a task of documents in, releases with their extractions out.

    Task(RawDocument | Release | Problem, …) --Work--> tuple[Outcome, …]   one for each, in order

The same code runs in the calling process (`workers=0`), in a process of the pool and on a
cluster; only who calls it differs. An exception that one document causes ends that document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, TypeAlias

from extract.types import Extraction
from ingest.types import Problem, RawDocument, Release

#: A Release is extracted again without being read; a Problem of the source keeps its place.
Item: TypeAlias = RawDocument | Release | Problem
Read: TypeAlias = Callable[[RawDocument], Iterable[Release | Problem]]
Extract: TypeAlias = Callable[[Sequence[Release]], Iterable[Extraction]]
#: Builds the two in the process that uses them; picklable, comparable.
Factory: TypeAlias = Callable[[], tuple[Read, Extract]]


@dataclass(frozen=True, slots=True)
class Task:
    """Items that are worked on together. `number` counts from 0 without gaps, in input order."""

    number: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one item: its releases in order, each with its extraction or None.

    `seconds` are those of reading and of extraction (the latter a share by length).
    """

    uri: str
    releases: tuple[tuple[Release, Extraction | None], ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: tuple[float, float] = (0.0, 0.0)


class Work:
    """Reads and extracts one task's items."""

    def __init__(self, read: Read, extract: Extract) -> None:
        self._read_document = read
        self._extract_releases = extract

    def __call__(self, items: Sequence[Item]) -> tuple[Outcome, ...]:
        outcomes = [self._read(item) for item in items]
        pending = [release for outcome in outcomes for release, _ in outcome.releases]
        extracted = self._extract(pending)
        return tuple(_join(outcome, extracted) for outcome in outcomes)

    def _read(self, item: Item) -> Outcome:
        if isinstance(item, Problem):
            return Outcome(item.uri, problems=(item,))
        if isinstance(item, Release):
            return Outcome(item.uri, ((item, None),))
        start = perf_counter()
        releases: list[tuple[Release, Extraction | None]] = []
        problems: list[Problem] = []
        try:
            for result in self._read_document(item):
                if isinstance(result, Problem):
                    problems.append(result if result.uri else replace(result, uri=item.uri))
                else:
                    releases.append((result, None))
        except Exception as error:
            problems.append(_failure("ingest", "reading-failed", item.uri, error))
        return Outcome(item.uri, tuple(releases), tuple(problems), (perf_counter() - start, 0.0))

    def _extract(self, releases: Sequence[Release]) -> Iterator[tuple[Extraction | Problem, float]]:
        """Extractions in order, each with its share of the time; a Problem where one failed."""
        start = perf_counter()
        results: list[Extraction | Problem]
        try:
            results = list(self._extract_releases(releases))
            _check(releases, results)
        except Exception:
            results = [self._extract_alone(release) for release in releases]
        seconds = perf_counter() - start
        characters = sum(len(release.text) for release in releases) or 1
        for release, result in zip(releases, results, strict=True):
            yield result, seconds * len(release.text) / characters

    def _extract_alone(self, release: Release) -> Extraction | Problem:
        try:
            results = list(self._extract_releases([release]))
            _check([release], results)
        except Exception as error:
            return _failure("extract", "extraction-failed", release.uri, error)
        return results[0]


def _join(outcome: Outcome, extracted: Iterator[tuple[Extraction | Problem, float]]) -> Outcome:
    """`outcome` with the next extractions, one for each of its releases."""
    if not outcome.releases:
        return outcome
    releases: list[tuple[Release, Extraction | None]] = []
    problems = list(outcome.problems)
    total = 0.0
    for release, _ in outcome.releases:
        result, seconds = next(extracted)
        total += seconds
        if isinstance(result, Problem):
            problems.append(result)
            releases.append((release, None))
        else:
            releases.append((release, result))
    return replace(
        outcome,
        releases=tuple(releases),
        problems=tuple(problems),
        seconds=(outcome.seconds[0], total),
    )


def _check(releases: Sequence[Release], results: Sequence[Any]) -> None:
    if [release.uid for release in releases] != [result.release_uid for result in results]:
        raise RuntimeError("the extractor did not give one extraction for each release, in order")


def _failure(stage: Any, code: str, uri: str, error: Exception) -> Problem:
    """`error` as a problem; the type is named because many messages mean nothing without it."""
    return Problem(
        stage=stage,
        code=code,
        message=f"{type(error).__name__}: {error}. The document may be damaged; "
        "if other programs open it, report it together with the document.",
        uri=uri,
    )


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The factory of real runs: `ingest.releases` and the spaCy pipeline."""

    model: str | None = None
    fast: bool = False

    def __call__(self) -> tuple[Read, Extract]:
        import extract
        import ingest

        nlp = extract.load(self.model, fast=self.fast)

        def extract_releases(releases: Sequence[Release]) -> Iterable[Extraction]:
            return extract.extract(releases, nlp)

        return ingest.releases, extract_releases
