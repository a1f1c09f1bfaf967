"""The days of an occasion and the words that prove them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...types import DateMention

#: Days from which an interval is a period.
LONG = 27


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day (last None when only the opening is said), and the words that say so."""

    starts_on: date
    ends_on: date | None
    mention: DateMention
    until: DateMention | None = None

    @property
    def is_long(self) -> bool:
        """A month or more: a period in which it is, rather than its days."""
        return self.ends_on is not None and (self.ends_on - self.starts_on).days >= LONG


@dataclass(frozen=True, slots=True)
class Line:
    """What the dateline tells: its place, its day (else that of publication), and the positions
    of its dates among those of the text."""

    place: str | None
    day: date | None
    dates: frozenset[int]

    @property
    def year(self) -> int | None:
        """The year of writing."""
        return self.day.year if self.day is not None else None
