"""RSS, Atom, RDF and CDF feeds: every item is a document, with what the feed says of it.

    feed.xml  ->  feed.xml!/https://halden.example/news/41   hints: title, published, url, …

feedparser reads the feed, however broken; the item's own text (content, else summary) is the
document. `hints[TEASER]` marks an item that only points to its page.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from typing import Any

from ..errors import BrokenDocument, storable
from ..limits import Limits
from ..types import RawDocument
from . import html
from .bodies import is_html
from .members import ORIGIN, TEASER, is_teaser, member, shown_text
from .xmls import refuse_entity_bomb, root_name, whole_references

ROOTS = frozenset(("rss", "rdf", "feed", "channel"))
_LOST_ROOT = re.compile(rb"<(?:rss|rdf:RDF|feed|channel)[\s>]", re.IGNORECASE)
_READABLE_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [A-Za-z]{3,9}\.? \d{4}")


def sniff(raw: RawDocument) -> float:
    root = root_name(raw.content)
    if root in ROOTS:
        return 1.0
    head = raw.content[:4000]
    return 0.96 if not root and _LOST_ROOT.search(head) and b"<html" not in head.lower() else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument]:
    import feedparser

    refuse_entity_bomb(raw.content, limits)
    headers = {"content-type": raw.media_type} if raw.media_type else {}
    # Always a stream: a string would be taken for an address and fetched.
    try:
        # References to half a character would make feedparser raise; the bytes stay as they are.
        content = whole_references(raw.content.decode("latin-1")).encode("latin-1")
        read = feedparser.parse(io.BytesIO(content), response_headers=headers)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenDocument(
            f"feed cannot be read ({type(error).__name__}: {error}). Ingest its pages instead."
        ) from error
    if not read.entries:
        reason = read.get("bozo_exception")
        raise BrokenDocument(
            f"feed without an item{f' ({reason})' if reason else ''}. "
            "Check that the address is the feed's own."
        )
    language = _string(read.feed.get("language"))
    for number, entry in enumerate(read.entries, start=1):
        yield _item(raw, number, entry, language)


def _item(raw: RawDocument, number: int, entry: Any, language: str) -> RawDocument:
    body, body_language = _body(entry)
    link = _string(entry.get("link"))
    title = _plain(_string(entry.get("title")))
    hints = {
        ORIGIN: "feed",
        "title": title,
        "published": _date(entry),
        "url": link if link.startswith(("http://", "https://")) else "",
        "author": _string(entry.get("author")),
        "language": body_language or language,
        "guid": _string(entry.get("id")),
        "keywords": ", ".join(_string(tag.get("term")) for tag in entry.get("tags", ())),
    }
    if link and is_teaser(body):
        hints[TEASER] = "yes"
    content = body if shown_text(body) else title  # a picture alone is no text
    kind = "text/html" if is_html(content) else "text/plain"
    return member(
        raw,
        hints["guid"] or link or str(number),
        content.encode("utf-8"),
        media_type=f"{kind}; charset=utf-8",
        hints={field: storable(value) for field, value in hints.items() if value},
    )


def _body(entry: Any) -> tuple[str, str]:
    """The item's longest text and the language it states."""
    texts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    best = max(texts, key=lambda text: len(_string(text.get("value"))))
    value = _string(best.get("value")) or _string(entry.get("summary"))
    return storable(value), _string(best.get("language"))


def _date(entry: Any) -> str:
    """The date in the feed's words, else (odd calendars) as feedparser understood it, in UTC."""
    for name in ("published", "updated", "created"):
        stated = _string(entry.get(name)) if name in entry else ""
        parsed = entry.get(f"{name}_parsed") if stated else None
        if stated and _READABLE_DATE.search(stated):
            return stated
        if parsed:
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed)
        if stated:
            return stated
    return ""


def _plain(title: str) -> str:
    """A title without its markup: feeds put `<b>` and `&amp;` into it."""
    if "<" in title or "&" in title:
        read = html.html_draft(f"<p>{title}</p>", whole_page=False, url=None)
        title = " ".join(block.text for block in read.blocks)
    return " ".join(title.split())


def _string(value: object) -> str:
    return storable(value).strip() if isinstance(value, str) else ""
