"""Counting hits and misses, and deciding when two things are the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz

Gold = TypeVar("Gold")
Found = TypeVar("Found")

#: Likeness of 0..100 from which two names count as the same.
ALIKE = 85
#: Likeness of the whole strings below which a shared word is not enough.
ALIKE_WHOLE = 50


@dataclass(slots=True)
class Counts:
    """True positives, false positives, false negatives; figures are None where undefined."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, hits: int = 0, extra: int = 0, missed: int = 0) -> None:
        """Add one release's counts."""
        self.hits += hits
        self.extra += extra
        self.missed += missed

    def figures(self) -> dict[str, float | int | None]:
        """Return p, r, f1 (0..1, four digits) and the number of gold items."""
        gold = self.hits + self.missed
        return {
            "p": _ratio(self.hits, self.hits + self.extra),
            "r": _ratio(self.hits, gold),
            "f1": _ratio(2 * self.hits, 2 * self.hits + self.extra + self.missed),
            "gold": gold,
        }


@dataclass(slots=True)
class Share:
    """How many of `gold` values are right."""

    right: int = 0
    gold: int = 0

    def add(self, is_right: bool) -> None:
        """Count one gold value."""
        self.gold += 1
        self.right += is_right

    def figure(self) -> float | None:
        """Return the share in 0..1 with four digits, None without gold values."""
        return _ratio(self.right, self.gold)


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def total(parts: Iterable[Counts]) -> Counts:
    """Add counts up (micro average)."""
    summed = Counts()
    for part in parts:
        summed.add(part.hits, part.extra, part.missed)
    return summed


def fold(text: str | None) -> str:
    """Return `text` case-folded, white space folded, without outer commas and full stops."""
    return " ".join((text or "").casefold().split()).strip(" .,")


def is_alike(left: str | None, right: str | None) -> bool:
    """Tell whether two strings name the same; two absent ones do."""
    left, right = fold(left), fold(right)
    if not left or not right:
        return left == right
    return fuzz.token_set_ratio(left, right) >= ALIKE and fuzz.ratio(left, right) >= ALIKE_WHOLE


def share_words(left: str | None, right: str | None) -> bool:
    """Tell whether the words of one string are (nearly) those of the other or among them."""
    return fuzz.token_set_ratio(fold(left), fold(right)) >= ALIKE


def pairs(
    gold: Iterable[Gold], found: Sequence[Found], same: Callable[[Gold, Found], bool]
) -> list[tuple[int, int]]:
    """Match each gold item with the first unused found one that is the same.

    Returns index pairs (gold, found).
    """
    free = list(range(len(found)))
    matched = []
    for number, item in enumerate(gold):
        partner = next((i for i in free if same(item, found[i])), None)
        if partner is not None:
            free.remove(partner)
            matched.append((number, partner))
    return matched


def unique(items: Iterable[Found], key: Callable[[Found], Hashable]) -> list[Found]:
    """Keep one item for each key: the last one, in the order of first appearance."""
    return list({key(item): item for item in items}.values())
