"""WARC web archives: every archived page, feed or document is a document.

crawl.warc.gz  ->  crawl.warc.gz!/https://halden.example/news/41.html
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from ..errors import BrokenDocument, IngestError, storable
from ..limits import Limits, read_bounded
from ..types import Problem, RawDocument
from .members import ORIGIN, document, member_uri

KINDS = ("response", "resource", "conversion")
#: Parts of the media types that may hold a release; pictures, scripts and styles do not.
TEXT_MARKS = ("html", "text/plain", "xml", "json", "pdf", "rss", "atom", "markdown", "wordprocess")
NOT_RELEASES = ("javascript", "svg")


def sniff(raw: RawDocument) -> float:
    return 1.0 if raw.content.startswith(b"WARC/") else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument | Problem]:
    return members(io.BytesIO(raw.content), raw, limits)


def members(
    stream: BinaryIO, parent: RawDocument, limits: Limits
) -> Iterator[RawDocument | Problem]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream):
            address = str(record.rec_headers.get_header("WARC-Target-URI") or "")
            if not address or not _is_wanted(record):
                continue
            try:
                yield _document(parent, address, record, limits)
            except IngestError as error:
                yield error.problem(member_uri(parent.uri, address))
    except IngestError:
        raise
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, TypeError, AttributeError) as error:
        raise BrokenDocument(
            f"WARC file is cut off or damaged ({type(error).__name__}: {error}). Crawl it again."
        ) from error


def _is_wanted(record: Any) -> bool:
    if record.rec_type not in KINDS:
        return False
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return False
    kind = _media_type(record).lower()
    return any(mark in kind for mark in TEXT_MARKS) and not any(
        mark in kind for mark in NOT_RELEASES
    )


def _media_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _document(parent: RawDocument, address: str, record: Any, limits: Limits) -> RawDocument:
    content = read_bounded(cast(BinaryIO, record.content_stream()), limits, "the archived page")
    return document(
        member_uri(parent.uri, address),
        content,
        source=parent.source,
        media_type=storable(_media_type(record)) or None,
        fetched_at=_date(str(record.rec_headers.get_header("WARC-Date") or "")),
        hints={ORIGIN: "warc", "url": storable(address)},
    )


def _date(stated: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
