"""The formats a release arrives in: which one a document is, and its parts.

    RawDocument --recognise--> Format --parse--> RawDocument (containers) | Draft (pages) | Problem

A format is one module with two functions and one line in `FORMATS`:

    sniff(raw) -> float            how surely the content is of this format; it may have been
                                   given only the first HEAD_BYTES
    parse(raw, limits) -> Iterator[RawDocument | Draft | Problem]

A module that also has `members(stream, parent, limits)` is a collection: it is read as a stream,
so that a file of a million releases never has to fit in memory.

Scores: 1 a signature or root element nothing else has, .9 a telling beginning, .5 plausible,
.2 any text. Content decides; the stated media type and the file's suffix only break ties.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol, TypeAlias, cast

from ..errors import EmptyDocument, TooDeep, UnknownFormat
from ..limits import Limits, read_bounded
from ..types import Draft, Problem, RawDocument
from . import (
    compressed,
    docx,
    feed,
    html,
    jsonlines,
    jsons,
    mail,
    mbox,
    newsml,
    ninjs,
    nitf,
    pdf,
    sitemap,
    tar,
    text,
    warc,
    zipped,
)
from .members import depth, document
from .signatures import binary_kind
from .xmls import root_name

HEAD_BYTES = 64 * 1024
#: From it on a format may be binary; below, a document full of control bytes is none of it.
SIGNATURE_SCORE = 0.9

Part: TypeAlias = RawDocument | Draft | Problem


class Parser(Protocol):
    def sniff(self, raw: RawDocument) -> float: ...

    def parse(self, raw: RawDocument, limits: Limits) -> Iterator[Part]: ...


class Collection(Parser, Protocol):
    def members(
        self, stream: BinaryIO, parent: RawDocument, limits: Limits
    ) -> Iterator[RawDocument | Problem]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One line of the registry. `name` is what messages call it."""

    name: str
    parser: Parser
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...] = ()

    @property
    def is_collection(self) -> bool:
        return self.parser is compressed or hasattr(self.parser, "members")


