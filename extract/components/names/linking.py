"""Give all mentions of one thing in a document one name: its fullest.

"Henkaline" -> "Trent Henkaline"; "BSC" -> "Beijing Society for Circuits"; "NJ" -> "New Jersey"
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .candidates import Candidate, Text
from .consistency import Surface, is_acronym, is_edition
from .gazetteer import place_name
from .groups import Groups, folded
from .lists import entries
from .organisations import short_names

#: More digits in one word of a name are a telephone number.
MAX_DIGITS = 5
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
#: Words from the bracket behind a name to its short form, at most: "(", "(the “", "(NASDAQ: ".
MAX_BEFORE_SHORT = 4
#: What "example.com" has more than the "Example" of the same release.
_DOMAIN = re.compile(r"\.(?:com|org|net|io)$")


def linked(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Set `name` of every candidate."""
    named = list(found)
    for kind in dict.fromkeys(c.kind for c in found):
        members = [i for i, c in enumerate(found) if c.kind == kind]
        counts = Counter(text.of(found[i]) for i in members)
        groups = Groups(counts)
        _same_key(groups, list(counts), kind)
        if kind == "person":
            _parts_of_people(groups, list(counts))
        elif kind == "organisation":
            _acronyms(groups, list(counts), _defined(text, [found[i] for i in members]))
            short_names(groups, list(counts))
        elif kind in ("event", "venue"):
            _acronyms(groups, list(counts), _defined(text, [found[i] for i in members]))
            _contained(groups, list(counts))
        names = _names(groups, counts, kind, text)
        for i in members:
            named[i] = replace(found[i], name=names[groups.root(text.of(found[i]))])
    return named


def _key(surface: Surface, kind: str) -> tuple[str, ...]:
    """What two spellings of one name have in common."""
    if kind == "place":
        surface = tuple(place_name(" ".join(surface)).split())
    if kind == "organisation":
        surface = tuple(_DOMAIN.sub("", word) for word in surface)
    words = [folded(w) for w in surface if any(c.isalnum() for c in w)]
    if words and words[0] == "the":
        words = words[1:]
    if kind == "place":
        words = ["saint" if w == "st" else w for w in words]
    if kind == "organisation":
        legal = entries("legal_forms")
        while len(words) > 1 and words[-1] in legal:
            words.pop()
        return ("".join(words).replace("-", ""),)
    if kind == "event":
        words = [w for w in words if not is_edition(w)] or words
    if kind == "person":
        words = [w for w in words if w not in _SUFFIXES] or words
    return tuple(words)


def _same_key(groups: Groups, surfaces: list[Surface], kind: str) -> None:
    first: dict[tuple[str, ...], Surface] = {}
    for surface in surfaces:
        groups.join(surface, first.setdefault(_key(surface, kind), surface))


def _parts_of_people(groups: Groups, surfaces: list[Surface]) -> None:
    """Join a surname or first name with the only full name that has it; and middle initials."""
    keys = {s: _key(s, "person") for s in surfaces}
    full = [s for s in surfaces if len(keys[s]) > 1]
    for surface in surfaces:
        key = keys[surface]
        if len(key) == 1:
            for end in (-1, 0):
                owners = {groups.root(f) for f in full if keys[f][end] == key[0]}
                if len(owners) == 1:
                    groups.join(surface, owners.pop())
                    break
            continue
        for other in full:
            if other != surface and _same_person(key, keys[other]):
                groups.join(surface, other)


