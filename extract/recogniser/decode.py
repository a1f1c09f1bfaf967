"""Choose the best tag of every word: Viterbi over many windows at once.

Every window is decoded on its own; to do them side by side only saves time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .words import TAGS

Floats = NDArray[np.float32]
FORBIDDEN = np.float32(-1e4)

_OPENING = np.array([FORBIDDEN if tag[0] == "I" else 0 for tag in TAGS], dtype=np.float32)
_RULES = np.array(
    [
        [FORBIDDEN if after[0] == "I" and before[1:] != after[1:] else 0 for after in TAGS]
        for before in TAGS
    ],
    dtype=np.float32,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a window: words `first` to `last` (exclusive), its label, and how sure.

    `score` is the least of the words' own probabilities, not yet calibrated.
    """

    first: int
    last: int
    label: str
    score: float


def viterbi(
    scores: Sequence[Floats], breaks: Sequence[Sequence[bool]], transitions: Floats
) -> list[NDArray[np.intp]]:
    """Return the best tags of each window; `scores` are (words, tags) arrays.

    An inside tag never opens a window, follows a paragraph break or another label.
    """
    if not scores:
        return []
    step = transitions + _RULES
    # Longest first, so that the windows still running are always a leading block.
    order = sorted(range(len(scores)), key=lambda i: -len(scores[i]))
    lengths = np.array([len(scores[i]) for i in order])
    longest = int(lengths[0])
    table = np.zeros((len(order), longest, len(TAGS)), dtype=np.float32)
    for row, i in enumerate(order):
        table[row, : lengths[row]] = scores[i]
        table[row, : lengths[row]] += np.outer(breaks[i], _OPENING)
    table[:, 0] += _OPENING
    back = np.zeros((len(order), longest, len(TAGS)), dtype=np.int8)
    best = table[:, 0].copy()
    for t in range(1, longest):
        live = int(np.searchsorted(-lengths, -t, side="left"))
        paths = best[:live, :, None] + step
        back[:live, t] = paths.argmax(axis=1)
        best[:live] = paths.max(axis=1) + table[:live, t]
    tags: list[NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)] * len(order)
    last = best.argmax(axis=1)
    for row, i in enumerate(order):
        path = np.zeros(lengths[row], dtype=np.intp)
        tag = int(last[row])
        for t in range(int(lengths[row]) - 1, -1, -1):
            path[t] = tag
            tag = int(back[row, t, tag])
        tags[i] = path
    return tags


def certainty(
    tags: NDArray[np.intp], scores: Floats, breaks: Sequence[bool], transitions: Floats
) -> Floats:
    """Return for each word how probable its tag is, given the tags of its two neighbours."""
    step = transitions + _RULES
    logits = scores + np.outer(breaks, _OPENING)
    logits[1:] += step[tags[:-1]]
    logits[:-1] += step.T[tags[1:]]
    logits -= logits.max(axis=1, keepdims=True)
    exps = np.exp(logits)
    sure: Floats = exps[np.arange(len(tags)), tags] / exps.sum(axis=1)
    return sure


def names(
    tags: NDArray[np.intp], scores: Floats, breaks: Sequence[bool], transitions: Floats
) -> list[Found]:
    """Read the names off the tags of one window.

    A name is as sure as the least sure of its words and of the word after it.
    """
    found: list[Found] = []
    inside = np.flatnonzero(tags)
    if not len(inside):
        return found
    sure = certainty(tags, scores, breaks, transitions)
    sure[:-1] = np.minimum(sure[:-1], np.where(tags[1:] % 2 == 0, sure[1:], 1.0))
    for word, probability in zip(inside.tolist(), sure[inside].tolist(), strict=True):
        tag = TAGS[tags[word]]
        if tag[0] == "B" or not found:
            found.append(Found(word, word + 1, tag[2:], probability))
        else:
            open_ = found[-1]
            found[-1] = Found(open_.first, word + 1, open_.label, min(open_.score, probability))
    return found
