"""Compare spans of two texts that differ in white space, and a little in words.

Both texts are squeezed (white space removed); offsets of the gold text are carried over to the
found one, so that a paragraph break more or less costs nothing.
"""

from __future__ import annotations

from difflib import SequenceMatcher

Span = tuple[int, int]


def squeeze(text: str) -> tuple[str, list[int]]:
    """Return `text` without white space, and for each offset into `text` its new one."""
    kept: list[str] = []
    offsets = []
    for char in text:
        offsets.append(len(kept))
        if not char.isspace():
            kept.append(char)
    offsets.append(len(kept))
    return "".join(kept), offsets


def trim(text: str, start: int, end: int) -> Span:
    """Leave a leading "the" and a closing possessive out of a span."""
    if text[start : start + 4].lower() == "the " and end - start > 4:
        start += 4
    if text[end - 2 : end] in ("'s", "’s") and end - start > 2:
        end -= 2
    return start, end


class Alignment:
    """Carries spans of the gold text and of the found text into one system of offsets."""

    def __init__(self, gold: str, found: str) -> None:
        self.gold_text = gold
        gold_squeezed, self._gold = squeeze(gold)
        found_squeezed, self._found = squeeze(found)
        self._carry = _carry(gold_squeezed, found_squeezed)

    def gold(self, start: int, end: int) -> Span:
        """Return a gold span in the found text's offsets; a negative span where that lacks it."""
        a = self._carry.get(self._gold[start])
        b = self._carry.get(self._gold[end])
        return (-start - 1, -start - 1) if a is None or b is None else (a, b)

    def gold_name(self, start: int, end: int) -> Span:
        """Return a gold name's span, trimmed."""
        return self.gold(*trim(self.gold_text, start, end))

    def found(self, start: int, end: int) -> Span:
        """Return a found span in squeezed offsets."""
        return self._found[start], self._found[end]


def _carry(gold: str, found: str) -> dict[int, int]:
    shift = found.find(gold)
    if shift >= 0:
        return {i: i + shift for i in range(len(gold) + 1)}
    table: dict[int, int] = {}
    for block in SequenceMatcher(None, gold, found, autojunk=False).get_matching_blocks():
        for i in range(block.size):
            table[block.a + i] = block.b + i
        if block.size:
            table.setdefault(block.a + block.size, block.b + block.size)
    return table


def touch(left: Span, right: Span) -> bool:
    """Tell whether two spans share a character."""
    return left[0] < right[1] and right[0] < left[1]


def mostly_same(left: Span, right: Span) -> bool:
    """Tell whether two spans share four fifths of the longer one."""
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return shared >= 0.8 * max(left[1] - left[0], right[1] - right[0], 1)