def _same_person(key: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Say whether two full names differ only by initials, middle or further names."""
    ends_agree = key[-1] == theirs[-1] and key[0][0] == theirs[0][0]
    if ends_agree and (key[0] == theirs[0] or 1 in (len(key[0]), len(theirs[0]))):
        return True
    size = len(key)
    return size < len(theirs) and key in (theirs[:size], theirs[-size:])


def _defined(text: Text, found: list[Candidate]) -> set[tuple[Surface, Surface]]:
    """Return the pairs (short, long) that stand as "long (short)" or "long (NASDAQ: short)"."""
    by_start = {c.start: c for c in found}
    pairs = set()
    for c in found:
        if text.surface(c.end, c.end + 1) != ("(",):
            continue
        for gap in range(1, MAX_BEFORE_SHORT + 1):
            other = by_start.get(c.end + gap)
            if other is None or other.end >= len(text.words) or other.end - other.start > 3:
                continue
            closed = text.words[other.end] in (")", '"', "”", "’", ";", ",")
            ticker = gap > 1 and text.words[other.start - 1] == ":"
            short, long = text.of(other), text.of(c)
            if closed and (ticker or (gap <= 2 and _may_stand_for(short, long))):
                pairs.add((short, long))
    return pairs


def _may_stand_for(short: Surface, long: Surface) -> bool:
    """A short form begins like a word of the name: "(FINRA)" behind a bank is its regulator."""
    return short[0][0].lower() in {word[0].lower() for word in long}


def _acronyms(
    groups: Groups, surfaces: list[Surface], defined: set[tuple[Surface, Surface]]
) -> None:
    for short, long in defined:
        if short in groups.parent and long in groups.parent:
            groups.join(short, long)
    for short in surfaces:
        if len(short) == 1 and short[0].isupper() and len(short[0]) > 1:
            owners = {groups.root(s) for s in surfaces if s != short and _spells(short[0], s)}
            if len(owners) == 1:
                groups.join(short, owners.pop())


def _spells(short: str, long: Surface) -> bool:
    """Initials only: without a definition in the text nothing looser counts."""
    if len(long) < 2 or not is_acronym(short, long):
        return False
    words = [w for w in long if w[0].isupper()]
    return (
        "".join(w[0] for w in words).upper() == short.upper()
        or "".join(w[0] for w in long if w[0].isalpha()).upper() == short.upper()
    )


def _contained(groups: Groups, surfaces: list[Surface]) -> None:
    """Join a name with the only longer one that contains its words in a row."""
    keys = {s: tuple(folded(w) for w in s) for s in surfaces}
    grouped = Counter(groups.root(s) for s in surfaces)
    nouns = entries("events") | entries("events_weak")
    for short in surfaces:
        key = keys[short]
        if len(key) == 1 and key[0] not in nouns and grouped[groups.root(short)] > 1:
            continue  # "BSK" is "BSK 2025"; it need not be the "BSK Conference 2025" too
        owners = set()
        for other in surfaces:
            theirs = keys[other]
            spots = range(len(theirs) - len(key) + 1)
            inside = any(theirs[i : i + len(key)] == key for i in spots)
            if len(key) < len(theirs) and inside and not _is_part(key, theirs):
                owners.add(groups.root(other))
        owners.discard(groups.root(short))
        if len(owners) == 1:
            groups.join(short, owners.pop())


def _is_part(name: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """ "Bread Summit Gala" is an evening of the "Bread Summit", not another name of it."""
    events = entries("events") | entries("events_weak") | entries("titled")
    return (
        longer[: len(name)] == name
        and longer[-1] in entries("parts")
        and bool(_last_words(name) & (events | entries("parts")))
    )


def _is_shouted(surface: Surface) -> bool:
    """Several words in capitals; "BSK 2025" is one word and its year."""
    words = [w for w in surface if not is_edition(w)]
    return len(words) > 1 and " ".join(words).isupper()


def _is_dated_name(surface: Surface, others: Iterable[Surface], counts: Counter[Surface]) -> bool:
    """ "Rye Fair 2025" says more than "Oslo Rye Fair"; "Expo 2024" and one-offs do not."""
    plain = [w for w in surface if not is_edition(w)]
    usual = max(counts[other] for other in others)
    return len(plain) < len(surface) and (len(plain) > 1 or counts[surface] == usual > 1)


def _last_words(name: tuple[str, ...]) -> set[str]:
    return {" ".join(name[-size:]) for size in (1, 2) if size <= len(name)}


def _is_glued(text: Text, surface: Surface) -> bool:
    """ "Acme Inc.+1.800.555.0100", "ProgressAcme": text that ran into a name."""
    if any(sum(c.isdigit() for c in word) > MAX_DIGITS for word in surface[1:]):
        return True
    at = _position(text, surface)
    return any(
        not token.whitespace_ and token.is_alpha and text.doc[token.i + 1].is_title
        for token in text.doc[at : at + len(surface) - 1]
    )


def _position(text: Text, surface: Surface) -> int:
    """Return where a surface stands first."""
    size = len(surface)
    return next(i for i in text.positions[surface[0]] if text.surface(i, i + size) == surface)


def _names(groups: Groups, counts: Counter[Surface], kind: str, text: Text) -> dict[Surface, str]:
    """Return the fullest clean surface of each group; one in capitals only when all are."""
    members: dict[Surface, list[Surface]] = defaultdict(list)
    for surface in groups.parent:
        members[groups.root(surface)].append(surface)
    names = {}
    for root, surfaces in members.items():
        best = max(
            surfaces,
            key=lambda s: (
                not _is_glued(text, s),
                any(c.islower() for word in s for c in word)
                or len(surfaces) == 1
                or (kind == "event" and not _is_shouted(s)),
                kind == "event" and _is_dated_name(s, surfaces, counts),
                len(s),
                len("".join(s)),
                counts[s],
            ),
        )
        at = _position(text, best)
        span = text.doc[at : at + len(best)]
        name = " ".join(span.text.split())
        names[root] = place_name(name) if kind == "place" else name
    return names
