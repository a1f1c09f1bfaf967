"""The part of a page that is the release: without navigation, advertising, footer.

A plain page is taken whole, so that no short line of a contact block is lost. Any other goes
through trafilatura, the best measured extractor, and what the page's own markup says about its
article (articleBody, <article>, <main>) mends the extremes: an article missed, or more than it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, cast

from lxml import etree

from ..types import Block
from .blocks import SKIPPED_TAGS, blocks

_WORD = re.compile(r"\w+")

#: Elements of a page's furniture.
JUNK_TAGS = ("nav", "aside", "footer", "form", "dialog", "menu", "iframe")
JUNK_ROLES = frozenset(
    {
        "navigation", "complementary", "search", "banner", "contentinfo", "dialog",
        "alertdialog", "menu", "menubar",
    }
)  # fmt: skip
#: Words of class and id that mark furniture.
JUNK_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|widget|share|sharing|social|related"
    r"|recommend(?:ed|ations?)|newsletter|subscribe|subscription|cookies?|consent|advert\w*|ads?"
    r"|sponsored|promo|comments?|disqus|pagination|pager|popup|modal|tooltip|toolbar|skip|footer"
    r"|masthead|taboola|outbrain|most-(?:read|popular)|read-?more|more-(?:news|stories)|signup"
    r"|print|hidden|sr-only|screen-reader(?:-text)?|visually-?hidden|addtoany\w*|addthis\w*"
    r"|jp-relatedposts|sharedaddy|tags?|tag-?cloud|author-?bio|post-?nav|prev(?:ious)?-?next)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: Containers whose name says that they hold the article's text, best first.
CONTAINERS = (
    "//*[@itemprop='articleBody']",
    "//*[contains(concat(' ',@class,' '),' release-body ')"
    " or contains(concat(' ',@class,' '),' press-release-body ')"
    " or contains(concat(' ',@class,' '),' news-release-body ')]",
    "//article",
    "//main",
    "//*[@role='main']",
)

#: A container with less running text than this (characters) is a teaser or a caption.
MIN_CHARS = 600
#: The same for a plain page, where nothing else could be the article.
MIN_PLAIN_CHARS = 150
#: A page of no more elements than this, most of its text in one container, is plain.
MAX_PLAIN_ELEMENTS = 250
#: Share of a plain page's running text that its container holds.
MIN_PLAIN_SHARE = 0.95
#: Share of a container's characters that may stand in links.
MAX_LINK_SHARE = 0.15
#: trafilatura missed the article when it gives less than this share of the container's text.
MIN_EXTRACTED_SHARE = 0.5
#: The container is where the article is when it holds this share of what trafilatura gives.
MIN_AGREED_SHARE = 0.6
#: A block with fewer characters in one piece than this is a line, not running text.
RUNNING_CHARS = 80


class Container(NamedTuple):
    """An element that says it holds the article; sizes are characters."""

    element: etree._Element
    running: int
    linked: int
    chars: int


def main_blocks(tree: etree._Element, url: str | None = None) -> tuple[Block, ...]:
    """The release's blocks; of a page without an article, all that is not furniture."""
    junk = frozenset(_junk(tree))
    found = container(tree, junk)
    for candidate in (found, _parent_of_most(tree, junk)):
        if candidate is not None and _is_plain(tree, candidate, junk):
            return blocks(candidate.element, junk)
    whole = blocks(found.element, junk) if found is not None else ()
    extracted = _extracted(tree, url)
    if found is None or found.running < MIN_CHARS:
        return extracted or whole or blocks(tree, junk)
    if (
        _length(extracted) < MIN_EXTRACTED_SHARE * found.running
        and found.linked < MAX_LINK_SHARE * found.chars
    ):
        return whole
    return _within(extracted, whole)


