"""Print a report of figures, one line each, grouped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: Width of the column of names, characters.
NAME_WIDTH = 18


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a report as `Report.figures` gives it."""
    for group, value in figures.items():
        yield group
        if isinstance(value, dict):
            for name, cell in value.items():
                yield f"    {name:{NAME_WIDTH}} {cell}"
        else:
            yield f"    {value}"
