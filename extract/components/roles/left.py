"""Tell where a title begins: the words before its head noun that belong to it.

"a small business consultant"  ->  "small business consultant"
"OPENS PLANT Sen. Jane Doe"    ->  "Sen."
"""

from __future__ import annotations

from ..reading import Reading
from .words import (
    FIELDS,
    FORMER,
    HEADS,
    JOINTS,
    LEGISLATORS,
    MODIFIERS,
    NOT_DESCRIBING,
    PRAISE,
    STATES,
    STOP,
    head_noun,
    is_whole_part,
    touches,
)

#: So many words may describe a head noun: "long-time open source software developer".
MAX_DESCRIBING = 5
#: A list of fields before a head noun, in words.
MAX_LIST = 12
#: A shorter word in capitals is an acronym ("NBA", "EMEA").
MIN_SHOUTED = 3


def left(read: Reading, at: int, floor: int) -> int:
    """Return where the title begins whose head noun stands at `at`."""
    first, grown = at, _leftward(read, at, at, floor)
    while grown < first:
        first, grown = grown, _leftward(read, grown, at, floor)
    return first


def _leftward(read: Reading, first: int, at: int, floor: int) -> int:
    """Return where a title begins once the words just before `first` are taken in; or `first`."""
    before = first - 1
    if before < floor or read.paragraph[before] != read.paragraph[at]:
        return first
    word, low = read.words[before], read.low[before]
    if low in ("-", "/") and before > floor and touches(read, before):
        return before - 1 if read.name_at[before - 1] == -1 else first
    if word[-1].isalnum() and read.ends[before] == read.starts[first]:
        return first  # run-together text
    name = read.name_of(before)
    if name is not None:
        whole = name.kind == "organisation" and is_whole_part(read, name.first, name.last)
        return name.first if whole or (name.kind == "place" and low in STATES) else first
    if low == "under":
        return before if word == "Under" and read.low[at] == "secretary" else first
    if low in JOINTS:
        listed = _listed(read, before, at, floor)
        if listed is not None:
            return listed
        joins = before > floor and _modifies(read, before - 1, at) and _is_field(read, first)
        return before - 1 if joins else first
    if low in STOP or low in FORMER or not word[0].isalpha():
        return first
    if low in MODIFIERS or low in HEADS or low in STATES:
        return before if _same_voice(read, before, at) else first
    if word[0].isupper() and read.words[at][0].isupper():
        shouted = read.low[at] in LEGISLATORS or not _same_voice(read, before, at)
        return first if shouted else before
    if before - 2 >= floor and read.words[before - 1] == "-" and touches(read, before - 1):
        compound = read.name_at[before - 2] == -1 and low not in PRAISE
        return before - 2 if compound and first == at else _described(read, first, at, floor)
    return _described(read, first, at, floor)


def _listed(read: Reading, joint: int, at: int, floor: int) -> int | None:
    """ "Jane Doe, Contracts, Security & Compliance Manager": a list of fields back to the name."""
    i = joint - 1
    while i > floor and read.name_at[i] == -1 and at - i <= MAX_LIST:
        word = read.words[i]
        if word == "," and _follows_person(read, i):
            return i + 1
        if not (word == "," or word[0].isupper() or read.low[i] in JOINTS):
            return None
        if head_noun(read.low[i])[0]:
            return None
        i -= 1
    return None


def _same_voice(read: Reading, before: int, at: int) -> bool:
    """Not the end of a headline in capitals that runs into the text: "… OPENS PLANT Sen. Doe"."""
    word = read.words[before]
    if read.words[at].isupper() or not word.isupper() or len(word) < MIN_SHOUTED:
        return True
    return len(word) < 6 and not (before > 0 and read.words[before - 1].isupper())


def _described(read: Reading, first: int, at: int, floor: int) -> int:
    """ "a small business consultant", "founder and injury attorney": plain words before a head noun
    belong to it when they lead back to what opens a description. Praise does not."""
    i = first - 1
    while i >= floor and at - i <= MAX_DESCRIBING and _describes(read, i):
        i -= 1
    if i < 0 or i == first - 1 or not _opens_description(read, i, floor):
        return first
    praise = [k for k in range(i + 1, first) if read.low[k] in PRAISE or read.low[k] in FORMER]
    return (praise[-1] if praise else i) + 1


def _describes(read: Reading, i: int) -> bool:
    word, low = read.words[i], read.low[i]
    if read.name_at[i] != -1 or low in NOT_DESCRIBING or head_noun(low)[0]:
        return False
    if low in STOP:
        return low in PRAISE
    if low in ("'s", "’s"):
        return read.name_at[i - 1] == -1  # "children's book author"
    return word[0].isalpha() or (low == "-" and i > 0 and touches(read, i))


def _opens_description(read: Reading, i: int, floor: int) -> bool:
    """An article, a joint after another title, or a comma behind a person's name."""
    if read.low[i] in ("a", "an", "as", "its", "their", "his", "her"):
        return True
    if read.low[i] == "the":
        return read.words[i - 1] == "," and _follows_person(read, i - 1)
    if read.low[i] in JOINTS or read.low[i] == ",":
        if i == floor or (i == floor + 1 and read.low[floor] == ","):
            return floor > 0
        return read.low[i] == "," and _follows_person(read, i)
    return False


def _follows_person(read: Reading, i: int) -> bool:
    name = read.name_of(i - 1)
    return name is not None and name.kind == "person"


def _modifies(read: Reading, i: int, at: int) -> bool:
    """ "Marketing and Communications Director": the first field before a joint."""
    word = read.words[i]
    if read.name_at[i] != -1 or read.low[i] in STOP or head_noun(read.low[i])[0]:
        return False
    return word[0].isupper() and read.words[at][0].isupper() and read.low[i] in (FIELDS | MODIFIERS)


def _is_field(read: Reading, i: int) -> bool:
    return read.low[i] in (FIELDS | MODIFIERS)