def container(tree: etree._Element, junk: frozenset[etree._Element]) -> Container | None:
    """The most telling element that says it holds the article, or None."""
    best: Container | None = None
    for path in CONTAINERS:
        found = cast("list[etree._Element]", tree.xpath(path))
        sized = [
            Container(element, *_measure(element, junk))
            for element in found[:MAX_CONTAINERS]
            if element not in junk
        ]
        largest = max(sized, key=lambda item: item.running, default=None)
        if largest is not None and largest.running >= MIN_CHARS:
            return largest
        best = best or largest
    return best


def _parent_of_most(tree: etree._Element, junk: frozenset[etree._Element]) -> Container | None:
    """The element whose own paragraphs hold the most text."""
    sizes: dict[etree._Element, int] = {}
    for paragraph in islice(tree.iter("p"), MAX_PLAIN_ELEMENTS):
        parent = paragraph.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + len(paragraph.text or "")
    best = max(sizes, key=lambda element: sizes[element], default=None)
    return Container(best, *_measure(best, junk)) if best is not None else None


#: More article elements than this are not looked at: the page is a listing.
MAX_CONTAINERS = 40


def _is_plain(tree: etree._Element, found: Container, junk: frozenset[etree._Element]) -> bool:
    """A page made by hand or by a simple newsroom: nothing but the release in its container."""
    if sum(1 for _ in zip(tree.iter(), range(MAX_PLAIN_ELEMENTS + 1), strict=False)) > (
        MAX_PLAIN_ELEMENTS
    ):
        return False
    if found.chars < MIN_PLAIN_CHARS or found.linked > MAX_LINK_SHARE * found.chars:
        return False
    return found.running >= MIN_PLAIN_SHARE * _measure(tree, junk)[0]


def _within(extracted: tuple[Block, ...], whole: tuple[Block, ...]) -> tuple[Block, ...]:
    """`extracted` from the first to the last block that the container holds too, and headings
    before it (a subhead often stands outside)."""
    inside = _letters(" ".join(block.text for block in whole))
    held = [_letters(block.text) in inside for block in extracted]
    agreed = sum(len(block.text) for block, is_held in zip(extracted, held, strict=True) if is_held)
    if agreed < MIN_AGREED_SHARE * _length(extracted):
        return extracted
    first = held.index(True)
    last = len(held) - held[::-1].index(True)
    front = tuple(block for block in extracted[:first] if block.kind == "heading")
    return front + extracted[first:last]


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _length(read: tuple[Block, ...]) -> int:
    return sum(len(block.text) for block in read)


def _junk(tree: etree._Element) -> Iterator[etree._Element]:
    for element in tree.iter(etree.Element):
        if (
            element.tag in JUNK_TAGS
            or (element.get("role") or "").lower() in JUNK_ROLES
            or "hidden" in element.attrib
            or "display:none" in (element.get("style") or "").replace(" ", "")
        ):
            yield element
        elif element.tag not in ("html", "body", "article", "main"):
            names = f"{element.get('class', '')} {element.get('id', '')}"
            if names != " " and JUNK_WORDS.search(names[:300]):
                yield element


def _measure(root: etree._Element, junk: frozenset[etree._Element]) -> tuple[int, int, int]:
    """Characters of running text, in links, and in all."""
    running = linked = chars = links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        size = 0
        is_out = tag in SKIPPED_TAGS or element in junk
        if event == "start":
            if is_out:
                walk.skip_subtree()
                continue
            links += tag == "a"
            size = len(element.text.strip()) if element.text else 0
        elif tag == "a" and not is_out:
            links -= 1
        if event == "end" and element is not root and element.tail:
            size = len(element.tail.strip())
        chars += size
        if links:
            linked += size
        if size >= RUNNING_CHARS:
            running += size
    return running, linked, chars


def _extracted(tree: etree._Element, url: str | None) -> tuple[Block, ...]:
    import trafilatura

    try:
        document = trafilatura.bare_extraction(
            tree, url=url, include_comments=False, include_formatting=False, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return ()  # a tree that the library cannot walk; the caller reads all of it
    body = getattr(document, "body", None)
    return blocks(body) if body is not None else ()
