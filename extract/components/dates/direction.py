"""Does a sentence speak of what was or of what will be?

There is no parser: the nearest word of tense around the date decides. "will be held" is ahead
although "held" is past; "was scheduled" is past.
"""

from __future__ import annotations

from .lexemes import PARAGRAPH, Lexemes
from .lexicon import WORDS

#: How far to look, in pieces, left and right of the date.
LEFT, RIGHT = 40, 25
#: A cue after the date counts as if it were this much farther away.
RIGHT_PENALTY = 2


def lean(lx: Lexemes, start: int, end: int) -> int:
    """-1 past, 1 ahead, 0 unknown, for the date at pieces `start` to `end`."""
    found = _by_cues(lx, start, end)
    # "no dues until October": an end does not lie a year before the writing
    return 0 if found < 0 and lx.before(start) in ("until", "till", "through", "by") else found


def _by_cues(lx: Lexemes, start: int, end: int) -> int:
    left = _nearest(lx, range(start - 1, max(-1, start - LEFT), -1))
    right = _nearest(lx, range(end, min(lx.size, end + RIGHT)))
    if left is None or (right is not None and right[0] + RIGHT_PENALTY < left[0]):
        return right[1] if right else 0
    return left[1]


def _nearest(lx: Lexemes, pieces: range) -> tuple[int, int] | None:
    """Distance and direction of the first cue in reading order of `pieces`."""
    for distance, i in enumerate(pieces):
        if is_break(lx, i):
            return None
        direction = _cue(lx, i)
        if direction:
            return distance, direction
    return None


def is_break(lx: Lexemes, i: int) -> bool:
    """Does a sentence end at `i`?"""
    word = lx.low[i]
    if word == PARAGRAPH:
        return True
    if word not in (".", "!", "?"):
        return False
    abbreviation = i > 0 and (len(lx.low[i - 1]) == 1 or lx.low[i - 1] in WORDS.months)
    return not abbreviation and (lx.is_capital(i + 1) or lx.low[i + 1] in ('"', "“", PARAGRAPH))


def _cue(lx: Lexemes, i: int) -> int:
    word = lx.low[i]
    if word == "may" and lx.is_capital(i):
        return 0  # the month
    if word in WORDS.future:
        # "was scheduled", "were expected", "has been available"
        return -1 if lx.before(i) in ("was", "were", "been", "had") else 1
    if word in WORDS.past or (word.endswith("ed") and len(word) > 4 and word not in WORDS.timeless):
        before = lx.low[max(0, i - 4) : i]
        if "be" in before[-2:] or "being" in before[-1:]:
            return 1
        if "will" in before or "to" in before[-1:]:
            return 1
        return -1
    return 0
