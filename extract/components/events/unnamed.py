"""Find what a release says is held when no name was recognised as that of an occasion.

"eSummit 2025, taking place September 8-11"   ->  "eSummit 2025"
headline "Acme Gears Up for Grand Opening Event"  ->  "Grand Opening Event"
"""

from __future__ import annotations

from collections.abc import Iterator

from ..reading import Name, Reading
from .data import NOUNS

MAX_WORDS = 9
_HELD = (
    ("will", "be", "held"),
    ("to", "be", "held"),
    ("will", "take", "place"),
    ("takes", "place"),
    ("taking", "place"),
    ("took", "place"),
    ("was", "held"),
    ("is", "scheduled"),
    ("kicks", "off"),
)
_NOT_NAMES = frozenset(
    [
        "the",
        "this",
        "that",
        "it",
        "which",
        "event",
        "events",
        "date",
        "a",
        "an",
        "our",
        "its",
        "we",
        "they",
        "he",
        "she",
        "session",
        "sessions",
        "doors",
        "registration",
        "and",
        "or",
        "for",
        "of",
        "to",
        "in",
        "on",
        "at",
    ]
)


def unnamed(read: Reading) -> list[Name]:
    """Return the mentions of what is held, each as a Name of kind event."""
    found: dict[str, str] = {}
    for first, last in _held(read):
        name = " ".join(read.slice(first, last).split())
        found.setdefault(name.lower(), name)
    return [mention for name in found.values() for mention in _mentions(read, name)]


def _held(read: Reading) -> Iterator[tuple[int, int]]:
    """A name or capitalised words right before "will be held", with a date in the sentence."""
    for i, low in enumerate(read.low):
        phrase = next(
            (p for p in _HELD if low == p[0] and tuple(read.low[i : i + len(p)]) == p), None
        )
        if phrase is None:
            continue
        end = i - 1 if i and read.words[i - 1] == "," else i
        dated = any(n != -1 for n in read.date_at[i : read.sentence_end(i, i + 60)])
        first = _run_before(read, end)
        if dated and first < end:
            yield first, end


def _run_before(read: Reading, end: int) -> int:
    """Return where the capitalised words begin that end at `end`; `end` when there are none."""
    first = end
    while first > 0 and end - first < MAX_WORDS:
        i = first - 1
        name = read.name_of(i)
        if read.paragraph[i] != read.paragraph[end - 1] or read.date_at[i] != -1:
            break
        if name is not None:
            if name.kind in ("person", "place", "event"):
                return end
            return name.first if name.last == end else end
        word = read.words[i]
        if not any(c.isupper() or c.isdigit() for c in word) or read.low[i] in _NOT_NAMES:
            break
        first = i
    if first == end or (read.words[first].isdigit() and end - first == 1):
        return end
    solid = read.low[end - 1] in NOUNS or any(c.isdigit() for c in read.slice(first, end))
    return first if solid or end - first > 1 else end


def _mentions(read: Reading, name: str) -> Iterator[Name]:
    """Yield every occurrence of a name, as words."""
    start = read.text.find(name)
    while start >= 0:
        first, last = read.word_from(start), read.word_from(start + len(name))
        if first < last and read.span(first, last) == (start, start + len(name)):
            yield Name("event", name, first, last, start, start + len(name))
        start = read.text.find(name, start + len(name))
