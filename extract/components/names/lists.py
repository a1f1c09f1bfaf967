"""The word lists of the name rules, read from `data/` when first used."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


@lru_cache
def entries(name: str) -> frozenset[str]:
    """Return the lines of `data/NAME.txt`, without comments."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def bare(word: str) -> str:
    """Return a word as the lists write it: lower case, without full stops."""
    return word.replace(".", "").lower()
