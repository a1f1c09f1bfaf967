"""From bytes to `Release`: sources, formats and the anatomy of a press release.

First stage of the flow ingest -> extract -> db -> publish.

    for raw in sources.documents(["news/"]):          # RawDocument | Problem
        for release in releases(raw): …               # Release | Problem
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from . import formats
from .errors import IngestError, NoText, TooMany, storable
from .formats.members import witnesses
from .limits import DEFAULT_LIMITS, Limits, megabytes, time_limit
from .types import Draft, Problem, RawDocument, Release

__all__ = ["DEFAULT_LIMITS", "Limits", "releases"]


def releases(raw: RawDocument, limits: Limits = DEFAULT_LIMITS) -> Iterator[Release | Problem]:
    """Every release in one document, and a Problem for each part that is none.

    Never raises on bad input: what cannot be read is a Problem that says what to do. Gives at
    least one item.
    """
    yield from _read(raw, limits, _Tally(limits))


def _read(raw: RawDocument, limits: Limits, tally: _Tally) -> Iterator[Release | Problem]:
    parts = formats.parse(raw, limits)
    nothing = True
    while True:
        try:
            with time_limit(limits.seconds):
                part = next(parts, None)
                read = _release(raw, part) if isinstance(part, Draft) else part
            if isinstance(read, RawDocument):
                tally.add(read)
            elif read is None and nothing:
                raise NoText("holds no release: nothing in it can be read as a document.")
        except IngestError as error:
            yield error.problem(raw.uri)
            return
        except Exception as error:  # a parser's own fault must not end the run
            yield Problem(
                "ingest",
                "internal-error",
                f"{type(error).__name__}: {' '.join(str(error).split())[:200]}. "
                "This is a fault in Dateline: please report it with the document.",
                uri=raw.uri,
            )
            return
        if read is None:
            return
        nothing = False
        if isinstance(read, RawDocument):
            yield from _read(read, limits, tally)
        elif isinstance(read, Problem):
            yield read if read.uri else replace(read, uri=raw.uri)
        else:
            yield read


def _release(raw: RawDocument, draft: Draft) -> Release:
    if not any(block.text.strip() for block in draft.blocks):
        raise NoText("holds no running text. If it shows text, save it as HTML, DOCX or text.")
    from . import anatomy  # languages and dates: not needed to list or fetch documents

    # JSON inside a page can state half a character, which no database holds.
    stated = tuple(
        replace(witness, value=storable(witness.value))
        for witness in witnesses(raw) + draft.witnesses
    )
    return anatomy.read(raw, replace(draft, witnesses=stated))


class _Tally:
    """How much came out of one document so far, at all depths."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts = 0
        self.unpacked = 0

    def add(self, part: RawDocument) -> None:
        self.parts += 1
        self.unpacked += len(part.content)
        if self.parts > self.limits.parts:
            raise TooMany(
                f"holds more than {self.limits.parts:,} documents; the rest was left unread. "
                "Unpack it and ingest the files."
            )
        if self.unpacked > self.limits.unpacked_bytes:
            raise TooMany(
                f"unpacks to more than {megabytes(self.limits.unpacked_bytes)}; the rest was "
                "left unread. Unpack it and ingest the files."
            )
