"""NewsML-G2 (and its predecessor NewsML 1): news items with their text as XHTML, NITF or plain.

A message or package of several items gives each as a document; one item gives a draft.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..errors import NoText
from ..limits import Limits
from ..types import Draft, RawDocument, Witness, WitnessField
from . import html, nitf
from .bodies import body_draft
from .members import member
from .xmls import find, find_all, local, parse_xml, root_name, words

ROOTS = frozenset(("newsitem", "newsmessage", "packageitem", "newsml"))
ITEMS = ("newsItem", "NewsItem")

# Where an item states what: path of element names, then the attribute ("" = its text).
STATED: tuple[tuple[WitnessField, str, tuple[str, ...], str], ...] = (
    ("title", "headline", ("contentMeta", "headline"), ""),
    ("title", "HeadLine", ("HeadLine",), ""),
    ("subtitle", "SubHeadLine", ("SubHeadLine",), ""),
    ("published", "contentCreated", ("contentMeta", "contentCreated"), ""),
    ("published", "firstCreated", ("itemMeta", "firstCreated"), ""),
    ("published", "versionCreated", ("itemMeta", "versionCreated"), ""),
    ("published", "FirstCreated", ("NewsManagement", "FirstCreated"), ""),
    ("published", "ThisRevisionCreated", ("NewsManagement", "ThisRevisionCreated"), ""),
    ("embargo", "embargoed", ("itemMeta", "embargoed"), ""),
    ("language", "language", ("contentMeta", "language"), "tag"),
    ("language", "Language", ("DescriptiveMetadata", "Language"), "FormalName"),
    ("author", "by", ("contentMeta", "by"), ""),
    ("author", "ByLine", ("ByLine",), ""),
    ("issuer", "creator", ("contentMeta", "creator", "name"), ""),
    ("issuer", "Source", ("AdministrativeMetadata", "Source", "Party"), "FormalName"),
    ("wire", "provider", ("itemMeta", "provider", "name"), ""),
    ("wire", "NewsService", ("NewsEnvelope", "NewsService"), "FormalName"),
    ("location", "located", ("contentMeta", "located", "name"), ""),
    ("guid", "PublicIdentifier", ("PublicIdentifier",), ""),
)


def sniff(raw: RawDocument) -> float:
    return 1.0 if root_name(raw.content) in ROOTS else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[RawDocument | Draft]:
    root = parse_xml(raw.content, limits)
    items = [item for item in root.iter() if local(item) in ITEMS]
    if len(items) > 1:
        for number, item in enumerate(items, start=1):
            content = etree.tostring(item, encoding="utf-8", xml_declaration=True, with_tail=False)
            yield member(raw, str(item.get("guid") or number), content)
        return
    yield _draft(root)


def _draft(item: etree._Element) -> Draft:
    stated = tuple(_witnesses(item))
    dateline = words(find(item, "contentMeta", "dateline")) or words(find(item, "DateLine"))
    draft = _body(item, dateline)
    if draft is None:
        raise NoText(
            f"a {local(item)} without running text (a picture, a package or an event list). "
            "Nothing to ingest."
        )
    return Draft(draft.blocks, stated + draft.witnesses, draft.problems)


def _body(item: etree._Element, dateline: str) -> Draft | None:
    """The longest text the item carries: NewsML 1 sends headline and body as parts alike."""
    drafts = []
    for carrier in [*find_all(item, "inlineXML"), *find_all(item, "DataContent")]:
        article = find(carrier, "nitf")
        if article is not None:
            drafts.append(nitf.element_draft(article))
            continue
        body = find(carrier, "body")
        markup = nitf.to_html(body) if body is not None else words(carrier)
        if body is None and _is_code(carrier):
            continue
        markup = nitf.with_dateline(markup, dateline) if body is not None else markup
        drafts.append(html.html_draft(markup, whole_page=False, url=None))
    drafts.extend(
        body_draft("".join(str(part) for part in carrier.itertext()))
        for carrier in find_all(item, "inlineData")
    )
    drafts = [draft for draft in drafts if draft.blocks]
    return max(drafts, key=lambda one: sum(len(block.text) for block in one.blocks), default=None)


def _is_code(carrier: etree._Element) -> bool:
    """A style sheet or script among the parts."""
    parent = carrier.getparent()
    kind = find(parent, "MimeType") if parent is not None else None
    return kind is not None and str(kind.get("FormalName")) in ("text/css", "text/javascript")


def _witnesses(item: etree._Element) -> Iterator[Witness]:
    for field, name, path, attribute in STATED:
        element = find(item, *path)
        if element is None:
            continue
        value = str(element.get(attribute) or "").strip() if attribute else words(element)
        if value:
            yield Witness(field, f"newsml:{name}", value)
    if guid := item.get("guid"):
        yield Witness("guid", "newsml:guid", str(guid))
    for link in find_all(item, "link"):
        if str(link.get("rel", "")).endswith("canonical") and (href := link.get("href")):
            yield Witness("url", "newsml:link", str(href))
