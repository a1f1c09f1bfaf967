"""The text inside another format (HTML or plain, as its own look says), and its title."""

from __future__ import annotations

import re

from ..types import Block, Draft, Witness
from . import html, text

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|tr|td|html|body|blockquote|img)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)

#: Blocks in which a document's title is shown, if it is shown at all.
BEGINNING = 12
#: Share of a stated title's words that the document must show.
MIN_SHOWN = 0.6


def is_html(body: str) -> bool:
    """
    >>> is_html("<p>Halden opens.</p>"), is_html("a < b and c > d")
    (True, False)
    """
    return _TAG.search(body) is not None


def body_draft(body: str, *, url: str | None = None) -> Draft:
    """The draft of a body that some other format carried as a string."""
    if is_html(body):
        return html.html_draft(body, whole_page=False, url=url)
    return text.text_draft(body)


def shown_only(witnesses: tuple[Witness, ...], blocks: tuple[Block, ...]) -> tuple[Witness, ...]:
    """Without titles the document does not show: word processors state "Microsoft Word - x.doc",
    or the title of the document the author began with."""
    shown = {word for block in blocks[:BEGINNING] for word in _words(block.text)}
    return tuple(
        witness
        for witness in witnesses
        if witness.field != "title"
        or len(shown & (stated := _words(witness.value))) >= MIN_SHOWN * max(len(stated), 1)
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
