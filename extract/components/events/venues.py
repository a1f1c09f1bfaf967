"""Choose the venue of an occasion among the facilities, and what serves as one, of its sentences.

"will be held at the Grain Hall"  ->  Grain Hall
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log2

from ..reading import Name, Reading
from . import chooser
from .chooser import Features
from .data import NOUNS, ROOMS, SITES, TRIGGERS, WHERE_LABELS
from .places import after_venue
from .topics import LISTED, NEARBY, Occasion, Passage
from .where import REACH, Spot, is_labelled, preposition, spot, stance

QUESTION = "venue"
#: Words of a venue that no recogniser found: "at The Old Corn Exchange".
MAX_WORDS = 6
_BREAKS = frozenset((",", "(", ";", "–", "-", "|", "."))
_STANDS = frozenset(("booth", "stand", "table"))
_HELD_AT = frozenset(("at", "inside"))


def venue(read: Reading, occasion: Occasion, others: set[int]) -> Spot | None:
    """Return where `occasion` is held; None when no facility is likelier than none."""
    found = chooser.best(chooser.weights()[QUESTION], venues(read, occasion, others))
    return found or _labelled(read, occasion) or _unnamed(read, occasion)


def venues(read: Reading, occasion: Occasion, others: set[int]) -> Iterator[tuple[Spot, Features]]:
    """Yield each name that may be the venue with what is true of it, once a sentence."""
    counts: dict[str, int] = {}
    for name in read.names:
        counts[name.name] = counts.get(name.name, 0) + 1
    for passage in occasion.passages:
        for name in read.names_in(passage.first, passage.last):
            if not _may_be_venue(read, name, passage):
                continue
            features = stance(read, passage, name, others)
            features.update(_nature(read, name, counts[name.name]))
            yield spot(name), features


def _may_be_venue(read: Reading, name: Name, passage: Passage) -> bool:
    if name.kind != "organisation":
        return name.kind == "venue"
    # people work "at" an organisation in every other sentence of a release
    held = preposition(read, name.first) in _HELD_AT and passage.weight > NEARBY
    return (held and not _owns(read, name)) or is_labelled(read, name.first)


def _owns(read: Reading, name: Name) -> bool:
    """ "at Acme's Bread Fair" """
    return read.words[name.last : name.last + 1] in (["'s"], ["’s"])


def _nature(read: Reading, name: Name, count: int) -> Features:
    last = read.low[name.last - 1]
    features: Features = {"any": 1.0, name.kind: 1.0, "often": log2(count)}
    if last in ROOMS:
        features["room"] = 1.0
    if name.kind == "organisation" and SITES.intersection(read.low[name.first : name.last]):
        features["site"] = 1.0
    if after_venue(read, name) is not None:
        features["placed"] = 1.0
    if read.paragraph[name.first] == 0:
        features["title"] = 1.0
    if _owns(read, name):
        features["owner"] = 1.0
    return features


def _labelled(read: Reading, occasion: Occasion) -> Spot | None:
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
            found = _words_to_break(read, first, passage.last)
            if found is not None:
                return found
    return None


def _words_to_break(read: Reading, first: int, limit: int) -> Spot | None:
    last = first
    while last < limit and read.paragraph[last] == read.paragraph[first]:
        if read.words[last] in _BREAKS or read.date_at[last] != -1:
            break
        last += 1
    named = any(n is not None and n.kind == "place" for n in map(read.name_of, range(first, last)))
    if 1 < last - first <= MAX_WORDS + 1 and not named and read.words[first][0].isupper():
        return _spot_of(read, first, last)
    return None


def _unnamed(read: Reading, occasion: Occasion) -> Spot | None:
    """ "held on May 3 at The Old Exchange in TOWN": capitalised words that are no name."""
    for passage in occasion.passages:
        if passage.weight < LISTED:
            continue
        for i in range(passage.first, passage.last - 2):
            lead = read.low[max(passage.first, i - REACH) : i]
            if read.low[i] != "at" or read.name_at[i] != -1 or TRIGGERS.isdisjoint(lead):
                continue
            found = _words_after_at(read, i + 1, passage.last)
            if found is not None:
                return found
    return None


def _words_after_at(read: Reading, first: int, limit: int) -> Spot | None:
    first += read.words[first] == "the"
    last = first
    while last < limit and _is_capital(read, last):
        last += 1
    alone = last - first == 1 and read.low[first] in NOUNS | {"the"}
    if not 0 < last - first <= MAX_WORDS or alone or read.low[first] in _STANDS:
        return None
    return _spot_of(read, first, last)


def _is_capital(read: Reading, i: int) -> bool:
    return read.name_at[i] == -1 and read.date_at[i] == -1 and read.words[i][0].isupper()


def _spot_of(read: Reading, first: int, last: int) -> Spot:
    begin, end = read.span(first, last)
    return Spot(" ".join(read.text[begin:end].split()), begin, end, first)
