"""What a page's head and markup state about the document, as witnesses.

Open Graph, article:*, Dublin Core, citation_*, parsely and plain meta names; JSON-LD; microdata;
<time>; canonical link; <title>, <h1>, language. Nothing is judged here: the anatomy does.

What stands in elements without text of the article (meta, link, script) is read by BeautifulSoup,
which builds only those; the rest from the tree that the article is read from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer
from lxml import etree

from ..types import Witness, WitnessField

#: meta name, property or itemprop (lower case) -> what it states. Order is not rank.
META: dict[str, WitnessField] = {
    "og:title": "title",
    "twitter:title": "title",
    "dc.title": "title",
    "dcterms.title": "title",
    "citation_title": "title",
    "parsely-title": "title",
    "sailthru.title": "title",
    "headline": "title",
    "title": "title",
    "article:published_time": "published",
    "article:published": "published",
    "og:published_time": "published",
    "og:article:published_time": "published",
    "datepublished": "published",
    "datecreated": "published",
    "date": "published",
    "pubdate": "published",
    "publishdate": "published",
    "publish-date": "published",
    "publish_date": "published",
    "publication_date": "published",
    "published_date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "dc.date.created": "published",
    "dcterms.date": "published",
    "dcterms.created": "published",
    "dcterms.issued": "published",
    "dcterms.available": "published",
    "citation_date": "published",
    "citation_publication_date": "published",
    "parsely-pub-date": "published",
    "sailthru.date": "published",
    "rnews:datepublished": "published",
    "cxenseparse:recs:publishtime": "published",
    "article.published": "published",
    "bt:pubdate": "published",
    "release_date": "published",
    "releasedate": "published",
    "author": "author",
    "article:author": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "parsely-author": "author",
    "sailthru.author": "author",
    "citation_author": "author",
    "byl": "author",
    "twitter:creator": "author",
    "og:site_name": "wire",
    "application-name": "wire",
    "dc.publisher": "wire",
    "dcterms.publisher": "wire",
    "og:url": "url",
    "og:locale": "language",
    "language": "language",
    "content-language": "language",
    "dc.language": "language",
    "dcterms.language": "language",
    "inlanguage": "language",
    "keywords": "keywords",
    "news_keywords": "keywords",
    "article:tag": "keywords",
    "dateline": "location",
    "geo.placename": "location",
    "contentlocation": "location",
}

ARTICLE_TYPES = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle",
        "BackgroundNewsArticle", "OpinionNewsArticle", "PressRelease", "BlogPosting",
        "LiveBlogPosting", "TechArticle", "ScholarlyArticle", "Report", "WebPage",
        "ItemPage",
    }
)  # fmt: skip

#: More JSON-LD than this (characters) on one page is a data dump, not a statement on the article.
MAX_JSON_CHARS = 500_000
MAX_VALUE_CHARS = 1_000
MAX_JSON_DEPTH = 12
MAX_WITNESSES = 200

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}>")
_CONTROL = re.compile(r"[\x00-\x1f]")


#: Elements in which a page speaks of itself.
SELF_DESCRIPTION = SoupStrainer(["meta", "link", "script"])


def witnesses(html: str, tree: etree._Element) -> tuple[Witness, ...]:
    """Everything the page states about its article, in the order it states it, once each.

    `tree` is the tree of `html`.
    """
    stated = self_description(html)
    found: dict[Witness, None] = {}
    for source in (_meta(stated), _json_ld(stated), _links(stated), _language(tree), _body(tree)):
        for field, origin, value in source:
            folded = " ".join(unescape(value).split())[:MAX_VALUE_CHARS]
            if folded and len(found) < MAX_WITNESSES:
                found.setdefault(Witness(field, origin, folded))
    return tuple(found)


def self_description(html: str) -> BeautifulSoup:
    """The meta, link and script elements of a page, wherever they stand, and nothing else."""
    # An XML declaration would make BeautifulSoup warn; lone surrogates cannot be encoded.
    text = _XML_DECLARATION.sub("", html, count=1).encode("utf-8", "replace")
    return BeautifulSoup(text, "lxml", parse_only=SELF_DESCRIPTION, from_encoding="utf-8")


def _stated(soup: BeautifulSoup, name: str) -> Iterator[Tag]:
    for element in soup.find_all(name):
        if isinstance(element, Tag):
            yield element


def _value(element: Tag, attribute: str) -> str:
    """An attribute as text; those that HTML calls lists (rel) with spaces between."""
    value = element.get(attribute) or ""
    return value if isinstance(value, str) else " ".join(value)


#: The first of January as people and addresses write it.
_NEW_YEAR = re.compile(r"(?i)\bjan(?:uary|\.|\b)|\b0?1([-/.])0?1(?:\1|\b)|\b\d{4}0101\b")


def searched_date(tree: etree._Element, url: str | None) -> tuple[Witness, ...]:
    """The publication date htmldate finds in address, markup or text of a page that states none.

    A year alone is no day: htmldate makes the first of January of it. Changes the tree; call it
    last.
    """
    from htmldate import find_date

    new_year = any(_NEW_YEAR.search(str(text)) for text in (url or "", *tree.itertext()))
    try:
        found = find_date(tree, url=url, original_date=True)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, etree.LxmlError):
        return ()  # a tree the library cannot walk states no date
    if not found or (found.endswith("-01-01") and not new_year):
        return ()
    return (Witness("published", "htmldate", found),)


_Statement = tuple[WitnessField, str, str]


def _meta(soup: BeautifulSoup) -> Iterator[_Statement]:
    for element in _stated(soup, "meta"):
        value = _value(element, "content") or _value(element, "datetime")
        if not value:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = _value(element, attribute).strip().lower()
            field = META.get(name)
            if field is None or (attribute == "itemprop" and field in ("wire", "author")):
                continue
            yield field, f"meta:{name}", value


def _links(soup: BeautifulSoup) -> Iterator[_Statement]:
    for element in _stated(soup, "link"):
        if "canonical" in _value(element, "rel").lower().split() and _value(element, "href"):
            yield "url", "link:canonical", _value(element, "href")


def _language(tree: etree._Element) -> Iterator[_Statement]:
    root = tree.getroottree().getroot()
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        yield "language", "html:lang", language


def _body(tree: etree._Element) -> Iterator[_Statement]:
    title = next(tree.iter("title"), None)
    if title is not None:
        yield "title", "html:title", _text(title)
    for element in tree.iter("h1"):
        yield "title", "html:h1", _text(element)
    for element in tree.iter("time", "span", "div", "abbr", "p", "a", "h1", "h2"):
        prop = (element.get("itemprop") or "").lower()
        if element.tag == "time" and (element.get("datetime") or element.text):
            origin = "time:" + prop if prop else "time"
            if prop not in ("datemodified", "startdate", "enddate"):
                yield "published", origin, element.get("datetime") or element.text or ""
        elif prop in ("datepublished", "headline", "author"):
            value = element.get("content") or element.get("datetime") or _text(element)
            yield META[prop], f"microdata:{prop}", value
        elif "author" in (element.get("rel") or "").lower().split():
            yield "author", "rel:author", _text(element)


def _text(element: etree._Element) -> str:
    parts: list[str] = []
    length = 0
    for text in element.itertext():
        parts.append(str(text))
        length += len(text)
        if length > MAX_VALUE_CHARS:
            break
    return " ".join("".join(parts).split())


def _json_ld(soup: BeautifulSoup) -> Iterator[_Statement]:
    budget = MAX_JSON_CHARS
    for element in _stated(soup, "script"):
        text = element.string
        if "ld+json" not in _value(element, "type").lower() or not text:
            continue
        budget -= len(text)
        if budget < 0:
            return
        for thing in _things(_loaded(text)):
            yield from _article(thing)


def _loaded(text: str) -> Any:
    """The JSON in a script element, also when its author left line breaks inside strings."""
    body = text.strip().removeprefix("<!--").removesuffix("-->")
    if "<![CDATA[" in body[:40]:
        body = body.partition("<![CDATA[")[2].rpartition("]]>")[0]
    body = body.strip().rstrip(";").strip("*/ \n")
    for attempt in (body, _CONTROL.sub(" ", body)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > MAX_JSON_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _things(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if key in value:
                yield from _things(value[key], depth + 1)


def _article(thing: dict[str, Any]) -> Iterator[_Statement]:
    types = thing.get("@type")
    names = [
        name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)
    ]
    kind = next((name for name in names if name in ARTICLE_TYPES), None)
    if kind is None:
        return
    # A WebPage describes the page; only an article type describes the article.
    origin = "json-ld" if kind not in ("WebPage", "ItemPage") else "json-ld:page"
    fields: tuple[tuple[str, WitnessField], ...] = (
        ("headline", "title"),
        ("alternativeHeadline", "subtitle"),
        ("datePublished", "published"),
        ("dateCreated", "published"),
        ("inLanguage", "language"),
        ("url", "url"),
        ("author", "author"),
        ("creator", "author"),
        ("publisher", "wire"),
        ("sourceOrganization", "issuer"),
        ("contentLocation", "location"),
        ("dateline", "location"),
        ("keywords", "keywords"),
    )
    if origin == "json-ld:page":
        fields = tuple(item for item in fields if item[0] in ("datePublished", "inLanguage"))
    for key, field in fields:
        for name in _names(thing.get(key)):
            yield field, f"{origin}:{key}", name


def _names(value: Any) -> Iterator[str]:
    for item in value[:20] if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            name = item.get("name") or item.get("@id")
            if isinstance(name, str) and not name.startswith(("http:", "https:", "#", "_:")):
                yield name
