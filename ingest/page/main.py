"""The part of a page that is the release: without navigation, advertising, footer.

A page whose article element is plain to see is taken whole, so that no short paragraph of a
contact block is lost; any other goes through trafilatura, the best measured extractor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ..types import Block
from .blocks import SKIPPED_TAGS, blocks

#: Elements of a page's furniture.
JUNK_TAGS = ("nav", "aside", "footer", "form", "dialog", "menu", "iframe")
JUNK_ROLES = frozenset(
    "navigation complementary search banner contentinfo dialog alertdialog menu menubar".split()
)
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
    "//*[self::div or self::section or self::article][contains(concat(' ',@class,' '),' release-body ')"
    " or contains(concat(' ',@class,' '),' press-release-body ')"
    " or contains(concat(' ',@class,' '),' news-release-body ')]",
    "//article",
    "//main",
    "//*[@role='main']",
)

#: A container shorter than this (characters) is a teaser.
MIN_CHARS = 250
#: Share of a container's characters that may stand in links.
MAX_LINK_SHARE = 0.05
#: Share of the page's running text that an obvious container must hold.
MIN_SHARE = 0.97
#: Only text in elements with at least this many characters counts as running text.
RUNNING_CHARS = 80


def main_blocks(tree: etree._Element, url: str | None = None) -> tuple[Block, ...]:
    """The release's blocks; of a page without an article, all that is not furniture."""
    junk = frozenset(_junk(tree))
    found = obvious(tree, junk)
    if found is not None:
        return blocks(found, junk)
    return _extracted(tree, url) or blocks(tree, junk)


def _junk(tree: etree._Element) -> Iterator[etree._Element]:
    for element in tree.iter(etree.Element):
        if element.tag in JUNK_TAGS or (element.get("role") or "").lower() in JUNK_ROLES:
            yield element
        elif "hidden" in element.attrib or "display:none" in (element.get("style") or "").replace(
            " ", ""
        ):
            yield element
        elif element.tag not in ("html", "body", "article", "main"):
            names = f"{element.get('class', '')} {element.get('id', '')}"
            if names != " " and JUNK_WORDS.search(names[:300]):
                yield element


def obvious(tree: etree._Element, junk: frozenset[etree._Element]) -> etree._Element | None:
    """The one element that plainly is the article, or None."""
    total = None
    for path in CONTAINERS:
        found = [element for element in tree.xpath(path) if element not in junk]
        if not found or len(found) > MAX_CONTAINERS:
            continue
        measured = [(_measure(element, junk), element) for element in found]
        (running, linked, chars), best = max(measured, key=lambda item: item[0][0])
        if chars < MIN_CHARS or linked > MAX_LINK_SHARE * chars:
            continue
        if sum(size[0] > RUNNING_CHARS for size, _ in measured) > 1 and running < MIN_SHARE * sum(
            size[0] for size, _ in measured
        ):
            continue
        if total is None:
            total = _measure(tree, junk)[0]
        if running >= MIN_SHARE * total:
            return best
    return None


#: More article elements than this make a listing.
MAX_CONTAINERS = 40


def _measure(root: etree._Element, junk: frozenset[etree._Element]) -> tuple[int, int, int]:
    """Characters of running text, in links, and in all."""
    running = linked = chars = links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in SKIPPED_TAGS or element in junk:
                walk.skip_subtree()
                continue
            if tag == "a":
                links += 1
            size = len(element.text.strip()) if element.text else 0
        elif tag in SKIPPED_TAGS or element in junk:
            size = 0
        elif tag == "a":
            links -= 1
            size = 0
        else:
            size = 0
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
