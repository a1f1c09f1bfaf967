"""Rules that trust the last noun of a name: a hotel is a venue, a summit is an event."""

from __future__ import annotations

import re
from dataclasses import replace

from ...types import MentionKind
from .candidates import Candidate, Text
from .lists import entries

_INNER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GATHERINGS = frozenset(("town hall", "city hall"))  # as often the meeting as the building
SURE = 0.97  # a recogniser this sure of another kind is overruled by a plain head noun only


def heads(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Call a candidate a venue or an event when its head noun says so."""
    return [_by_head(text, c) for c in found]


def _by_head(text: Text, c: Candidate) -> Candidate:
    if c.kind == "venue":
        return c
    words = [w.lower() for w in text.of(c)]
    while len(words) > 1 and (words[-1].isdigit() or not words[-1].isalnum()):
        words.pop()
    endings = {" ".join(words[-size:]) for size in (1, 2, 3) if size < len(words)}
    if c.kind == "event":
        halls = endings & entries("venues") and not endings & _GATHERINGS
        return replace(c, kind="venue", method="head") if halls else c
    endings |= _tails(text, c)
    kinds: tuple[tuple[MentionKind, str], ...] = (("event", "events"), ("venue", "venues"))
    for kind, nouns in kinds:
        if endings & entries(nouns) or (c.score < SURE and endings & entries(f"{nouns}_weak")):
            return replace(c, kind=kind, method="head")
    return c


def _tails(text: Text, c: Candidate) -> set[str]:
    """Return the last part of a word with a capital inside: "eSummit" -> "summit"."""
    words = [w for w in text.of(c) if w.isalpha()]
    parts = _INNER.split(words[-1]) if words else []
    return {parts[-1].lower()} if len(parts) > 1 else set()
