"""XML from strangers: which vocabulary it is, and a parse that expands nothing.

Used by feed, sitemap, newsml and nitf. No entity is resolved, no DTD loaded, no address opened.
"""

from __future__ import annotations

import re

from lxml import etree

from ..charset import decode
from ..errors import Bomb, BrokenDocument
from ..limits import Limits

_PROLOGUE = re.compile(
    r"[\s\ufeff\x00]*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|[\s\ufeff\x00]+)",
    re.DOTALL | re.IGNORECASE,
)
_ELEMENT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,40}|[0-9]{1,40});?")
_ENTITY = re.compile(rb"<!ENTITY\s+([\w.:-]{1,100})\s+(?:\"([^\"]*)\"|'([^']*)')")
#: How far a prologue with a DTD of its own may reach.
SNIFF_CHARS = 32_000
#: Entities of a document's own whose size is worked out; more of them are no release's.
MAX_ENTITIES = 200


def root_name(content: bytes) -> str:
    """The root element's name in lower case, without prefix; "" when it is no XML.

    >>> root_name(b"<?xml version='1.0'?><!-- note --><atom:feed xmlns:atom='x'>")
    'feed'
    """
    if b"<" not in content[:100]:
        return ""
    head = content[: 2 * SNIFF_CHARS]
    if b"\x00" in head[:100]:
        head = head.replace(b"\x00", b"")
    text = head.decode("latin-1").removeprefix("\xef\xbb\xbf").lstrip("\xff\xfe")[:SNIFF_CHARS]
    position = 0
    while found := _PROLOGUE.match(text, position):
        if found.end() == position:
            break
        position = found.end()
    found = _ELEMENT.match(text, position)
    return found[1].lower() if found else ""


def parse_xml(content: bytes, limits: Limits) -> etree._Element:
    """The root element, mended where it is only slightly broken. Raises Bomb, BrokenDocument."""
    refuse_entity_bomb(content, limits)
    # The text is read here, not by lxml: labels are often wrong, and a reference to half a
    # character comes back from lxml as bytes that are no text.
    text = whole_references(decode(content, markup=True))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenDocument(f"is not well-formed XML: {error}. Export it again.") from error
    if root is None:
        raise BrokenDocument("is not well-formed XML. Export it again.")
    return root


def whole_references(text: str) -> str:
    """`text` without references to what is no character.

    >>> whole_references("&#65; &#xD800;&#x110000;")
    '&#65; '
    """
    return _REFERENCE.sub(_if_whole, text) if "&#" in text else text


def _if_whole(found: re.Match[str]) -> str:
    digits = found[1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return found[0] if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else ""


def refuse_entity_bomb(content: bytes, limits: Limits) -> None:
    """Raises Bomb when the document's own entities would grow it beyond an honest size."""
    if b"<!ENTITY" not in content:
        return
    declared = _ENTITY.findall(content)
    grown = 0
    for name, double, single in declared[:MAX_ENTITIES]:
        value = double or single
        if re.search(rb"&(?!#)[\w.:-]+;", value):
            raise Bomb(
                "declares XML entities made of other entities, as an expansion bomb does; it was "
                "left unread. Save it without a DOCTYPE if it is genuine."
            )
        grown += len(value) * content.count(b"&" + name + b";")
    if grown > limits.ratio_from_bytes or len(declared) > MAX_ENTITIES:
        raise Bomb(
            "declares XML entities that would expand to more than a release needs; it was left "
            "unread. Save it without a DOCTYPE if it is genuine."
        )


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for comments and entities."""
    # Not etree.QName: it refuses the names that mending a broken document leaves.
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def find(element: etree._Element, *names: str) -> etree._Element | None:
    """The first element below along a path of local names, in any namespace."""
    for name in names:
        below = next(
            (child for child in element.iter() if child is not element and local(child) == name),
            None,
        )
        if below is None:
            return None
        element = below
    return element


def find_all(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element.iter() if local(child) == name]


def words(element: etree._Element | None) -> str:
    """An element's text, white space folded."""
    if element is None:
        return ""
    return " ".join("".join(str(part) for part in element.itertext()).split())
