"""The text inside another format: HTML or plain, as its own look says."""

from __future__ import annotations

import re

from ..types import Draft
from . import html, text

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|tr|td|html|body|blockquote|img)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)


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
