"""Make releases from a few lines of text."""

from __future__ import annotations

from datetime import UTC, datetime

from ingest import anatomy
from ingest.formats.html import html_draft
from ingest.formats.text import text_draft
from ingest.types import Draft, RawDocument, Release, Witness

FETCHED = datetime(2025, 6, 30, 12, 0, tzinfo=UTC)


def raw(uri: str = "release.txt") -> RawDocument:
    return RawDocument(uri, None, b"", "0" * 64, FETCHED, "test")


def from_text(text: str, *witnesses: Witness) -> Release:
    draft = text_draft(text)
    return anatomy.read(raw(), Draft(draft.blocks, draft.witnesses + witnesses))


def from_html(html: str, uri: str = "release.html") -> Release:
    url = uri if uri.startswith("http") else None
    return anatomy.read(raw(uri), html_draft(html, whole_page=True, url=url))


def parts(release: Release) -> list[tuple[str, str]]:
    """Kind and words of each section, in order."""
    return [
        (section.kind, release.text[section.start_char : section.end_char])
        for section in release.sections
    ]
