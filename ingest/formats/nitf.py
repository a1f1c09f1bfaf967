"""NITF, the news agencies' article format, alone or inside NewsML.

<hl1> -> title witness, <hl2> -> subtitle, <dateline> -> the first words of the text
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ..limits import Limits
from ..types import Draft, RawDocument, Witness, WitnessField
from . import html
from .xmls import find, find_all, local, parse_xml, root_name, words

# NITF's names for what HTML has too; the others (p, ul, ol, li, table, tr, td, pre) are the same.
HTML_NAMES = {
    "hl1": "h1",
    "hl2": "h2",
    "media-caption": "figcaption",
    "media": "figure",
    "bq": "blockquote",
    "block": "div",
    "q": "span",
    "note": "p",
    "body.content": "div",
    "body.end": "div",
}
_ELEMENT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
NOT_TEXT = ("media-reference", "media-metadata", "media-object", "media-producer")


def sniff(raw: RawDocument) -> float:
    return 1.0 if root_name(raw.content) == "nitf" else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[Draft]:
    yield element_draft(parse_xml(raw.content, limits))


def element_draft(nitf: etree._Element) -> Draft:
    """The draft of an `<nitf>` element."""
    stated = tuple(_witnesses(nitf))
    content = find(nitf, "body.content")
    if content is None:
        content = find(nitf, "body")
    if content is None:
        return Draft((), stated)
    tagline = find(nitf, "tagline")
    markup = to_html(content) + (to_html(tagline) if tagline is not None else "")
    draft = html.html_draft(
        with_dateline(markup, words(find(nitf, "dateline"))), whole_page=False, url=None
    )
    return Draft(draft.blocks, stated + draft.witnesses, draft.problems)


def to_html(element: etree._Element) -> str:
    """NITF or XHTML content as plain HTML, namespaces and metadata gone."""
    for child in list(element.iter()):
        name = local(child)
        if not name:
            continue
        link = child.get("href")
        child.attrib.clear()
        if link:
            child.set("href", link)
        child.tag = _html_name(name)
        if name in NOT_TEXT:
            child.text = None
    return str(etree.tostring(element, method="html", encoding="unicode", with_tail=False))


def _html_name(name: str) -> str:
    if name in NOT_TEXT or not _ELEMENT_NAME.fullmatch(name):
        return "span"
    return HTML_NAMES.get(name, name)


def with_dateline(markup: str, dateline: str) -> str:
    """Agencies keep the dateline beside the text; a release reads it at the text's beginning."""
    place = dateline.split(",")[0].strip()
    start = markup.find("<p>")
    first = re.sub(r"<[^<>]*>", "", markup[max(start, 0) : start + 200]).lstrip()
    if not place or first.lower().startswith(place.lower()):
        return markup
    ending = "" if dateline.endswith(("-", "–", "—")) else " –"
    escaped = dateline.replace("&", "&amp;").replace("<", "&lt;")
    if start < 0:
        return f"<p>{escaped}{ending}</p>{markup}"
    return f"{markup[:start]}<p>{escaped}{ending} {markup[start + 3 :]}"


def _witnesses(nitf: etree._Element) -> Iterator[Witness]:
    texts: tuple[tuple[WitnessField, str, tuple[str, ...]], ...] = (
        ("title", "nitf:hl1", ("hedline", "hl1")),
        ("title", "nitf:title", ("head", "title")),
        ("subtitle", "nitf:hl2", ("hedline", "hl2")),
        ("author", "nitf:byline", ("byline",)),
        ("location", "nitf:dateline", ("dateline", "location")),
        ("issuer", "nitf:org", ("distributor", "org")),
        ("published", "nitf:story.date", ("dateline", "story.date")),
    )
    for field, origin, path in texts:
        if value := words(find(nitf, *path)):
            yield Witness(field, origin, value)
    attributes: tuple[tuple[WitnessField, str, str], ...] = (
        ("published", "date.release", "norm"),
        ("published", "date.issue", "norm"),
        ("guid", "doc-id", "id-string"),
        ("published", "pubdata", "date.publication"),
        ("url", "pubdata", "ex-ref"),
    )
    for field, name, attribute in attributes:
        element = find(nitf, name)
        if element is not None and (value := str(element.get(attribute, "")).strip()):
            yield Witness(field, f"nitf:{name}", value)
    keywords = [str(word.get("key", "")) for word in find_all(nitf, "keyword")]
    if any(keywords):
        yield Witness("keywords", "nitf:keyword", ", ".join(filter(None, keywords)))
