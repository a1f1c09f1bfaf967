"""Choose the town of an occasion: beside its venue, in its sentences, its name, the dateline.

"held at the Grain Hall in Halden, Norland"  ->  Halden
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log2

from ..names.gazetteer import cities
from ..reading import Name, Reading
from . import chooser
from .chooser import Features
from .data import NOUNS
from .regions import is_region, is_town
from .topics import NEARBY, Occasion
from .where import Spot, preposition, spot, stance

QUESTION = "place"
_ON_THE_WAY = frozenset(("in", "of", "the", "located", "at", "downtown"))
#: A name of so few letters inside another name says nothing ("Os" in "Oslo Fair").
MIN_INSIDE = 4
MIN_TOWN_IN_NAME = 5


def place(
    read: Reading, occasion: Occasion, at: Spot | None, others: set[int], dateline: str | None
) -> Spot | None:
    """Return the town, else the country or state; None when none is likelier than none."""
    return chooser.best(chooser.weights()[QUESTION], places(read, occasion, at, others, dateline))


def places(
    read: Reading, occasion: Occasion, at: Spot | None, others: set[int], dateline: str | None
) -> Iterator[tuple[Spot, Features]]:
    """Yield each place that the occasion may be in with what is true of it.

    `at` is the venue; `dateline` the place of the dateline: a main occasion of which no other
    town is said is announced from where it is held.
    """
    beside = _beside_venue(read, at) if at is not None else set()
    common: dict[str, Features] = {}
    first: dict[str, Name] = {}
    counts: dict[str, int] = {}
    towns = [n for n in read.names if n.kind == "place"]
    for name in towns:
        counts[name.name] = counts.get(name.name, 0) + 1
        first.setdefault(name.name, name)
    for value, name in first.items():
        common[value] = _nature(occasion, value, counts[value], at, beside, dateline)
        if read.paragraph[name.first] == 0:
            common[value]["title"] = 1.0
    stood: set[str] = set()
    for passage in occasion.passages:
        if passage.weight == NEARBY and not occasion.is_main:
            continue
        for name in read.names_in(passage.first, passage.last):
            if name.kind != "place" or _is_of_another(read, name) or in_dateline(read, name):
                continue
            stood.add(name.name)
            yield spot(name), {**common[name.name], **stance(read, passage, name, others)}
    for value, name in first.items():
        if value not in stood and (occasion.is_main or _is_tied(common[value])):
            yield spot(name), {**common[value], "elsewhere": 1.0}
    yield from _unrecognised(read, occasion, at, dateline, set(first))


def _nature(
    occasion: Occasion,
    value: str,
    count: int,
    at: Spot | None,
    beside: set[str],
    dateline: str | None,
) -> Features:
    low = value.lower()
    features: Features = {"any": 1.0, "often": log2(count)}
    if is_region(value):
        features["region"] = 1.0
    elif is_town(value):
        features["town"] = 1.0
    prefix = "far " if "region" in features else ""
    if value in beside:
        features[prefix + "beside venue"] = 1.0
    if len(value) >= MIN_INSIDE and _has_words(occasion.name, low):
        features[prefix + "in event"] = 1.0
        if "town" in features:
            features["town in event"] = 1.0
    if at is not None and len(value) >= MIN_INSIDE and _has_words(at.value, low):
        features[prefix + "in venue"] = 1.0
    if dateline is not None and _has_words(dateline, low):
        features[prefix + "dateline"] = 1.0
    return features


def _is_tied(features: Features) -> bool:
    return any(name.endswith(("beside venue", "in event", "in venue")) for name in features)


def _has_words(text: str, low: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(low)}(?!\w)", text.lower()) is not None


def _unrecognised(
    read: Reading, occasion: Occasion, at: Spot | None, dateline: str | None, known: set[str]
) -> Iterator[tuple[Spot, Features]]:
    """Yield towns that only the names or the dateline say: "Bread Fair Oslo 2024"."""
    folded = {value.lower() for value in known}
    mention = occasion.mentions[0]
    for label, name, start in (
        ("in event", occasion.name, mention.start_char),
        ("in venue", at.value if at else "", at.start_char if at else 0),
    ):
        for town in _towns_in(name, folded):
            found = read.text.find(town, start)
            if found >= 0:
                word = read.word_from(found)
                features = {"any": 1.0, "elsewhere": 1.0, "town": 1.0, label: 1.0}
                features[f"town {label}"] = 1.0
                yield Spot(town, found, found + len(town), word), features
    town = dateline.split(",")[0].strip() if dateline else ""
    if occasion.is_main and town and town.lower() not in folded:
        match = re.search(re.escape(town), read.text, re.IGNORECASE)
        if match is not None:
            features = {"any": 1.0, "elsewhere": 1.0}
            features["dateline"] = 1.0
            if is_town(town):
                features["town"] = 1.0
            yield Spot(town, match.start(), match.end(), read.word_from(match.start())), features


def _towns_in(name: str, known: set[str]) -> Iterator[str]:
    """Yield the big city among the words of a name: smaller towns are also common words."""
    words = name.split()
    for size in (2, 1):
        for i in range(len(words) - size + 1):
            town = " ".join(words[i : i + size]).strip(",.:")
            fits = len(town) >= MIN_TOWN_IN_NAME and town in cities()
            if fits and town.lower() not in known | NOUNS:
                yield town
                return


def _is_of_another(read: Reading, name: Name) -> bool:
    """The state after its city; the home of a firm or a person: "Acme of Oslo"."""
    before = preposition(read, name.first)
    previous = read.name_of(name.first - 2)
    if previous is None or before not in (",", "of", "from"):
        return False
    return (previous.kind == "place") is (before == ",")


def in_dateline(read: Reading, name: Name) -> bool:
    """A place that opens the paragraph of a date and a dash."""
    start = read.paragraph_start(name.first)
    if name.first - start > 4:
        return False
    opening = read.words[start : start + 16]
    return any(w in ("--", "–", "—") for w in opening) and any(w.isdigit() for w in opening)


def _beside_venue(read: Reading, at: Spot) -> set[str]:
    """Return the places beside the venue, in any sentence that names it."""
    found = set()
    for name in read.names:
        if name.name == at.value:
            beside = after_venue(read, name)
            if beside is not None:
                found.add(beside.name)
    return found


def after_venue(read: Reading, first: Name) -> Name | None:
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
