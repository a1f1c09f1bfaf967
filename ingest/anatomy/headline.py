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
MIN_TITLE_CHARS = 8
#: A heading inside the head's title is the headline when it is this share of it.
MIN_CONTAINED = 0.4
#: Share of its words that a page's heading, or its only one, has in common with the head's title.
MIN_SHARED, MIN_SHARED_OF_ONE, MIN_SHARED_WORDS = 0.6, 0.35, 4
#: The headline is among the first blocks; before it stand release line, date, contact.
MAX_LINES_BEFORE = 12

_SITE = re.compile(r"\s+(?:[|•·»«›‹~]|::|[-–—])\s+")
_WORD = re.compile(r"\w+")

#: Origins whose title is the one the release was published under: feeds, agencies, records.
PUBLISHED_TITLES = ("feed", "sitemap", "json:", "ninjs:", "newsml:", "nitf:")

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


def title(witnesses: Sequence[Witness], blocks: Sequence[Block], host: str = "") -> str | None:
    """The headline as the page shows it, without the site's name.

    A level-1 heading that says what the head's title says is the page's own wording and wins; the
    head's title without its site suffix is next; the first heading is last. `host` is the page's.
    """
    stated = [w for w in witnesses if w.field == "title" and w.value.strip()]
    hints = [w for w in stated if w.origin not in RANK and not w.origin.startswith("html:")]
    shown = [w.value for w in stated if w.origin == "html:h1"]
    shown += [b.text for b in blocks[:6] if b.kind == "heading" and (b.level < 2 or not shown)]
    head = sorted((w for w in stated if w.origin in RANK), key=lambda w: RANK.index(w.origin))
    heads = [w.value for w in head]
    own = next((w.value for w in hints if w.origin.startswith(PUBLISHED_TITLES)), None)
    if own:
        # The page's spelling of it is kept, but no part of it.
        return _tidy(next((heading for heading in shown if key(heading) == key(own)), own))
    heading = _heading(shown, heads, [w.value for w in hints])
    if heading is None and not hints and {w.origin for w in head} == {"html:title"}:
        heading = _only([w.value for w in stated if w.origin == "html:h1"])
    if heading:
        return _tidy(heading)
    if hints:
        return _tidy(hints[0].value)
    if heads:
        names = [w.value for w in witnesses if w.field == "wire"] + host.split(".")
        return _tidy(without_site(heads[0], names, heads))
    ones = [w.value for w in stated if w.origin == "html:h1"] or [
        block.text for block in blocks[:6] if block.kind == "heading" and block.level <= 2
    ]
    return _tidy(ones[0]) if ones else None


def _heading(shown: Sequence[str], heads: Sequence[str], hints: Sequence[str]) -> str | None:
    """The heading that is what the head or a hint states, or means what the head states.

    A hint (a feed's or agency's own title) is the headline already: it is not guessed at.
    """
    fit = [heading for heading in shown if MIN_TITLE_CHARS <= len(heading) <= MAX_TITLE_CHARS]
    for heading in fit:
        if any(_agrees(heading, head) for head in (*heads, *hints)):
            return heading
    share, best = max(
        ((_shared(heading, head), heading) for heading in fit for head in heads),
        default=(0.0, ""),
    )
    needed = MIN_SHARED_OF_ONE if len(set(shown)) == 1 else MIN_SHARED
    return best if share >= needed else None


def _only(shown: Sequence[str]) -> str | None:
    """A page's one heading, when it is long enough to be no site's name."""
    one = set(shown)
    words = len(_WORD.findall(shown[0])) if len(one) == 1 else 0
    return shown[0] if words > MIN_SHARED_WORDS else None


def _shared(heading: str, head: str) -> float:
    """Share of a heading's words that the head's title uses too."""
    words = set(_WORD.findall(heading.casefold()))
    if len(words) < MIN_SHARED_WORDS:
        return 0.0
    return len(words & set(_WORD.findall(head.casefold()))) / len(words)


def _agrees(heading: str, head: str) -> bool:
    short, long = key(heading), key(head)
    if not short or not long:
        return False
    gap = _SITE.search(head)
    if gap and key(head[: gap.start()]) == short:
        return True
    return short in long and len(short) > MIN_CONTAINED * len(long)


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
