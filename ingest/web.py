"""Addresses: a page, a feed with its items (or their pages), a sitemap with its pages.

    https://halden.example/feed.xml  ->  each item; an item that only announces its page, the page

What the feed or sitemap says of a page (title, date) goes along as hints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from . import formats
from .errors import FetchError, IngestError, TooMany
from .fetch import Fetched, Fetcher
from .formats import feed, jsons, sitemap
from .formats.members import TEASER, document
from .limits import DEFAULT_LIMITS, Limits
from .types import Problem, RawDocument

SITEMAP_DEPTH = 2


def web_documents(
    address: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    allow_hosts: Sequence[str] = (),
    fetcher: Fetcher | None = None,
) -> Iterator[RawDocument | Problem]:
    """The documents at one address. Never raises; what cannot be fetched is a Problem."""
    fetcher = fetcher or Fetcher(limits=limits, allow_hosts=allow_hosts)
    try:
        raw = page(fetcher.get(address))
        yield from _documents(raw, fetcher, limits, depth=0)
    except IngestError as error:
        yield error.problem(address)


def page(fetched: Fetched, hints: dict[str, str] | None = None) -> RawDocument:
    """A fetched document; its source is the host."""
    return document(
        fetched.url,
        fetched.content,
        source=urlsplit(fetched.url).hostname or fetched.url,
        media_type=fetched.media_type,
        fetched_at=fetched.fetched_at,
        hints=hints,
    )


def is_feed(raw: RawDocument) -> bool:
    """RSS, Atom and their kin, or JSON that lists releases."""
    return formats.recognise(raw).parser in (feed, jsons)


def feed_items(raw: RawDocument, limits: Limits) -> Iterator[RawDocument]:
    """The items of a fetched feed; JSON that is a single release is its own only item."""
    items = replace(raw, source=raw.uri)
    for item in formats.parse(items, limits):
        yield item if isinstance(item, RawDocument) else raw


def full_item(item: RawDocument, fetcher: Fetcher) -> RawDocument:
    """`item`, or the page it announces. Raises FetchError."""
    if TEASER not in item.hints:
        return item
    hints = {field: value for field, value in item.hints.items() if field != TEASER}
    fetched = page(fetcher.get(item.hints["url"]), hints)
    return replace(fetched, source=item.source)


def _documents(
    raw: RawDocument, fetcher: Fetcher, limits: Limits, depth: int
) -> Iterator[RawDocument | Problem]:
    if sitemap.is_sitemap(raw) and depth < SITEMAP_DEPTH:
        yield from _sitemap_pages(raw, fetcher, limits, depth)
    elif is_feed(raw):
        for item in feed_items(raw, limits):
            try:
                yield full_item(item, fetcher)
            except FetchError as error:
                yield error.problem(item.hints["url"])
                yield item  # better its announcement than nothing
    else:
        yield raw


def _sitemap_pages(
    raw: RawDocument, fetcher: Fetcher, limits: Limits, depth: int
) -> Iterator[RawDocument | Problem]:
    """The pages of a sitemap on its own host: it speaks for no other."""
    host = urlsplit(raw.uri).hostname
    for number, entry in enumerate(sitemap.locations(raw, limits), start=1):
        if number > limits.parts:
            raise TooMany(
                f"a sitemap of more than {limits.parts:,} addresses; the rest was not fetched. "
                "Ingest the sitemaps it lists one by one."
            )
        if urlsplit(entry.uri).hostname != host:
            continue
        try:
            found = page(fetcher.get(entry.uri), dict(entry.hints))
            yield from _documents(found, fetcher, limits, depth + 1)
        except IngestError as error:
            yield error.problem(entry.uri)
