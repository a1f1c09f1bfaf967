"""Documents and pipelines for the engine's tests: what a document says is what happens to it."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline.engine.work import Extract, Read
from extract.types import Extraction, Mention
from ingest.types import Problem, RawDocument, Release, Section


def document(uri: str, content: str = "") -> RawDocument:
    """A document named `uri`; its content is the words that `reading` acts on."""
    data = (content or f"Report of {uri}").encode()
    return RawDocument(
        uri=uri,
        media_type="text/plain",
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        source="tests",
    )


def release(uri: str, text: str) -> Release:
    return Release(
        uid=uri,
        uri=uri,
        source="tests",
        title=text,
        subtitle=None,
        published=None,
        language="en",
        issuer=None,
        dateline=None,
        text=text,
        sections=(Section("headline", 0, len(text)),),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


@dataclass(frozen=True, slots=True)
class Fake:
    """A pipeline that obeys: `hang`, `crash`, `fail`, `two`, `stumble`, `odd`; else it reads.

    `once` is a file: while it is absent, `crash once` makes it and crashes.
    """

    once: Path | None = None
    seconds: float = 0.0

    def __call__(self) -> tuple[Read, Extract]:
        return self.read, self.extract

    def extractor(self) -> str:
        return "fake-1"

    def read(self, raw: RawDocument) -> Iterable[Release | Problem]:
        text = raw.content.decode()
        if text == "hang":
            time.sleep(60)
        if text == "crash":
            os._exit(7)
        if text == "crash once" and self.once and not self.once.exists():
            self.once.touch()
            os._exit(7)
        if text == "fail":
            raise ValueError("no such thing")
        if text == "bad":
            yield Problem("ingest", "empty-file", "Nothing in it.")
            return
        time.sleep(self.seconds)
        yield release(raw.uri, text)
        if text == "two":
            yield release(raw.uri + "#2", "the second")

    def extract(self, releases: Sequence[Release]) -> Iterable[Extraction]:
        for one in releases:
            if one.text == "stumble":
                raise ValueError("stumbled")
            if one.text == "crash late":
                os._exit(7)
            name = one.text.split()[0]
            mention = Mention("organisation", 0, len(name), name, name, "fake", 1.0)
            odd = (Problem("extract", "odd", "An odd thing."),) if one.text == "odd" else ()
            yield Extraction(one.uid, "fake-1", mentions=(mention,), problems=odd)


@dataclass(frozen=True, slots=True)
class Unloadable:
    """A pipeline whose model is missing."""

    def __call__(self) -> tuple[Read, Extract]:
        raise FileNotFoundError("no model")

    def extractor(self) -> str:
        return "none"


@dataclass(frozen=True, slots=True)
class CrashesLoading:
    """A pipeline whose model takes the process with it."""

    def __call__(self) -> tuple[Read, Extract]:
        os._exit(3)

    def extractor(self) -> str:
        return "none"
