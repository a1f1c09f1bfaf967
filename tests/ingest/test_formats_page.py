"""docs/formats.md names every format, limit and problem there is, with its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from ingest.errors import IngestError
from ingest.formats import FORMATS
from ingest.limits import DEFAULT_LIMITS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    table = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in table.split("\n") if line.startswith("|")][2:]
    return [[cell.strip(" `") for cell in re.split(r"\|", line)[1:-1]] for line in lines]


def codes(kind: type[IngestError] = IngestError) -> Iterator[str]:
    for child in kind.__subclasses__():
        yield child.code
        yield from codes(child)


def test_every_format_is_there() -> None:
    assert [row[0] for row in rows("Formats")] == [entry.name for entry in FORMATS]


def test_every_limit_is_there_with_its_value() -> None:
    stated = {name: float(value.replace(",", "")) for name, value, _ in rows("Limits")}
    assert stated == asdict(DEFAULT_LIMITS)


def test_every_problem_is_there() -> None:
    assert {row[0] for row in rows("Problems")} == {*codes(), "internal-error"}
