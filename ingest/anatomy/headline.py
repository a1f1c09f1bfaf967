"""The release's title and subtitle, from the page's witnesses and its first blocks.

<title>Acme opens plant | Acme Newsroom</title>, <h1>Acme opens plant</h1>  ->  "Acme opens plant"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..types import Block, Witness
from . import dateline
from .parts import is_prelude

#: Longest line that is taken as the headline of a text without markup (characters).
MAX_HEADLINE_CHARS = 300
MAX_TITLE_CHARS = 500
#: The headline is among the first blocks; before it stand release line, date, contact.
MAX_LINES_BEFORE = 12

_SITE = re.compile(r"\s+(?:[|•·»«›‹~]|::|[-–—])\s+")
_WORD = re.compile(r"\w+")

#: Witnesses from most to least trusted.
RANK = (
    "json-ld:headline",
    "meta:og:title",
    "microdata:headline",
    "meta:citation_title",
    "meta:parsely-title",
    "meta:sailthru.title",
    "meta:dc.title",
    "meta:dcterms.title",
    "meta:headline",
    "meta:twitter:title",
    "html:title",
)


def key(text: str) -> str:
    """What two spellings of one title share: letters and digits in one case."""
    return "".join(_WORD.findall(text.casefold()))


def title(witnesses: Sequence[Witness], blocks: Sequence[Block]) -> str | None:
    """The headline as the page shows it, without the site's name.

    A level-1 heading that the head's title begins with or contains is the page's own wording and
    wins; the head's title without its site suffix is next; the first heading or line is last.
    """
    stated = [w for w in witnesses if w.field == "title" and w.value.strip()]
    other = [
        w for w in stated if not w.origin.startswith(("html:", "meta:", "json-ld", "microdata"))
    ]
    shown = [w.value for w in stated if w.origin == "html:h1"]
    shown += [b.text for b in blocks[:6] if b.kind == "heading"]
    head = sorted((w for w in stated if w.origin in RANK), key=lambda w: RANK.index(w.origin))
    names = [w.value for w in witnesses if w.field == "wire"]
    for heading in shown:
        if any(_agrees(heading, w.value) for w in head) and _is_title(heading):
            return _tidy(heading)
    if other:
        return _tidy(other[0].value)
    if head:
        return _tidy(without_site(head[0].value, names, [w.value for w in head]))
    ones = [w.value for w in stated if w.origin == "html:h1"] or [
        b.text for b in blocks[:6] if b.kind == "heading" and b.level <= 2
    ]
    return _tidy(ones[0]) if ones else None


def _is_title(heading: str) -> bool:
    return 8 <= len(heading) <= MAX_TITLE_CHARS


def _agrees(heading: str, stated: str) -> bool:
    short, long = key(heading), key(stated)
    if not short or not long:
        return False
    return short in long if len(short) > 0.4 * len(long) else False


def without_site(title: str, names: Iterable[str], others: Sequence[str] = ()) -> str:
    """Cut the site's name off a page title.

    >>> without_site("Acme opens plant | Acme Newsroom", [])
    'Acme opens plant'
    >>> without_site("Berlin - a city", ["The Daily"])
    'Berlin - a city'
    """
    known = {key(name) for name in names if key(name)}
    gaps = list(_SITE.finditer(title))
    if not gaps:
        return title
    last, first = gaps[-1], gaps[0]
    tail, head = title[last.end() :], title[: first.start()]
    if key(tail) in known or any(
        key(tail).startswith(n) or n.startswith(key(tail)) for n in known if len(n) > 3
    ):
        return title[: last.start()]
    if key(head) in known:
        return title[first.end() :]
    kept = title[: last.start()]
    # Another witness gives the title without the tail.
    if any(key(other) == key(kept) for other in others):
        return kept
    is_bar = not re.search(r"[-–—]", last[0])
    if is_bar and len(kept) > len(tail) and len(tail.split()) <= 6:
        return kept
    return title


def _tidy(text: str) -> str:
    return " ".join(text.split())[:MAX_TITLE_CHARS].strip(" |")


def first_line(blocks: Sequence[Block]) -> int | None:
    """Index of the block that is the headline of a text without markup, or None.

    The first short line that is no release line, address or dateline and is followed by more.
    """
    for index, block in enumerate(blocks[:MAX_LINES_BEFORE]):
        text = block.text
        if block.kind == "heading" and len(text) <= MAX_TITLE_CHARS:
            return index
        if block.kind in ("list_item", "table_row", "caption") or index + 1 == len(blocks):
            return None
        if is_prelude(text):
            continue
        if len(text) > MAX_HEADLINE_CHARS or _says_where(text):
            return None
        if len(_WORD.findall(text)) < 2 or text.endswith((":", ";")):
            continue
        return index
    return None


def _says_where(text: str) -> bool:
    found = dateline.find(text)
    return found is not None and found.parts > 1 and found.end < len(text)
