"""Groups of spellings that are one thing, and the form in which spellings are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from .consistency import Surface
from .lists import bare


class Groups:
    """Surfaces joined into groups (union-find over surfaces of one kind)."""

    def __init__(self, surfaces: Iterable[Surface]) -> None:
        self.parent = {surface: surface for surface in surfaces}

    def root(self, surface: Surface) -> Surface:
        """Return the surface that stands for the group."""
        while self.parent[surface] != surface:
            surface = self.parent[surface]
        return surface

    def join(self, a: Surface, b: Surface) -> None:
        """Put two surfaces into one group."""
        self.parent[self.root(a)] = self.root(b)


def folded(word: str) -> str:
    """Return a word without accents, case and full stops."""
    plain = unicodedata.normalize("NFKD", word)
    return bare("".join(c for c in plain if not unicodedata.combining(c))).replace("’", "'")
