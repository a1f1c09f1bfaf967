"""What an event's name says: which edition of which series, and whether two names are one.

"16th Annual Acme Summit 2025"  ->  edition 16, series "Acme Summit"
"""

from __future__ import annotations

import re

from .data import ORDINALS, WEAK_NAMES

MIN_PLURAL = 4  # letters from which an s at the end is taken for a plural
_ORDINAL = re.compile(r"\(?\b(\d{1,3})(?:st|nd|rd|th)\b\)?", re.I)
_YEAR = re.compile(r"[(\[’']?\b(?:19|20)\d\d\b[)\]]?")
_WORD_ORDINAL = re.compile(r"\b(" + "|".join(ORDINALS) + r")\b", re.I)
_ROMAN = re.compile(r"\b([XVI]{2,8})\b")
_ANNUAL = re.compile(r"\b(?:bi-?annual|annual|edition(?: of)?)\b", re.I)
_DIGITS = {"I": 1, "V": 5, "X": 10}


def edition(name: str) -> int | None:
    """Return the number of the edition that a name states, None when it states none."""
    match = _ORDINAL.search(name)
    if match:
        return int(match[1])
    word = _WORD_ORDINAL.search(name)
    if word and (_ANNUAL.search(name) or word.start() == 0 or word[1].lower() == "inaugural"):
        return ORDINALS[word[1].lower()]
    roman = _ROMAN.search(name)
    return _roman(roman[1]) if roman else None


def _roman(numeral: str) -> int | None:
    total = 0
    values = [_DIGITS[c] for c in numeral]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if 1 < total < 100 else None


def series(name: str) -> str | None:
    """Return a name without edition and year; None when nothing is left or nothing was there."""
    bare = _YEAR.sub(" ", _ORDINAL.sub(" ", name))
    if edition(name) is not None:
        bare = _ANNUAL.sub(" ", _WORD_ORDINAL.sub(" ", bare, count=1))
        if not _ORDINAL.search(name) and not _WORD_ORDINAL.search(name):
            bare = _ROMAN.sub(" ", bare, count=1)
    bare = " ".join(_ANNUAL.sub(" ", bare).split()).strip(" -–—:,‘’'\"“”")
    bare = bare[4:] if bare.lower().startswith("the ") else bare
    return bare if bare and bare != name else None


def key(name: str) -> str:
    """Return what two names of one occasion in a release have in common."""
    bare = (series(name) or name).lower()
    words = re.findall(r"\w+", bare.removeprefix("the "))
    if words and len(words[-1]) > MIN_PLURAL:
        words[-1] = words[-1].removesuffix("s")  # "Bakers Talks"
    return " ".join(words)


def is_weak(name: str) -> bool:
    """Say whether a name is that of a prize, a month or a holiday rather than of an occasion."""
    words = re.findall(r"[\w®’']+", name.lower())
    while words and (words[-1].isdigit() or words[-1] in ("spring", "fall", "summer", "winter")):
        words.pop()
    return bool(words) and words[-1].rstrip("®™") in WEAK_NAMES
