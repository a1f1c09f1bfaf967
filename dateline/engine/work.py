"""What a worker does: a task of documents in, releases ready to be stored out.

    Task(RawDocument | Release | Problem, …) --Work--> tuple[Outcome, …]   one for each, in order

The same code runs in the calling process (`workers=0`), in a process of the pool and on a
cluster; only who calls it differs. An exception that one document causes ends that document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import perf_counter
from typing import Literal, Protocol, TypeAlias

from db.rows import Prepared, Stored, prepare
from extract.types import Extraction
from ingest.types import Problem, RawDocument, Release

#: A Release is extracted again without being read; a Problem of the source keeps its place.
Item: TypeAlias = RawDocument | Release | Problem
Read: TypeAlias = Callable[[RawDocument], Iterable[Release | Problem]]
Extract: TypeAlias = Callable[[Sequence[Release]], Iterable[Extraction]]
Stage: TypeAlias = Literal["ingest", "extract", "store"]


class Factory(Protocol):
    """Builds the two in the process that uses them; picklable, comparable."""

    def __call__(self) -> tuple[Read, Extract]: ...

    def extractor(self) -> str:
        """What the `extractor` of its extractions begins with; known without loading a model."""


@dataclass(frozen=True, slots=True)
class Task:
    """Items that are worked on together. `number` counts from 0 without gaps, in input order."""

    number: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one item: its releases in order, ready to be stored.

    `seconds` are those of reading, and of extraction and preparation (a share by length).
    """

    uri: str
    releases: tuple[Prepared, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: tuple[float, float] = (0.0, 0.0)


@dataclass(slots=True)
class _Reading:
    """An item on its way: what was read from it, then what was made of that."""

    uri: str
    raw: RawDocument | None
    read: list[Release]
    problems: list[Problem]
    seconds: float = 0.0


class Work:
    """Reads and extracts one task's items, and prepares the rows."""

    def __init__(self, read: Read, extract: Extract) -> None:
        self._read_document = read
        self._extract_releases = extract

    def __call__(self, items: Sequence[Item]) -> tuple[Outcome, ...]:
        readings = [self._read(item) for item in items]
        start = perf_counter()
        extracted = iter(self._extract([release for one in readings for release in one.read]))
        prepared = [self._prepare(one, extracted) for one in readings]
        share = (perf_counter() - start) / (sum(map(_length, readings)) or 1)
        return tuple(
            Outcome(one.uri, releases, tuple(one.problems), (one.seconds, _length(one) * share))
            for one, releases in zip(readings, prepared, strict=True)
        )

    def warm(self) -> None:
        """Load what is only loaded for a first document, so that forked workers share it."""
        text = b"Warm up\n\nBERLIN, 3 May 2024 -- Acme Ltd opened an office in Lyon, Jane Doe said."
        digest = hashlib.sha256(text).hexdigest()
        self([RawDocument("warm-up.txt", "text/plain", text, digest, datetime.now(UTC), "")])

    def _read(self, item: Item) -> _Reading:
        if isinstance(item, Problem):
            return _Reading(item.uri, None, [], [item])
        if isinstance(item, Release):
            return _Reading(item.uri, None, [item], [])
        start = perf_counter()
        reading = _Reading(item.uri, item, [], [])
        try:
            for result in self._read_document(item):
                if isinstance(result, Problem):
                    named = result if result.uri else replace(result, uri=item.uri)
                    reading.problems.append(named)
                else:
                    reading.read.append(result)
        except Exception as error:
            reading.problems.append(_failure("ingest", "reading-failed", item.uri, error))
        reading.seconds = perf_counter() - start
        return reading

    def _extract(self, releases: Sequence[Release]) -> list[Extraction | Problem]:
        """Extractions in order; a Problem where one failed."""
        if not releases:
            return []
        try:
            return list(_checked(releases, self._extract_releases(releases)))
        except Exception as error:
            if len(releases) == 1:
                return [_failure("extract", "extraction-failed", releases[0].uri, error)]
        return [result for release in releases for result in self._extract([release])]

    def _prepare(
        self, reading: _Reading, extracted: Iterator[Extraction | Problem]
    ) -> tuple[Prepared, ...]:
        """The rows of what was read. A failed extraction leaves the release without facts."""
        ready: list[Prepared] = []
        for release in reading.read:
            result = next(extracted)
            if isinstance(result, Problem):
                reading.problems.append(result)
            extraction = None if isinstance(result, Problem) else result
            try:
                ready.append(prepare(Stored(release, extraction, reading.raw)))
            except Exception as error:
                reading.problems.append(_failure("store", "unstorable", release.uri, error))
        return tuple(ready)


def _checked(releases: Sequence[Release], results: Iterable[Extraction]) -> list[Extraction]:
    made = list(results)
    if [release.uid for release in releases] != [one.release_uid for one in made]:
        raise RuntimeError("the extractor did not give one extraction for each release, in order")
    return made


def _length(reading: _Reading) -> int:
    return sum(len(release.text) for release in reading.read)


def _failure(stage: Stage, code: str, uri: str, error: Exception) -> Problem:
    """`error` as a problem; the type is named because many messages mean nothing without it."""
    return Problem(
        stage=stage,
        code=code,
        message=f"{type(error).__name__}: {' '.join(str(error).split())[:200]}. "
        "This is a fault in Dateline: please report it with the document.",
        uri=uri,
    )


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The factory of real runs: `ingest.releases` and the spaCy pipeline.

    Without `contacts` the press contacts' names and numbers do not leave the worker.
    """

    model: str | None = None
    fast: bool = False
    contacts: bool = True

    def extractor(self) -> str:
        from extract import version

        return version(self.model, self.fast)

    def __call__(self) -> tuple[Read, Extract]:
        import extract
        import ingest

        nlp = extract.load(self.model, fast=self.fast)

        def extract_releases(releases: Sequence[Release]) -> Iterable[Extraction]:
            made = extract.extract(releases, nlp)
            return made if self.contacts else (replace(one, contacts=()) for one in made)

        return ingest.releases, extract_releases
