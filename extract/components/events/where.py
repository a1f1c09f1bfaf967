"""What the choosers of venue and place share: a spot, and how a name stands in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from ..reading import Name, Reading
from .chooser import Features
from .data import PRAISE, STREETS, TRIGGERS, WHERE_LABELS
from .topics import LISTED, LOOSE, MEANT, NAMED, NEARBY, Occasion, Passage

#: Words before a name in which the verb of holding is looked for.
REACH = 12
#: Distance in words from which more is no worse.
FAR = 40
MAX_ADDRESS = 8  # words of a street address
_PASSAGES = {NAMED: "named", MEANT: "meant", LISTED: "listed", LOOSE: "loose", NEARBY: "nearby"}
_PREPOSITIONS = {
    "in": "in", "at": "at", "inside": "at", "within": "at", "near": "near", "on": "on", "to": "to",
    "of": "of", "from": "from", "across": "from", "for": "of", "and": "and", "&": "and",
    ",": "comma", "by": "by", "with": "by", "(": "bracket",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A name or an address and where it stands."""

    value: str
    start_char: int
    end_char: int
    word: int


def spot(name: Name) -> Spot:
    """Return a name as a spot."""
    return Spot(name.name, name.start_char, name.end_char, name.first)


def preposition(read: Reading, first: int) -> str:
    """Return the word before a name, articles and praise left out."""
    i = first - 1
    while i > 0 and read.low[i] in PRAISE:
        i -= 1
    return read.low[i] if i >= 0 else ""


def is_labelled(read: Reading, first: int) -> bool:
    """ "Venue: NAME" at the start of a line, "Location: NAME" in a run of facts."""
    for i in range(max(first - 4, 0), first):
        label, colon = read.low[i].rstrip(":"), read.words[i].endswith(":")
        if label in WHERE_LABELS and (colon or read.words[i + 1] == ":"):
            return True
    start = read.paragraph_start(first)
    return first - start <= 5 and any(w.rstrip(":") in WHERE_LABELS for w in read.low[start:first])


def stance(read: Reading, passage: Passage, name: Name, others: set[int]) -> Features:
    """Return how a name stands in a sentence about an occasion.

    `others` are the first words of mentions of other occasions.
    """
    features: Features = {
        _PASSAGES[passage.weight]: 1.0,
        "far": min(abs(name.first - passage.anchor), FAR) / FAR,
    }
    features[_PREPOSITIONS.get(preposition(read, name.first), "bare")] = 1.0
    if is_labelled(read, name.first):
        features["label"] = 1.0
    before = read.low[max(passage.first, name.first - REACH) : name.first]
    if any(w in TRIGGERS for w in before):
        features["trigger"] = 1.0
    low, high = sorted((name.first, passage.anchor))
    if any(low <= other < high for other in others):
        features["between"] = 1.0
    if passage.weight == NAMED and 0 <= name.first - passage.anchor <= 3:
        features["next"] = 1.0
    if name.first < passage.anchor:
        features["before"] = 1.0
    if any(n != -1 for n in read.date_at[passage.first : passage.last]):
        features["dated"] = 1.0
    return features


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
