"""The word lists of `data/`, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")


def lines(name: str) -> Iterator[str]:
    """The lines of a data file without comments and blanks."""
    for line in (_DATA / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Lower-case month name or abbreviation -> number."""
    table = {}
    for line in lines("months.txt"):
        number, *names = line.split()
        table.update(dict.fromkeys(names, int(number)))
    return table


@lru_cache(maxsize=1)
def weekdays() -> frozenset[str]:
    return frozenset(name for line in lines("weekdays.txt") for name in line.split())


def squeezed(name: str) -> str:
    """
    >>> squeezed("/24-7 PressRelease/")
    '247pressrelease'
    """
    return "".join(char for char in name.casefold() if char.isalnum())


@lru_cache(maxsize=1)
def _wires() -> tuple[dict[str, str], tuple[str, ...]]:
    known: dict[str, str] = {}
    endings: list[str] = []
    rest = False
    for line in lines("wires.txt"):
        if line == "---":
            rest = True
        elif rest:
            endings.append(squeezed(line))
        else:
            known.setdefault(squeezed(line), line)
    return known, tuple(endings)


def known_wires() -> dict[str, str]:
    """Squeezed name -> name as shown."""
    return _wires()[0]


def is_wire(name: str) -> bool:
    """
    >>> is_wire("PRNewswire"), is_wire("Baltic Shipping Newswire"), is_wire("Acme Ltd")
    (True, True, False)
    """
    key = squeezed(name)
    known, endings = _wires()
    return key in known or key in endings or (len(key) > 5 and key.endswith(endings))


@lru_cache(maxsize=8)
def phrases(name: str) -> tuple[str, ...]:
    """The entries of a list file, lower case, longest first (for alternations)."""
    return tuple(sorted({line.casefold() for line in lines(name)}, key=len, reverse=True))


@lru_cache(maxsize=16)
def words_of(name: str) -> frozenset[str]:
    """The words of a list file, lower case; a line may hold several."""
    return frozenset(word for line in lines(name) for word in line.casefold().split())


def alternation(name: str) -> str:
    """The entries of a list file as the inside of a regular expression's group, case kept."""
    return "|".join(map(re.escape, sorted(set(lines(name)), key=len, reverse=True)))
