"""HTML: pages of newsrooms, wires and blogs, and fragments found in feeds, mail and JSON.

page  ->  Draft(blocks of the article, what head and markup state)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import page
from ..anatomy.days import stated_date
from ..charset import clean, decode
from ..limits import Limits
from ..types import Block, Draft, Problem, RawDocument, Witness

#: How far into a document its kind shows, in bytes.
SNIFF_BYTES = 4_000

_STRONG = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_WEAK = re.compile(
    rb"<(?:p|div|h[1-6]|article|section|table|ul|ol|br|span|title|meta)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z!/][^<>]{0,500}>|&(?:[a-zA-Z]{2,12}|#\d{1,6});")


def sniff(raw: RawDocument) -> float:
    """1.0 for a document that says it is HTML, less for one that only holds its elements."""
    head = raw.content[:SNIFF_BYTES]
    if b"\0" in head[:200]:  # UTF-16
        head = head.replace(b"\0", b"")
    if _STRONG.search(head):
        # Mails and feeds hold pages too; those formats claim them with 1.0.
        return 0.95 if re.match(rb"[\s\xef\xbb\xbf\xff\xfe]*<", head) else 0.6
    weak = len(_WEAK.findall(head))
    named = bool(raw.media_type and "html" in raw.media_type) or raw.uri.lower().endswith(
        (".html", ".htm", ".xhtml")
    )
    if named:
        return 0.8
    return 0.5 if weak >= 3 or (weak and head.lstrip().startswith(b"<")) else 0.0


def parse(raw: RawDocument, limits: Limits) -> Iterator[Draft | RawDocument | Problem]:
    """Give the page's one draft."""
    declared = charset_of(raw.media_type)
    text = decode(raw.content, declared, markup=True)
    url = raw.uri if raw.uri.startswith(("http:", "https:")) else None
    # Without a head or body it is a piece of a page (a feed item, an attachment): all of it counts.
    whole_page = _STRONG.search(raw.content[:SNIFF_BYTES]) is not None or b"\0" in raw.content[:200]
    yield html_draft(text, whole_page=whole_page, url=url)


def charset_of(media_type: str | None) -> str | None:
    """
    >>> charset_of("text/html; charset=ISO-8859-1")
    'ISO-8859-1'
    """
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", media_type or "", re.IGNORECASE)
    return found[1] if found else None


def html_draft(html: str, *, whole_page: bool, url: str | None) -> Draft:
    """Read HTML: of a whole page the main content, of a fragment everything.

    A fragment gives no witnesses but those it states itself (a <time>, say).
    """
    if not _TAG.search(html):
        text = " ".join(clean(html).split())
        return Draft((Block("paragraph", text),) if text else ())
    tree = page.parse(html)
    if tree is None:
        return Draft(())
    found: tuple[Witness, ...] = page.witnesses(html, tree)
    if not whole_page:
        return Draft(page.blocks(tree), found)
    read = page.main_blocks(tree, url)
    if not any(w.field == "published" and stated_date(w.value) for w in found):
        stated_url = next((w.value for w in found if w.field == "url"), None)
        found += page.searched_date(tree, url or stated_url)
    return Draft(read, found)


def blocks(html: str) -> tuple[Block, ...]:
    """The blocks of an HTML fragment (a feed item's content, a mail's body)."""
    return html_draft(html, whole_page=False, url=None).blocks