FORMATS: tuple[Format, ...] = (
    Format("HTML", html, (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")),
    Format("plain text or Markdown", text, text.SUFFIXES, ("text/plain", "text/markdown")),
    Format("RSS or Atom", feed, (".rss", ".atom", ".rdf"), ("application/rss+xml",)),
    Format("sitemap", sitemap, ()),
    Format("mail", mail, (".eml",), ("message/rfc822",)),
    Format("mbox", mbox, (".mbox", ".mbx"), ("application/mbox",)),
    Format("PDF", pdf, (".pdf",), ("application/pdf",)),
    Format("DOCX", docx, (".docx",)),
    Format("NewsML", newsml, (".xml",)),
    Format("NITF", nitf, (".nitf",)),
    Format("ninjs", ninjs, (".ninjs",)),
    # Before JSON Lines: one object on one line could be either.
    Format("JSON or JSON Feed", jsons, (".json",), ("application/json", "application/feed+json")),
    Format("JSON Lines", jsonlines, (".jsonl", ".ndjson"), ("application/jsonl",)),
    Format("WARC", warc, (".warc",), ("application/warc",)),
    Format("zip", zipped, (".zip",), ("application/zip",)),
    Format("tar", tar, (".tar",), ("application/x-tar",)),
    Format("gzip, bzip2 or xz", compressed, (".gz", ".bz2", ".xz", ".tgz")),
)


def recognise(raw: RawDocument) -> Format:
    """The format of `raw`, by its content. Raises UnknownFormat or EmptyDocument."""
    if not raw.content.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise EmptyDocument("holds no text, nothing but white space or NUL. Nothing to ingest.")
    suffix = PurePosixPath(raw.uri.split("?")[0]).suffix.lower()
    media_type = (raw.media_type or "").split(";")[0].strip().lower()

    def rank(entry: Format) -> tuple[float, bool, bool]:
        score = round(entry.parser.sniff(raw), 2)
        return score, media_type in entry.media_types, suffix in entry.suffixes

    ranked = [(rank(entry), entry) for entry in FORMATS]
    best, entry = max(ranked, key=lambda pair: pair[0])
    kind = binary_kind(raw.content)
    if kind and kind.endswith(" image"):
        raise UnknownFormat(
            f"{kind}, which holds no text. Leave it out; a scan is read once its words have been "
            "recognised (OCR) into a PDF with text."
        )
    if best[0] <= 0 or (best[0] < SIGNATURE_SCORE and kind):
        raise UnknownFormat(
            f"{kind or 'of a kind unknown to Dateline'}; known are {known_formats()}. "
            "Convert it to one of these, or add a parser (docs/add-a-format.md)."
        )
    if entry.parser is text and raw.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        raise UnknownFormat(
            f"XML with the root element <{root_name(raw.content)}>, which no parser here reads. "
            "Convert it to one of these, or add a parser (docs/add-a-format.md): "
            f"{known_formats()}."
        )
    if entry.parser is text and _has_foreign_ending(raw, suffix, media_type):
        raise UnknownFormat(
            f"the ending {suffix} names no format that is read, and nothing inside does. If it is "
            "plain text, rename it to .txt or pass it as `dateline ingest - < FILE`."
        )
    return entry


def _has_foreign_ending(raw: RawDocument, suffix: str, media_type: str) -> bool:
    """Whether a file's name says that it is something else than text, which has no mark of its own.

    Numbers ("release.2024") and members of containers say nothing.
    """
    return (
        raw.uri.startswith("/")
        and "!/" not in raw.uri
        and not media_type.startswith("text/")
        and suffix not in text.SUFFIXES
        and re.fullmatch(r"\.[a-z][a-z0-9]{1,7}", suffix) is not None
    )


def known_formats() -> str:
    return ", ".join(entry.name for entry in FORMATS)


def parse(raw: RawDocument, limits: Limits) -> Iterator[Part]:
    """The parts of one document, whatever its format. Raises IngestError."""
    if depth(raw) > limits.depth:
        raise TooDeep(
            f"is packed {depth(raw)} containers deep, more than {limits.depth}. "
            "Unpack the outer ones and ingest the result."
        )
    stream = io.BytesIO(raw.content[: limits.document_bytes + 1])
    content = read_bounded(stream, limits, "the document")
    yield from recognise(raw).parser.parse(replace(raw, content=content), limits)


def expand(
    stream: BinaryIO, parent: RawDocument, limits: Limits
) -> Iterator[RawDocument | Problem]:
    """The single documents in a file, read as a stream; a page is its own only document.

    `parent` names the file and has no content yet. Raises IngestError; what came before stays.
    """
    if depth(parent) > limits.depth:
        raise TooDeep(f"is packed more than {limits.depth} containers deep. Unpack the outer ones.")
    head = read_head(stream)
    raw = replace(parent, content=head)
    entry = recognise(raw)
    if stream.seekable():
        stream.seek(0)
    else:
        stream = joined(head, stream)
    if entry.parser is compressed:
        inner = compressed.unpacked(stream, raw, limits)
        yield from expand(inner, compressed.inner(parent, b""), limits)
    elif entry.is_collection:
        yield from cast(Collection, entry.parser).members(stream, parent, limits)
    else:
        content = read_bounded(stream, limits, "the document")
        yield document(
            parent.uri,
            content,
            source=parent.source,
            media_type=parent.media_type,
            fetched_at=parent.fetched_at,
            hints=parent.hints,
        )


def read_head(stream: BinaryIO) -> bytes:
    """The first HEAD_BYTES, also of a pipe that gives them in pieces."""
    pieces: list[bytes] = []
    left = HEAD_BYTES
    while left > 0 and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def joined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """A head that was read ahead, followed by the rest of its stream."""
    return cast(BinaryIO, io.BufferedReader(_Joined(head, rest), HEAD_BYTES))


class _Joined(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data, self.head = self.head[: len(buffer)], self.head[len(buffer) :]
        data = data or self.rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
