"""Rules about the names of events: their titles in quotation marks, their edges.

the session, titled “Baking Better Bread”   ->  Baking Better Bread
Tuesday's Bakers Day                        ->  Bakers Day
[Bread Summit] Oslo                         ->  Bread Summit Oslo
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .candidates import Candidate, Text
from .gazetteer import is_place
from .lists import entries

_WEEKDAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
_POSSESSIVES = frozenset(("'s", "’s"))
_OPENING = {'"': '"', "“": "”", "‘": "’"}
#: Words between the noun and the title: "a session, titled", "a panel discussion called".
_BETWEEN = frozenset((",", ":", "titled", "entitled", "called", "named", "dubbed", "on", "-", "–"))
MAX_BETWEEN = 3
#: Words of a title in quotation marks; longer ones are quotations.
MIN_TITLE, MAX_TITLE = 2, 24
#: How sure a title beside its noun is.
TITLED = 0.9


def occasions(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Mend the names of events, and add titles in quotation marks that are one."""
    kept = [_mended(text, _told(text, c)) if c.kind == "event" else c for c in found]
    return kept + list(_titles(text))


def _told(text: Text, c: Candidate) -> Candidate:
    """ "held at The Forum": with an article in capitals a bare noun is a building's name."""
    bare = c.end - c.start == 1 and _is_noun(text.words[c.start])
    if bare and text.surface(c.start - 2, c.start) == ("at", "The"):
        return replace(c, start=c.start - 1, kind="venue", method="occasion")
    return c


def _mended(text: Text, c: Candidate) -> Candidate:
    start, end = c.start, c.end
    if end - start > 2 and text.words[start].lower() in _WEEKDAYS:
        start += 2 * (text.words[start + 1] in _POSSESSIVES)
    end = _owned_end(text, end)
    if end < len(text.words) and is_place(text.words[end]) and _ends_in_noun(text, start, end):
        end += 1
    if (start, end) == (c.start, c.end):
        return c
    return replace(c, start=start, end=end, method="occasion")


def _owned_end(text: Text, end: int) -> int:
    """Return the end of "New Year's Eve Celebration" that was cut at the possessive."""
    if text.surface(end, end + 1) not in (("'s",), ("’s",)):
        return end
    after = end + 1
    while after < len(text.words) and text.words[after][:1].isupper() and after - end < 5:
        after += 1
    return after if after > end + 1 and _ends_in_noun(text, end, after) else end


def _ends_in_noun(text: Text, start: int, end: int) -> bool:
    return end - start > 1 and _is_noun(text.words[end - 1])


def _is_noun(word: str) -> bool:
    return any(word.lower() in entries(name) for name in ("events", "events_weak", "titled"))


def _titles(text: Text) -> Iterator[Candidate]:
    nouns = entries("titled")
    i = 0
    while i < len(text.words):
        close = _OPENING.get(text.words[i])
        if close is None:
            i += 1
            continue
        end = _closing(text, i + 1, close)
        if end is not None and (
            (text.surface(end + 1, end + 2) and text.words[end + 1].lower() in nouns)
            or _announced(text, i, nouns)
        ):
            first, last = i + 1, end
            while last > first and not any(c.isalnum() for c in text.words[last - 1]):
                last -= 1
            if last - first >= MIN_TITLE and text.words[first][:1].isupper():
                yield Candidate(first, last, "event", "occasion", TITLED)
            i = end
        i += 1


def _closing(text: Text, start: int, mark: str) -> int | None:
    for i in range(start, min(start + MAX_TITLE, len(text.words))):
        if text.words[i] == mark:
            return i
        if text.words[i].isspace() or text.words[i] in (".", "!"):
            return None
    return None


def _announced(text: Text, opening: int, nouns: frozenset[str]) -> bool:
    for i in range(opening - 1, max(opening - 2 - MAX_BETWEEN, -1), -1):
        word = text.words[i].lower()
        if word in nouns:
            return True
        if word not in _BETWEEN:
            return False
    return False
