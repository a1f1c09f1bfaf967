"""Read annotated releases as what the encoder may answer at each word.

A gold folder holds one JSON file per release: `text`, `entities` (kind, optionally `also` and
`optional`), `mentions` ([start, end, number of the entity]) and `dates` (`offset`, `optional`).

Not everything is known about every word: an `optional` annotation, a span that does not begin
and end with a token, or a thing of two defensible kinds. So the answer for a word is the set of
tags that would be right; the loss asks only that the model stays inside it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..recogniser.words import TAGS, USES, Window, Words

KIND_LABELS = {
    "person": "PERSON",
    "organisation": "ORG",
    "place": "GPE",
    "venue": "FAC",
    "event": "EVENT",
}
ANY = frozenset(range(len(TAGS)))
OUTSIDE = frozenset([0])
TAG = {tag: number for number, tag in enumerate(TAGS)}
CAPS, LOWER = 4, 1  # indices in words.SHAPES


@dataclass(frozen=True, slots=True)
class Example:
    """A document as the encoder reads it, and the tags allowed at each word.

    `shouted` is the number of words of the title; training may write them in capitals.
    """

    name: str
    words: Words
    allowed: list[frozenset[int]]
    shouted: int


def gold_files(folder: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield (name, annotation) of every `*.json` in `folder`, by name."""
    for path in sorted(folder.glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))


def annotation_spans(ann: dict) -> list[tuple[int, int, frozenset[str]]]:
    """Return (start, end, labels): several labels when kinds are debatable, none when unknown."""
    spans = []
    for start, end, number in ann["mentions"]:
        entity = ann["entities"][number]
        kinds = [entity["kind"], *entity.get("also", [])]
        labels = frozenset(KIND_LABELS[k] for k in kinds if k in KIND_LABELS)
        spans.append((start, end, frozenset() if entity.get("optional") else labels))
    taken = [(start, end) for start, end, _ in spans]
    for date in ann["dates"]:
        if "offset" not in date:
            continue
        start, end = date["offset"]
        if not any(start < b and a < end for a, b in taken):
            spans.append((start, end, frozenset() if date.get("optional") else {"DATE"}))
    return spans


def allowed_tags(doc, words: Words, spans) -> list[frozenset[int]]:
    """Return the tags that would be right at each word of `doc`."""
    position = {token: i for i, token in enumerate(words.tokens)}
    allowed: list[frozenset[int]] = [OUTSIDE] * len(words.tokens)
    text = doc.text
    for start, end, labels in spans:
        if text[start : start + 4].lower() == "the " and end - start > 4:
            start += 4
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        at = [position[token.i] for token in span if token.i in position]
        if not at:
            continue
        exact = span.start_char == start and span.end_char == end
        if text[end - 2 : end] in ("'s", "’s"):
            exact = False
        # a name that the page breaks over two lines cannot be answered: no tag sequence is right
        if not labels or not exact or any(words.breaks[i] for i in at[1:]):
            for i in at:
                allowed[i] = ANY
            continue
        allowed[at[0]] = frozenset(TAG[f"B-{label}"] for label in labels)
        for i in at[1:]:
            allowed[i] = frozenset(TAG[f"I-{label}"] for label in labels)
    return allowed


def shouted_words(ann: dict, doc, words: Words) -> int:
    """Return how many words the title has: those before the first blank line."""
    end = doc.text.find("\n")
    return sum(doc[token].idx < end for token in words.tokens)


def recased(example: Example, rng: random.Random) -> Example:
    """Return `example` as another publisher would have cased it; most often unchanged.

    The encoder is uncased, so that to rewrite case is to change features: a title in capitals,
    a whole text in capitals or in lower case.
    """
    words = example.words
    dice = rng.random()
    if dice < 0.20:
        first, last, shape = 0, example.shouted, CAPS
    elif dice < 0.23:
        first, last, shape = 0, len(words.tokens), CAPS
    elif dice < 0.26:
        first, last, shape = 0, len(words.tokens), LOWER
    else:
        return example
    whole = last - first == len(words.tokens)
    features = list(words.features)
    for i in range(first, last):
        kind, use = divmod(features[i], USES)
        if kind in (0, 6, 7) or (kind == 5 and shape == CAPS):
            continue
        features[i] = shape * USES + (0 if whole else use)
    return replace(example, words=replace(words, features=features))


def window_targets(example: Example, window: Window) -> tuple[Sequence[frozenset[int]], list[bool]]:
    """Return the allowed tags of the window's words, and which of them open a paragraph.

    The rest of a name that began in the window before cannot be answered.
    """
    part = slice(window.first, window.last)
    allowed = list(example.allowed[part])
    for i, tags in enumerate(allowed):
        if any(TAGS[tag][0] != "I" for tag in tags):
            break
        allowed[i] = ANY
    return allowed, example.words.breaks[part]
