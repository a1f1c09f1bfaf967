"""The days of an occasion and the words that prove them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...types import DateMention


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day (last None when only the opening is said), and the words that say so."""

    starts_on: date
    ends_on: date | None
    mention: DateMention
    until: DateMention | None = None
