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

_LINKS = frozenset(
    (
        ",",
        "and",
        "&",
        ";",
        "the",
        "as",
        "well",
        "with",
        "along",
        "by",
        "/",
        "both",
        "its",
        "•",
        "*",
        "-",
    )
)
_INCLUDE = frozenset(
    (
        "include",
        "includes",
        "including",
        "are",
        "is",
        "like",
        ":",
        "by",
        "–",
        "-",
        "-",
        "from",
        "features",
        "such",
        "were",
        "will",
        "be",
        "as",
    )
)
_NOUN_SIGNS = frozenset(("include", "includes", "including", ":", "of", "are"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_PARTIES = frozenset(("organisation", "person", "place", "venue"))
_SUBJECTS = frozenset(("organisation", "person", "venue"))
#: A bracket inside a list of names, in words.
MAX_BRACKET = 10
#: Words between a subject and its verb.
REACH = 14
#: Verbs in -ed that have a subject of their own besides "hosted by".
_ACTIVE_PAST = frozenset(
    [
        "hosted",
        "co-hosted",
        "presented",
        "organized",
        "organised",
        "sponsored",
        "supported",
        "participated",
        "attended",
        "exhibited",
        "joined",
        "produced",
        "staged",
        "convened",
    ]
)


def parties(read: Reading, occasion: Occasion) -> list[Party]:
    """Return the parties of `occasion`, each name once for each role."""
    seen: dict[tuple[str, str], Party] = {}
    for name, role in _all(read, occasion):
        if is_wire(name.name) or name.kind == "event" or name.name == occasion.name:
            continue
        party = Party(name.name, name.kind, role, name.start_char, name.end_char)
        seen.setdefault((name.name, role), party)
    return list(seen.values())


def _all(read: Reading, occasion: Occasion) -> Iterator[tuple[Name, PartyRole]]:
    told: set[str] = set()
    for passage in occasion.passages:
        if passage.weight >= MEANT or _is_listing(read, passage):
            for name, role in _found(read, passage, occasion):
                told.add(name.name)
                yield name, role
    for name, role in _owners(read, occasion):
        if name.name not in told:
            yield name, role


def _is_listing(read: Reading, passage: Passage) -> bool:
    """A line that begins with "Sponsors", "Organisers:", "Event sponsors include"."""
    return any(w.rstrip(":") in NOUN_ROLES for w in read.low[passage.first : passage.first + 4])


def _found(read: Reading, passage: Passage, occasion: Occasion) -> Iterator[tuple[Name, PartyRole]]:
    for i in range(passage.first, passage.last):
        low = read.low[i].rstrip(":")
        if read.name_at[i] != -1:
            continue
        following = read.low[i + 1] if i + 1 < passage.last else ""
        if low in WITH_ROLES and following in ("with", "of", "from"):
            yield from _with_role(read, i + 2, passage.last, WITH_ROLES[low])
        elif low in NOUN_ROLES and _is_noun(read, i, passage.last):
            yield from _noun(read, passage, occasion, i, NOUN_ROLES[low])
        elif low in VERB_ROLES:
            role = _prefixed(read, i, VERB_ROLES[low])
            if following == "by":
                yield from _with_role(read, i + 2, passage.last, role)
            elif i + 2 < passage.last and read.low[i + 2] == "by" and low.endswith("ed"):
                yield from _with_role(read, i + 3, passage.last, role)
            else:
                yield from _active(read, passage, occasion, i, role)


def _is_noun(read: Reading, i: int, end: int) -> bool:
    """ "sponsors include", "hosts:", "organiser of"; "sponsors the" is a verb."""
    if read.low[i].rstrip(":") not in VERB_ROLES or read.words[i].endswith(":"):
        return True
    return i + 1 < end and read.low[i + 1] in _NOUN_SIGNS


def _owners(read: Reading, occasion: Occasion) -> Iterator[tuple[Name, PartyRole]]:
    """SafeSpace's Third Annual Gala: an occasion belongs to who holds it."""
    for mention in occasion.mentions:
        i = mention.first - 1
        while i > 0 and mention.first - i <= 4 and read.words[i] not in _POSSESSIVE:
            if not (
                read.words[i][0].isupper() or read.words[i][0].isdigit() or read.low[i] == "annual"
            ):
                break
            i -= 1
        owner = read.name_of(i - 1) if i > 0 and read.words[i] in _POSSESSIVE else None
        if owner is not None and owner.kind == "organisation":
            yield owner, "organiser"


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
            close = next(
                (k for k in range(i + 1, min(i + MAX_BRACKET, end)) if read.words[k] == ")"), None
            )
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
    if low.endswith("ed") and low not in _ACTIVE_PAST:
        return
    if not _has_object(read, passage, occasion, verb):
        return
    if (
        low.startswith("present")
        and verb + 1 < passage.last
        and read.low[verb + 1] in ("at", "during")
    ):
        role = "participant"
    subject = _subject(read, passage, verb)
    if subject is None:
        return
    for name in names_in_list(read, _list_start(read, passage, subject), verb):
        if name.kind in _SUBJECTS:
            yield name, role


def _list_start(read: Reading, passage: Passage, subject: Name) -> int:
    """Return where the list begins that ends in `subject`: "A and B will host"."""
    start = subject.first
    while start - 2 >= passage.first and read.low[start - 1] in ("and", "&"):
        other = read.name_of(start - 2)
        if other is None or other.kind not in _SUBJECTS:
            break
        start = other.first
    return start


def _subject(read: Reading, passage: Passage, verb: int) -> Name | None:
    """Return who does it: the name that opens the sentence, else the last one before the verb."""
    for i in range(passage.first, min(passage.first + 3, verb)):
        name = read.name_of(i)
        if name is not None:
            if name.kind in _SUBJECTS and read.words[name.last] not in _POSSESSIVE:
                return name
            break
    i, depth = verb - 1, 0
    while i >= passage.first and verb - i <= REACH:
        depth += (read.words[i] == ")") - (read.words[i] == "(")
        name = read.name_of(i)
        if name is not None and name.kind == "event":
            return None
        if name is not None and name.kind in _SUBJECTS and depth == 0:
            return name
        i = (name.first if name is not None else i) - 1
    return None


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
    if after >= passage.last:
        return
    if read.words[i].endswith(":") or read.low[after] in _INCLUDE:
        start = after
        while start < passage.last and read.low[start] in _INCLUDE:
            start += 1
        for name in names_in_list(read, start, passage.last):
            if role != "speaker" or name.kind == "person":
                yield name, role
    elif read.low[after] in ("of", "for"):
        holder = _apposed(read, passage, i)
        if holder is not None and _has_object(read, passage, occasion, i):
            yield holder, role
    elif role == "speaker":
        person = read.name_of(after)
        if person is not None and person.kind == "person":
            yield person, role


def _apposed(read: Reading, passage: Passage, i: int) -> Name | None:
    """Return the A of "A, the organiser of"."""
    for before in range(i - 1, max(passage.first, i - 5) - 1, -1):
        name = read.name_of(before)
        if name is not None:
            return name if name.kind in _SUBJECTS else None
    return None
