"""A release and its extraction as values ready to be stored.

    Stored(release, extraction, raw) --prepare--> Prepared

Pure and picklable: with many workers each prepares what it extracted (keys, fingerprint,
compression), so that the one writer only resolves and inserts.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass

from extract.types import Extraction
from ingest.types import RawDocument, Release

from .fingerprints import Fingerprint, fingerprint
from .resolution.keys import Thing, issuer_key, issuer_name, things

#: zlib level for raw documents: 6 is 3 % smaller and half as fast.
COMPRESSION = 3
#: An extraction that found nothing because none was made.
NOTHING = Extraction(release_uid="", extractor="")


@dataclass(frozen=True, slots=True)
class Stored:
    """What one document gave: the unit of `Store.save`.

    Without an extraction the release is stored without facts; without the raw document its bytes
    are not kept.
    """

    release: Release
    extraction: Extraction | None = None
    raw: RawDocument | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """A raw document, compressed."""

    uri: str
    media_type: str | None
    sha256: str
    fetched_at: str
    source: str
    hints: str
    size: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """`things` in order of first appearance; `issuer` is the index of the issuing one, or None."""

    release: Release
    extraction: Extraction
    extractor: str | None
    content_hash: str
    word_count: int
    things: tuple[Thing, ...]
    issuer: int | None
    fingerprint: Fingerprint | None
    raw: Packed | None


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
    issuer = issuer_name(release, extraction)
    return Prepared(
        release=release,
        extraction=extraction,
        extractor=stored.extraction.extractor if stored.extraction else None,
        content_hash=hashlib.sha256(release.text.encode("utf-8", "surrogatepass")).hexdigest(),
        word_count=len(release.text.split()),
        things=tuple(found.values()),
        issuer=list(found).index(issuer_key(issuer, found)) if issuer else None,
        fingerprint=fingerprint(release),
        raw=pack(stored.raw) if stored.raw else None,
    )
