"""Choose the venue, the place and the street address of an occasion."""

from __future__ import annotations

from dataclasses import dataclass

from ..reading import Name, Reading
from .data import HELD_AT, STREETS, TRIGGERS, WHERE_LABELS
from .topics import NEARBY, Occasion, Passage

ENOUGH = 2.0
REACH = 12
MAX_ADDRESS = 8  # words of a street address


@dataclass(frozen=True, slots=True)
class Spot:
    """A name or an address and where it stands."""

    value: str
    start_char: int
    end_char: int
    word: int


def venue(read: Reading, occasion: Occasion, others: set[int]) -> Spot | None:
    """Return where `occasion` is held: the best named facility of its sentences."""
    best: tuple[float, Name] | None = None
    for passage in occasion.passages:
        for name in _names(read, passage):
            score = _venue_score(read, passage, name, others)
            if best is None or score > best[0]:
                best = (score, name)
    if best is None or best[0] < ENOUGH:
        return None
    return _spot(best[1])


def _venue_score(read: Reading, passage: Passage, name: Name, others: set[int]) -> float:
    at = _preposition(read, name)
    label = _labelled(read, name)
    if name.kind == "venue":
        score = 1.5
    elif name.kind == "organisation" and (at == "at" or label):
        score = -0.8
    else:
        return -9.0
    score += passage.weight * 0.9
    if at in HELD_AT or label:
        score += 1.5
    before = read.low[max(passage.first, name.first - REACH) : name.first]
    if any(w in TRIGGERS for w in before):
        score += 1.5
    score -= min(abs(name.first - passage.anchor), 40) / 16
    low, high = sorted((name.first, passage.anchor))
    if any(low <= other < high for other in others):
        score -= 1.5
    if passage.weight == NEARBY:
        score -= 1.2
    return score


def _preposition(read: Reading, name: Name) -> str:
    i = name.first - 1
    while i > 0 and read.low[i] in ("the", "historic", "beautiful", "famous", "iconic", "new", "scenic"):
        i -= 1
    return read.low[i] if i >= 0 else ""


def _labelled(read: Reading, name: Name) -> bool:
    """ "Venue: NAME" at the start of a line."""
    start = read.paragraph_start(name.first)
    if name.first - start > 5:
        return False
    return any(w.rstrip(":") in WHERE_LABELS for w in read.low[start : name.first])


def _names(read: Reading, passage: Passage) -> list[Name]:
    found: list[Name] = []
    for i in range(passage.first, passage.last):
        name = read.name_of(i)
        if name is not None and (not found or found[-1] is not name):
            found.append(name)
    return found


def _spot(name: Name) -> Spot:
    return Spot(name.name, name.start_char, name.end_char, name.first)


def place(read: Reading, occasion: Occasion, at: Spot | None, others: set[int]) -> Spot | None:
    """Return the town: the one beside the venue, else the best place of the sentences."""
    if at is not None:
        beside = _after_venue(read, at)
        if beside is not None:
            return _spot(beside)
    best: tuple[float, Name] | None = None
    for passage in occasion.passages:
        for name in _names(read, passage):
            if name.kind != "place" or _in_dateline(read, name):
                continue
            score = _place_score(read, passage, name, others)
            if best is None or score > best[0]:
                best = (score, name)
    if best is not None and best[0] >= ENOUGH:
        return _spot(best[1])
    return _in_name(read, occasion)


def _in_dateline(read: Reading, name: Name) -> bool:
    """A place that opens the paragraph of a date and a dash."""
    start = read.paragraph_start(name.first)
    if name.first - start > 4:
        return False
    opening = read.words[start : start + 16]
    return any(w in ("--", "–", "—") for w in opening) and any(w.isdigit() for w in opening)


def _after_venue(read: Reading, at: Spot) -> Name | None:
    """NAME in CITY; NAME, 12 Long Street, CITY; NAME (CITY)"""
    first = read.name_of(at.word)
    if first is None:
        return None
    i, steps = first.last, 0
    while i < len(read) and steps < 14 and read.paragraph[i] == read.paragraph[first.first]:
        name = read.name_of(i)
        if name is not None and name.kind == "place":
            return name
        if name is not None or (read.words[i] in (".", ";") and not steps):
            return None
        if steps >= 3 and not (read.words[i][0].isupper() or read.words[i][0] in "0123456789,.#"):
            if read.low[i] not in ("in", "of", "the", "located", "at", "downtown"):
                return None
        i, steps = i + 1, steps + 1
    return None


def _place_score(read: Reading, passage: Passage, name: Name, others: set[int]) -> float:
    at = _preposition(read, name)
    score = passage.weight * 0.8 + (1.6 if at in ("in", "to", "at", "near", "downtown") else -0.6)
    if at == "," and name.first >= 2:
        previous = read.name_of(name.first - 2)
        if previous is not None and previous.kind == "place":
            return -9.0  # the state after its city
    before = read.low[max(passage.first, name.first - REACH) : name.first]
    if any(w in TRIGGERS for w in before):
        score += 1
    if at in ("from", "of", "across"):
        score -= 1.5
    score -= min(abs(name.first - passage.anchor), 40) / 14
    low, high = sorted((name.first, passage.anchor))
    if any(low <= other < high for other in others):
        score -= 1
    return score - (1.0 if passage.weight == NEARBY else 0.0)


def _in_name(read: Reading, occasion: Occasion) -> Spot | None:
    """Traders Fair Singapore: the town is in the name, and named elsewhere too."""
    words = occasion.name.lower()
    for name in read.names:
        if name.kind == "place" and len(name.name) > 3 and name.name.lower() in words:
            return _spot(name)
    return None


def address(read: Reading, occasion: Occasion) -> Spot | None:
    """Return a street address ("12 Long Street") in the sentences of the occasion."""
    for passage in occasion.passages:
        if passage.weight == NEARBY and not occasion.is_main:
            continue
        for i in range(passage.first, passage.last - 2):
            if not read.words[i].isdigit() or len(read.words[i]) > 5 or read.date_at[i] != -1:
                continue
            for j in range(i + 1, min(i + MAX_ADDRESS, passage.last)):
                if read.low[j] in STREETS and j > i + 1 and read.words[j][0].isupper():
                    start, end = read.span(i, j + 1)
                    return Spot(" ".join(read.text[start:end].split()), start, end, i)
                if not read.words[j][0].isalnum() or read.words[j][0].islower() or read.date_at[j] != -1:
                    break
    return None
