"""Tell who takes part in an occasion, and as what.

    "The summit is hosted by A and B and sponsored by C, D and E"  ->  two hosts, three sponsors
"""

from __future__ import annotations

from collections.abc import Iterator

from ...types import Party, PartyRole
from ..issuer.component import is_wire
from ..reading import Name, Reading
from .data import NOUN_ROLES, NOUNS, VERB_ROLES, WITH_ROLES
from .topics import MEANT, NAMED, Occasion, Passage

_LINKS = frozenset((",", "and", "&", ";", "the", "as", "well", "with", "along", "by", "/", "both", "its", "•", "*", "-"))
_INCLUDE = frozenset(("include", "includes", "including", "are", "is", "like", ":", "by", "–", "-", "-", "from", "features", "such", "were", "will", "be", "as"))
_PARTIES = frozenset(("organisation", "person", "place", "venue"))
_SUBJECTS = frozenset(("organisation", "person", "venue"))
#: A bracket inside a list of names, in words.
MAX_BRACKET = 10
#: Words between a subject and its verb.
REACH = 14


def parties(read: Reading, occasion: Occasion) -> list[Party]:
    """Return the parties of `occasion`, each name once for each role."""
    seen: dict[tuple[str, str], Party] = {}
    for passage in occasion.passages:
        if passage.weight < MEANT and not _is_listing(read, passage):
            continue
        for name, role in _found(read, passage, occasion):
            if is_wire(name.name) or name.kind == "event" or name.name == occasion.name:
                continue
            seen.setdefault(
                (name.name, role),
                Party(name.name, name.kind, role, name.start_char, name.end_char),
            )
    return list(seen.values())


def _is_listing(read: Reading, passage: Passage) -> bool:
    """A line that begins with "Sponsors", "Organisers:", "Event sponsors include"."""
    return any(w.rstrip(":") in NOUN_ROLES for w in read.low[passage.first : passage.first + 4])


def _found(
    read: Reading, passage: Passage, occasion: Occasion
) -> Iterator[tuple[Name, PartyRole]]:
    for i in range(passage.first, passage.last):
        low = read.low[i].rstrip(":")
        if read.name_at[i] != -1:
            continue
        if low in VERB_ROLES:
            role = _prefixed(read, i, VERB_ROLES[low])
            if i + 1 < passage.last and read.low[i + 1] == "by":
                yield from _with_role(read, i + 2, passage.last, role)
            elif i + 2 < passage.last and read.low[i + 2] == "by" and low.endswith("ed"):
                yield from _with_role(read, i + 3, passage.last, role)
            else:
                yield from _active(read, passage, occasion, i, role)
        elif low in NOUN_ROLES:
            yield from _noun(read, passage, occasion, i, NOUN_ROLES[low])
        elif low in WITH_ROLES and i + 1 < passage.last and read.low[i + 1] in ("with", "of", "from"):
            yield from _with_role(read, i + 2, passage.last, WITH_ROLES[low])


def _prefixed(read: Reading, i: int, role: PartyRole) -> PartyRole:
    """ "co-organised", which the tokenizer cuts at the hyphen; "jointly organised" stays."""
    if i >= 2 and read.low[i - 1] == "-" and read.low[i - 2] == "co" and role == "organiser":
        return "co-organiser"
    return role


def _with_role(
    read: Reading, start: int, end: int, role: PartyRole
) -> Iterator[tuple[Name, PartyRole]]:
    for name in names_in_list(read, start, end):
        yield name, role


def names_in_list(read: Reading, start: int, end: int) -> Iterator[Name]:
    """Yield the names of "A, the B (C), D and E" beginning at `start`."""
    i, begun = start, False
    while i < end:
        name = read.name_of(i)
        if name is not None:
            if name.kind not in _PARTIES:
                return
            if name.kind != "place" or not begun or not _qualifies(read, name):
                yield name
            begun, i = True, max(name.last, i + 1)
            continue
        low = read.low[i]
        if low == "(":
            close = next((k for k in range(i + 1, min(i + MAX_BRACKET, end)) if read.words[k] == ")"), None)
            if close is None:
                return
            i = close + 1
        elif low in _LINKS or (begun and low in ("'s", "’s")):
            i += 1
        elif not begun and i - start < 3 and low not in VERB_ROLES:
            i += 1  # "by the renowned A"
        else:
            return


def _qualifies(read: Reading, place: Name) -> bool:
    """ "Acme of Boston", "Acme, Ohio": a place that belongs to the name before."""
    return read.low[place.first - 1] in (",", "of", "in")


def _active(
    read: Reading, passage: Passage, occasion: Occasion, verb: int, role: PartyRole
) -> Iterator[tuple[Name, PartyRole]]:
    """A and B will host the EVENT; A presents EVENT; A to exhibit at EVENT"""
    low = read.low[verb]
    if low.endswith("ed") and low not in ("hosted", "presented", "organized", "organised", "sponsored", "supported", "participated", "attended", "exhibited", "joined", "produced", "staged", "co-hosted", "convened"):
        return
    if not _has_object(read, passage, occasion, verb):
        return
    i = verb - 1
    while i >= passage.first and verb - i <= REACH:
        name = read.name_of(i)
        if name is not None and name.kind in _SUBJECTS:
            subject = name
            break
        if name is not None and name.kind == "event":
            return
        i = (name.first if name is not None else i) - 1
    else:
        return
    yield subject, role
    before = subject.first - 1
    while before > passage.first and read.low[before] in ("and", "&", ",", "the"):
        previous = read.name_of(before - 1)
        if previous is not None and previous.kind in _SUBJECTS and read.low[before] != ",":
            yield previous, role
            before = previous.first - 1
        else:
            before -= 1


def _has_object(read: Reading, passage: Passage, occasion: Occasion, verb: int) -> bool:
    """The occasion, by name or as "the event", follows the verb."""
    limit = min(verb + 12, passage.last)
    mentions = {m.first for m in occasion.mentions}
    for i in range(verb + 1, limit):
        if i in mentions:
            return True
        name = read.name_of(i)
        if name is not None and name.kind == "event":
            return any(m.first <= i < m.last for m in occasion.mentions)
        if passage.weight in (NAMED, MEANT) and i + 1 == passage.anchor and read.low[i] in NOUNS:
            return True
    return False


def _noun(
    read: Reading, passage: Passage, occasion: Occasion, i: int, role: PartyRole
) -> Iterator[tuple[Name, PartyRole]]:
    """Sponsors include A and B; speakers: A, B; A, organiser of the EVENT"""
    after = i + 1
    if read.words[i].endswith(":") or (after < passage.last and read.low[after] in _INCLUDE):
        start = after
        while start < passage.last and read.low[start] in _INCLUDE:
            start += 1
        for name in names_in_list(read, start, passage.last):
            if role == "speaker" and name.kind != "person":
                continue
            yield name, role
        return
    if after < passage.last and read.low[after] in ("of", "for") and _has_object(read, passage, occasion, i):
        before = i - 1
        while before >= passage.first and i - before <= 5:
            name = read.name_of(before)
            if name is not None:
                if name.kind in _SUBJECTS:
                    yield name, role
                return
            before -= 1
        return
    if role in ("speaker",) and after < passage.last:
        name = read.name_of(after)
        if name is not None and name.kind == "person":
            yield name, role
