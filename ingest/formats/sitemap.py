"""Sitemaps and sitemap indexes: addresses, with the titles and dates of a news sitemap.

They hold no release; `ingest.web` follows them when a sitemap is what the user named.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import NotFollowed
from ..limits import Limits
from ..types import RawDocument
from .members import ORIGIN, document
from .xmls import find, local, parse_xml, root_name, words

ROOTS = frozenset(("urlset", "sitemapindex"))


def sniff(raw: RawDocument) -> float:
    return 1.0 if root_name(raw.content) in ROOTS else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument]:
    count = len(list(locations(raw, limits)))
    raise NotFollowed(
        f"a sitemap of {count:,} addresses, none of which was fetched. "
        "Ingest the sitemap's own address (https://…/sitemap.xml) to follow it."
    )
    yield


def is_sitemap(raw: RawDocument) -> bool:
    return sniff(raw) > 0


def locations(raw: RawDocument, limits: Limits) -> Iterator[RawDocument]:
    """One document without content an address, its hints what the sitemap says of it.

    An index gives its sitemaps' addresses.
    """
    for entry in parse_xml(raw.content, limits):
        if local(entry) not in ("url", "sitemap"):
            continue
        address = words(find(entry, "loc"))
        if not address.startswith(("http://", "https://")):
            continue
        news = find(entry, "news")
        hints = {ORIGIN: "sitemap"}
        if news is not None:
            hints["title"] = words(find(news, "title"))
            hints["published"] = words(find(news, "publication_date"))
            hints["language"] = words(find(news, "publication", "language"))
        yield document(address, b"", source=raw.uri, hints=hints)
