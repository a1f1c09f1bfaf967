"""Find what a release says is held when no name was recognised as that of an occasion.

"BreadSummit 2025, taking place May 3-5"               ->  "BreadSummit 2025"
headline "Acme Bakes for Harvest Opening Gala"         ->  "Harvest Opening Gala"
"will present an open-air premiere of “Rye”"           ->  "open-air premiere of “Rye”"
"""

from __future__ import annotations

from collections.abc import Iterator

from ..reading import Name, Reading
from .data import ANNOUNCING, HELD_PHRASES, NOT_NAMES, NOUNS, OCCASIONS

MAX_WORDS = 9
#: Words between the verb of announcing and the noun of what is announced.
REACH = 12
_LINKS = frozenset(("and", "&", "of", "the", "for", "-", "’s", "'s"))
_ARTICLES = frozenset(("a", "an", "its", "their", "our", "the", "his", "her"))
_OPENING = frozenset(("“", '"', "‘"))
_CLOSING = frozenset(("”", '"', "’"))


def unnamed(read: Reading) -> list[Name]:
    """Return the mentions of what is held, each as a Name of kind event."""
    for finder in (_held, _headline, _announced):
        found: dict[str, str] = {}
        for first, last in finder(read):
            name = " ".join(read.slice(first, last).split())
            found.setdefault(name.lower(), name)
        if found:
            return [mention for name in found.values() for mention in _mentions(read, name)]
    return []


def _held(read: Reading) -> Iterator[tuple[int, int]]:
    """A name or capitalised words right before "will be held", with a date in the sentence."""
    for i, low in enumerate(read.low):
        phrases = HELD_PHRASES.get(low, ())
        if not any(tuple(read.low[i : i + len(p)]) == p for p in phrases):
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
        if not any(c.isupper() or c.isdigit() for c in word) or read.low[i] in NOT_NAMES:
            break
        first = i
    if first == end or (read.words[first].isdigit() and end - first == 1):
        return end
    solid = read.low[end - 1] in NOUNS or any(c.isdigit() for c in read.slice(first, end))
    return first if solid or end - first > 1 else end


def _headline(read: Reading) -> Iterator[tuple[int, int]]:
    """The capitalised words of the headline up to a noun of occasions: "Harvest Opening Gala"."""
    end = read.paragraph_end(0) if len(read) else 0
    for i in range(end - 1, 0, -1):
        if read.low[i] not in OCCASIONS or read.name_at[i] != -1 or not read.words[i][0].isupper():
            continue
        first = i
        while first > 0 and i - first < MAX_WORDS and _is_of_title(read, first - 1):
            first -= 1
        while first < i and read.low[first] in _LINKS:
            first += 1
        if first < i:
            yield first, i + 1
            return


def _is_of_title(read: Reading, i: int) -> bool:
    if read.name_at[i] != -1 or read.low[i] in ANNOUNCING or read.low[i] in NOT_NAMES - _LINKS:
        return False
    return read.words[i][0].isupper() or read.words[i][0].isdigit() or read.low[i] in _LINKS


def _announced(read: Reading) -> Iterator[tuple[int, int]]:
    """ "present an open-air premiere of “Rye”": a verb, an article, up to a noun of occasions."""
    for i, low in enumerate(read.low):
        if low not in ANNOUNCING or read.name_at[i] != -1:
            continue
        limit = read.sentence_end(i, i + REACH)
        article = next((k for k in range(i + 1, limit) if read.low[k] in _ARTICLES), None)
        if article is None or article - i > 3:
            continue
        for k in range(article + 2, limit):
            if read.name_at[k] != -1 or read.words[k] in (",", "."):
                break
            told = k - article > (2 if read.low[k] == "event" else 1)  # "an evening event" is none
            if told and read.low[k] in OCCASIONS and read.low[k + 1 : k + 2] != ["and"]:
                yield article + 1, _title_end(read, k + 1)
                return


def _title_end(read: Reading, end: int) -> int:
    """Return the end of "premiere of “Rye”" with its title."""
    if read.low[end : end + 1] != ["of"] or read.words[end + 1 : end + 2][:1] == []:
        return end
    if read.words[end + 1] not in _OPENING:
        return end
    for i in range(end + 2, min(end + 2 + MAX_WORDS, len(read))):
        if read.words[i] in _CLOSING:
            return i + 1
    return end


def _mentions(read: Reading, name: str) -> Iterator[Name]:
    """Yield every occurrence of a name, as words."""
    start = read.text.find(name)
    while start >= 0:
        first, last = read.word_from(start), read.word_from(start + len(name))
        if first < last and read.span(first, last) == (start, start + len(name)):
            yield Name("event", name, first, last, start, start + len(name))
        start = read.text.find(name, start + len(name))
