"""Documents inside documents: how a container's parts are named and what they inherit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args

from ..errors import storable
from ..types import RawDocument, Witness, WitnessField

SEPARATOR = "!/"

#: The hint that says who speaks the others (`feed`, `mail`, …).
ORIGIN = "origin"

_WITNESS_FIELDS: tuple[WitnessField, ...] = get_args(WitnessField)


def document(
    uri: str,
    content: bytes,
    *,
    source: str,
    media_type: str | None = None,
    fetched_at: datetime | None = None,
    hints: Mapping[str, str] | None = None,
) -> RawDocument:
    """A RawDocument with its checksum; lone surrogates in `uri` become U+FFFD."""
    return RawDocument(
        uri=storable(uri),
        media_type=media_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        fetched_at=fetched_at or datetime.now(UTC),
        source=storable(source),
        hints=dict(hints or {}),
    )


def member(
    parent: RawDocument,
    name: str,
    content: bytes,
    *,
    media_type: str | None = None,
    hints: Mapping[str, str] | None = None,
) -> RawDocument:
    """The part `name` of `parent`: `news.zip!/halden.html`. Hints of the parent do not carry over:
    what is known of a container (a mail's subject) is not known of each of its parts."""
    return document(
        member_uri(parent.uri, name),
        content,
        source=parent.source,
        media_type=media_type,
        fetched_at=parent.fetched_at,
        hints=hints,
    )


def member_uri(parent_uri: str, name: str) -> str:
    """
    >>> member_uri("news.zip", "/2025/halden.html")
    'news.zip!/2025/halden.html'
    """
    return storable(f"{parent_uri}{SEPARATOR}{name.lstrip('/')}")


def depth(raw: RawDocument) -> int:
    """How many containers `raw` was taken out of."""
    return raw.uri.count(SEPARATOR)


def witnesses(raw: RawDocument) -> tuple[Witness, ...]:
    """What the surroundings said of the document, as witnesses."""
    origin = raw.hints.get(ORIGIN, "hint")
    return tuple(
        Witness(field, origin, value)
        for field in _WITNESS_FIELDS
        if (value := raw.hints.get(field, "").strip())
    )


#: The hint on a feed's item whose text only announces the page it links to.
TEASER = "teaser"

#: A release in full is longer; a shorter item is worth a look at its page.
MIN_ITEM_CHARS = 700

_GOES_ON = re.compile(
    r"(?:\.\.\.|…|\[(?:&#8230;|&hellip;|…|\.\.\.)\]|read more|continue reading|weiterlesen|"
    r"leer más|lire la suite)\W*$",
    re.IGNORECASE,
)


def is_teaser(body: str) -> bool:
    """
    >>> is_teaser("<p>Halden opens a dock […]</p>"), is_teaser("All of it. " * 100)
    (True, False)
    """
    shown = shown_text(body)
    return len(shown) < MIN_ITEM_CHARS or _GOES_ON.search(shown[-200:]) is not None


def shown_text(body: str) -> str:
    """
    >>> shown_text("<p>Halden <b>opens</b></p><img src='dock.png'>")
    'Halden opens'
    """
    return " ".join(re.sub(r"<[^<>]{0,2000}>", " ", body).split())
