"""A web page's tree: which part is the release, its blocks, and what its head states.

Used by `ingest.formats.html`, and through it by every format that carries HTML.
"""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from .blocks import blocks
from .main import main_blocks
from .metadata import searched_date, witnesses

__all__ = ["blocks", "main_blocks", "parse", "searched_date", "witnesses"]


def parse(text: str) -> etree._Element | None:
    """The tree of an HTML text however broken, or None when there is no element in it.

    lxml alone: trafilatura and htmldate walk the same tree. What the page states of itself is
    read by BeautifulSoup (`metadata.self_description`).
    """
    # trafilatura loses text around comments, so they go at once.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", recover=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
