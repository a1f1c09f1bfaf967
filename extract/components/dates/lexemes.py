"""Cut a text into the smallest pieces that a date can be made of.

    "Sept. 25-28, 2025Time"  ->  sept . 25 - 28 , 2025 time

Releases glue words together, so the pieces are smaller than spaCy's tokens: letters and digits
part, a small letter and a capital part ("inJanuary"), and a paragraph break is a piece of its own
("\\n"), so that no rule reads across it.
"""

from __future__ import annotations

import re

_PIECE = re.compile(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]|\n[^\S\n]*\n\s*|[^\s]")

PARAGRAPH = "\n"
#: How far a rule may look past the end without asking.
PADDING = 16


class Lexemes:
    """The pieces of a text as parallel lists; offsets are code points into `text`.

    `low` and `raw` are padded with empty words, so that rules may look ahead freely.
    """

    __slots__ = ("end", "low", "raw", "size", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        for piece in _PIECE.finditer(text):
            word = piece.group()
            self.raw.append(PARAGRAPH if word[0] == "\n" else word)
            start, end = piece.span()
            self.start.append(start)
            self.end.append(end)
        self.size = len(self.raw)
        self.raw += [""] * PADDING
        self.start += [len(text) + 1] * PADDING
        self.end += [len(text) + 1] * PADDING
        self.low = [word.lower() for word in self.raw]

    def before(self, i: int) -> str:
        """The word before piece `i`, "" at the start of the text."""
        return self.low[i - 1] if i else ""

    def touches(self, i: int) -> bool:
        """Does piece `i` follow the one before without a space?"""
        return 0 < i < self.size and self.start[i] == self.end[i - 1]

    def number(self, i: int) -> int | None:
        """The number that piece `i` is, None when it is no plain number of up to four digits."""
        word = self.low[i]
        return int(word) if 0 < len(word) <= 4 and word.isascii() and word.isdigit() else None

    def is_capital(self, i: int) -> bool:
        """Does piece `i` begin with a capital?"""
        return self.raw[i][:1].isupper()

    def is_fraction(self, i: int) -> bool:
        """Is the number at `i` a part of a longer one: "2,000", "3.5", "1:30", "$20", "7%"?"""
        if self.touches(i):
            mark = self.low[i - 1]
            if mark in "$€£¥#" or (
                mark in ".,:" and i > 1 and self.touches(i - 1) and self.low[i - 2].isdigit()
            ):
                return not (mark == "," and len(self.low[i]) == 4)  # "22,2024"
        mark, digits = self.low[i + 1], self.low[i + 2]
        if not self.touches(i + 1):
            return False
        if mark in (".", ":", ",") and self.touches(i + 2) and digits.isdigit():
            return mark != "," or len(digits) == 3
        return mark == "%"

    def breaks(self, i: int) -> bool:
        """Does a line end between piece `i` and the one before?"""
        return i == 0 or "\n" in self.text[self.end[i - 1] : self.start[i]]
