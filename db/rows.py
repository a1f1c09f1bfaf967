"""A release and its extraction as values ready to be stored.

    Stored(release, extraction, raw) --prepare--> Prepared

Pure and picklable: with many workers each prepares what it extracted (keys, rows, fingerprint,
compression), so that the one writer only resolves and inserts.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from extract.types import Extraction, MentionKind
from ingest.types import Problem, RawDocument, Release

from .facts import FactRows, fact_rows
from .fingerprints import Fingerprint, fingerprint
from .resolution.keys import Thing, issuer_key, issuer_name, things
from .resolution.names import fold
from .sealed import Sealed

#: zlib level for raw documents: 6 is 3 % smaller and half as fast.
COMPRESSION = 3
#: An extraction that found nothing because none was made.
NOTHING = Extraction(release_uid="", extractor="")
#: What `Prepared.row` holds; the writer adds number, source, issuer and time.
RELEASE_COLUMNS = (
    "uid",
    "uri",
    "url",
    "title",
    "subtitle",
    "published",
    "published_year",
    "published_month",
    "language",
    "kind",
    "kind_reason",
    "issuer",
    "release_issuer",
    "dateline_place",
    "dateline_date",
    "dateline_year_from",
    "dateline_start_char",
    "dateline_end_char",
    "wire",
    "word_count",
    "content_hash",
    "raw_hash",
    "embargo_until",
    "extractor",
    "text",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What one document gave: the unit of `Store.save`.

    Without an extraction the release is stored without facts; without the raw document its bytes
    are not kept.
    """

    release: Release
    extraction: Extraction | None = None
    raw: RawDocument | None = None


class Packed(NamedTuple):
    """A raw document, compressed: a row of `documents` without its release."""

    uri: str
    media_type: str | None
    sha256: str
    fetched_at: str
    source: str
    hints: str
    size: int
    content: bytes


class Named(NamedTuple):
    """A thing of one release as the writer needs it.

    `key` is kind, block and evidence of its identity, `position` latitude and longitude (degrees)
    and country. `aliases` are (name, folded name, mentions, 1 for the full name or 0).
    """

    key: tuple[MentionKind, str, str]
    name: str
    reason: str
    mentions: int
    position: tuple[float | None, float | None, str | None]
    aliases: tuple[tuple[str, str, int, int], ...]
    acronyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A release as rows. `things` in order of first appearance; `issuer` is the index of one.

    `site` is the address of the web site it comes from, None for a file. `told` holds the release
    and its extraction as they were, closed while they travel.
    """

    told: Sealed[tuple[Release, Extraction]]
    uid: str
    uri: str
    source: str
    site: str | None
    sha256: str
    extractor: str | None
    published: str | None
    content_hash: str
    characters: int
    row: tuple[Any, ...]
    things: tuple[Named, ...]
    issuer: int | None
    facts: FactRows
    problems: tuple[Problem, ...]
    fingerprint: Fingerprint | None
    raw: Packed | None

    @property
    def release(self) -> Release:
        return self.told.value[0]

    @property
    def extraction(self) -> Extraction:
        return self.told.value[1]


def pack(raw: RawDocument) -> Packed:
    """Compress a raw document."""
    return Packed(
        raw.uri,
        raw.media_type,
        raw.sha256,
        raw.fetched_at.isoformat(),
        raw.source,
        json.dumps(dict(raw.hints), ensure_ascii=False, sort_keys=True),
        len(raw.content),
        zlib.compress(raw.content, COMPRESSION),
    )


def prepare(stored: Stored) -> Prepared:
    """Do all the work on a release that needs no database."""
    release, extraction = stored.release, stored.extraction or NOTHING
    found = things(release, extraction)
    places = {key: number for number, key in enumerate(found)}
    issuer = issuer_name(release, extraction)
    content_hash = hashlib.sha256(release.text.encode("utf-8", "surrogatepass")).hexdigest()
    extractor = stored.extraction.extractor if stored.extraction else None
    return Prepared(
        told=Sealed((release, extraction)),
        uid=release.uid,
        uri=release.uri,
        source=release.source,
        site=_site(release.url or release.uri),
        sha256=release.sha256,
        extractor=extractor,
        published=release.published.isoformat() if release.published else None,
        content_hash=content_hash,
        characters=len(release.text),
        row=_release_row(release, extraction, content_hash, extractor),
        things=tuple(_named(thing) for thing in found.values()),
        issuer=places[issuer_key(issuer, found)] if issuer else None,
        facts=fact_rows(release, extraction, places),
        problems=release.problems + extraction.problems,
        fingerprint=fingerprint(release),
        raw=pack(stored.raw) if stored.raw else None,
    )


def _site(address: str) -> str | None:
    """Scheme and host of a web address; None for others and for what only looks like one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}/" if parts.scheme in ("http", "https") else None


def _named(thing: Thing) -> Named:
    identity = thing.identity
    return Named(
        (identity.kind, identity.block, identity.evidence),
        thing.name,
        thing.reason,
        sum(uses for _, uses in thing.surfaces),
        (identity.latitude, identity.longitude, identity.country),
        tuple(_aliases(thing.name, thing.surfaces)),
        thing.acronyms,
    )


def _aliases(name: str, surfaces: Iterable[tuple[str, int]]) -> Iterable[tuple[str, str, int, int]]:
    """The full name, which may not be written out anywhere, and the other wordings."""
    uses = dict(surfaces)
    yield name, fold(name), uses.pop(name, 0), 1
    for text, mentions in uses.items():
        yield text, fold(text), mentions, 0


def _release_row(
    release: Release, extraction: Extraction, content_hash: str, extractor: str | None
) -> tuple[Any, ...]:
    line, day = release.dateline, release.published
    return (
        release.uid,
        release.uri,
        release.url,
        release.title,
        release.subtitle,
        day.isoformat() if day else None,
        day.year if day else None,
        day.isoformat()[:7] if day else None,
        release.language,
        extraction.kind,
        extraction.kind_reason,
        extraction.issuer,
        release.issuer,
        line.place if line else None,
        line.date.isoformat() if line and line.date else None,
        line.year_from if line else None,
        line.start_char if line else None,
        line.end_char if line else None,
        line.wire if line else None,
        len(release.text.split()),
        content_hash,
        release.sha256,
        _utc(release.embargo_until),
        extractor,
        release.text,
    )


def _utc(moment: datetime | None) -> str | None:
    """A moment in UTC; one without a zone is taken to be UTC."""
    if moment is None:
        return None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat(timespec="seconds")
