"""Rules that trust the last noun of a name: a hotel is a venue, a summit is an event."""

from __future__ import annotations

from dataclasses import replace

from .candidates import Candidate, Text
from .lists import entries

SURE = 0.97  # a recogniser this sure of another kind is not overruled


def heads(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Call a candidate a venue or an event when its head noun says so.

    A museum or a club may be the organisation that acts, so only a name that the recogniser
    doubted is changed, and only one of at least two words.
    """
    kept = []
    for c in found:
        words = [w.lower() for w in text.of(c)]
        while len(words) > 1 and (words[-1].isdigit() or not words[-1].isalnum()):
            words.pop()
        endings = {" ".join(words[-size:]) for size in (1, 2, 3) if size < len(words)}
        kind = c.kind
        if kind in ("organisation", "place", "person") and endings & entries("events"):
            kind = "event"
        elif kind in ("organisation", "place", "person") and endings & entries("venues"):
            kind = "venue"
        if kind != c.kind and c.score < SURE:
            c = replace(c, kind=kind, method="head")
        kept.append(c)
    return kept
