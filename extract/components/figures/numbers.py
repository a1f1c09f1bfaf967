"""Read a number in digits or words: "20,000", "1.2 billion", "twenty-five", "half a million"."""

from __future__ import annotations

from importlib.resources import files
from types import SimpleNamespace
from typing import Any

import yaml

from ..dates.lexemes import Lexemes


def _words() -> SimpleNamespace:
    raw: dict[str, Any] = yaml.safe_load(
        (files(__package__) / "lexicon.yml").read_text(encoding="utf-8")
    )
    keep_order = {"qualifiers"}
    return SimpleNamespace(
        **{
            name: frozenset(map(str, value))
            if isinstance(value, list) and name not in keep_order
            else value
            for name, value in raw.items()
        }
    )


#: The word lists of lexicon.yml: sets, and tables word -> value.
WORDS = _words()

#: A number, the piece after it.
Number = tuple[int, float]


def number_at(lx: Lexemes, i: int) -> Number | None:
    """The number that begins at piece `i`, scale words included; None when there is none."""
    digits = _digits(lx, i) if lx.low[i].isdigit() else _spelled(lx, i)
    if digits is None:
        return None
    end, value = digits
    while lx.low[end] in WORDS.scales and (lx.low[end] != "dozen" or not lx.low[i].isdigit()):
        value *= WORDS.scales[lx.low[end]]
        end += 1
        if lx.low[end] == "and" and lx.low[end + 1] in WORDS.cardinals and not lx.low[i].isdigit():
            rest = _spelled(lx, end + 1)
            if rest and rest[1] < 100 and value % 100 == 0:
                end, value = rest[0], value + rest[1]
    return end, value


def _digits(lx: Lexemes, i: int) -> Number | None:
    """ "20,000", "3.5", "1 200"; not the inside of a longer number or code."""
    if lx.touches(i) and (lx.low[i - 1].isalnum() or lx.low[i - 1] in "./:,-–_@#&=%"):
        return None
    if not lx.low[i].isascii() or (i and lx.low[i - 1].isdigit()):
        return None  # "+44 1204 876536"
    written, end = lx.low[i], i + 1
    grouped = False
    while (
        lx.low[end] == ","
        and lx.touches(end)
        and lx.touches(end + 1)
        and len(lx.low[end + 1]) == 3
        and lx.low[end + 1].isdigit()
        and len(lx.low[i]) <= 3
    ):
        written += lx.low[end + 1]
        end += 2
        grouped = True
    if lx.low[end] == "." and lx.touches(end) and lx.touches(end + 1) and lx.low[end + 1].isdigit():
        written += "." + lx.low[end + 1]
        end += 2
    joined = lx.touches(end) and lx.low[end] in ".:-/,’'" and lx.touches(end + 1)
    if joined and (lx.low[end + 1].isdigit() or lx.low[end] in "-/"):
        return None  # "1.2.3", "9:30", "212-555", "4-day"
    if not grouped and len(written) > 12:
        return None
    return end, float(written)


def _spelled(lx: Lexemes, i: int) -> Number | None:
    """ "eleven", "twenty-five", "half a million", "a dozen"."""
    low = lx.low
    if low[i] == "half" and low[i + 1] == "a" and low[i + 2] in ("million", "billion"):
        return i + 2, 0.5
    if low[i] in ("a", "one") and low[i + 1] in WORDS.scales:
        return i + 1, 1.0
    value = WORDS.cardinals.get(low[i])
    if value is None or (lx.touches(i) and low[i - 1] == "-"):
        return None
    end = i + 1
    if low[end] == "-" and lx.touches(end) and lx.touches(end + 1):
        ones = WORDS.cardinals.get(low[end + 1])
        if value < 20 or ones is None or ones > 9:
            return None  # "four-day", "two-story"
        end, value = end + 2, value + ones
    return end, float(value)
