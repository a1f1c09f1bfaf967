"""The values that leave `ingest/`, and the ones its halves hand to each other.

    RawDocument --formats--> Draft --anatomy--> Release

Offsets are 0-based, end-exclusive Unicode code points into `Release.text`;
`text[start_char:end_char]` always equals the words they stand for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

SectionKind = Literal[
    "headline",
    "subhead",
    "release_line",
    "dateline",
    "body",
    "list",
    "table",
    "caption",
    "boilerplate",
    "contact",
    "notice",
    "end_mark",
]

BlockKind = Literal["heading", "paragraph", "list_item", "table_row", "caption", "preformatted"]

WitnessField = Literal[
    "title",
    "subtitle",
    "published",
    "language",
    "url",
    "issuer",
    "author",
    "wire",
    "embargo",
    "location",
    "contact",
    "keywords",
    "guid",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong with one document, worded so that the reader knows what to do.

    `code` is a stable slug (`empty-file`, `unknown-format`, …). `start` is an offset into the
    release's text, or None when the problem concerns the document as a whole.
    """

    stage: Literal["ingest", "extract", "store", "fetch"]
    code: str
    message: str
    start: int | None = None
    uri: str = ""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document's bytes as they came, before anything was read from them.

    `uri` says where (path, URL, or `archive.zip!/member.html` for a part of a container).
    `source` is the name of the collection it came from (folder, feed, host). `hints` carries what
    the surroundings know of the document (a feed item's title and date, a mail's subject), as
    witness fields.
    """

    uri: str
    media_type: str | None
    content: bytes
    sha256: str
    fetched_at: datetime
    source: str
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Witness:
    """One statement about the document by something other than its running text.

    `origin` names the speaker (`meta:article:published_time`, `json-ld`, `feed`, `mail:Date`).
    `value` is the words as found; dates and languages are not yet normalised.
    """

    field: WitnessField
    origin: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece of the page, in reading order, white space folded.

    `level` is the heading level (1 to 6) for headings, else 0. Text of a `preformatted` block
    keeps its line breaks.
    """

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format parser gives: the readable blocks and the witnesses, nothing interpreted."""

    blocks: tuple[Block, ...]
    witnesses: tuple[Witness, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the release. `organisation` is the X of an "About X" boilerplate, else None."""

    kind: SectionKind
    start_char: int
    end_char: int
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """ "BEIJING, Sept. 26, 2023 /PRNewswire/ --". Absent parts are None.

    `year_from` says where a missing year was taken from (`dateline`, `metadata`, `headline`,
    `text`); None when `date` is None.
    """

    place: str | None
    date: date | None
    wire: str | None
    start_char: int
    end_char: int
    year_from: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A press release read as one.

    `text` is the whole release in reading order: headline, blank line, subhead, dateline, body,
    boilerplate, contacts; paragraphs separated by one blank line. `uid` is stable for the same
    document (its canonical URL, else its URI). `sha256` is of the raw bytes. `language` is an
    ISO 639-1 code or None when unsure. `published` is the sanest of the publication witnesses.
    """

    uid: str
    uri: str
    source: str
    title: str
    subtitle: str | None
    published: date | None
    language: str | None
    issuer: str | None
    dateline: Dateline | None
    text: str
    sections: tuple[Section, ...]
    sha256: str
    problems: tuple[Problem, ...] = ()
    url: str | None = None
    embargo_until: datetime | None = None
    witnesses: tuple[Witness, ...] = ()
