"""Tell where a title ends: the field after its head noun.

"Senior Vice President of Human Resources at Acme"  ->  "… of Human Resources"
"""

from __future__ import annotations

from ..reading import Name, Reading
from .words import (
    AFTER_FIELD,
    BODIES,
    DASHES,
    FIELD_HEADS,
    FIELDS,
    JOINTS,
    MODIFIERS,
    NOT_DESCRIBING,
    OFFICES,
    PARTS,
    STOP,
    head_noun,
    is_whole_part,
    touches,
)

_TAILS = frozenset(("elect", "designate", "emeritus", "emerita", "general", "at-large"))
_WORD_TAILS = frozenset(("emeritus", "emerita", "elect", "designate"))
_NOT_FIRST = frozenset(("major", "special"))
#: Words of a field: in plain words, and as a list before the organisation.
MAX_FIELD, MAX_LISTED = 8, 16
_ADVISING = frozenset(("advisor", "adviser", "assistant", "aide", "counsel", "secretary", "deputy"))


def right(read: Reading, last: int, head: str) -> int:
    """Return where the title ends that has reached `last`: its field, if it has one."""
    while last < len(read) and read.paragraph[last] == read.paragraph[last - 1]:
        grown = _grown(read, last, head)
        if grown is None or grown <= last:
            break
        last = grown
    return last


def _grown(read: Reading, last: int, head: str) -> int | None:
    """Return where the title ends once the words from `last` are taken in; None if they are not."""
    low = read.low[last]
    if low in _WORD_TAILS:
        return last + 1
    if low in JOINTS:
        name = read.name_of(last + 1)  # "and Solutions Division Head", taken for a name
        return name.last if name is not None and _ends_in_head(read, name) else None
    if low in DASHES or low == ",":
        return _apart(read, last)
    if low in ("of", "for", "in", "on") or (low == "to" and head in _ADVISING):
        strict = low in ("in", "on") and not _capital(read, last + 1)
        grown = _field(read, last + 1, strict)
        plain = _plain_field(read, last + 1) if low == "of" and head in FIELD_HEADS else None
        return max((end for end in (grown, plain) if end is not None), default=None)
    if low in FIELDS and low not in _NOT_FIRST:
        name = read.name_of(last)
        if name is None:
            return _field(read, last, strict=True)
        return name.last if _is_region(read, name) else None  # "President EMEA"
    return None


def _ends_in_head(read: Reading, name: Name) -> bool:
    """A name that is a title: an organisation is not called "Head"."""
    last = read.low[name.last - 1]
    return name.kind == "organisation" and last in OFFICES and name.last - name.first > 1


def _apart(read: Reading, last: int) -> int | None:
    """A field behind a comma or a dash."""
    start, dash = last + 1, read.low[last] in DASHES
    if start >= len(read):
        return None
    if dash and read.low[start] in _TAILS and touches(read, last):
        return last + 2
    grown = _field(read, start, strict=True)
    listed = _listed_field(read, start)
    if listed is not None and (grown is None or listed > grown):
        grown = listed
    if not read.words[start][0].isupper() and (not dash or touches(read, last)):
        return None
    return grown


def _is_region(read: Reading, name: Name) -> bool:
    """ "North America", "EMEA": a place that divides a company's work, not where an office is."""
    return name.kind == "place" and all(w in FIELDS for w in read.low[name.first : name.last])


def _capital(read: Reading, i: int) -> bool:
    return i < len(read) and read.words[i][0].isupper()


def _plain_field(read: Reading, start: int) -> int | None:
    """ "director of [rye and barley research] at …": plain words up to what ends them."""
    i = start
    while i < len(read) and i - start <= MAX_FIELD and _continues_field(read, i):
        i += 1
    if i == start or i - start > MAX_FIELD or read.low[start] in BODIES:
        return None
    name = read.name_of(i)
    ends = (
        i == len(read)
        or read.paragraph[i] != read.paragraph[start]
        or (not read.words[i][0].isalnum() if name is None else name.kind == "person")
        or read.low[i] in AFTER_FIELD
    )
    return i if ends and read.low[i - 1] not in (JOINTS | BODIES) else None


def _continues_field(read: Reading, i: int) -> bool:
    low = read.low[i]
    if read.name_at[i] != -1 or head_noun(low)[0]:
        return False
    return low in JOINTS or low == "-" or (low[0].isalpha() and low not in NOT_DESCRIBING)


def _listed_field(read: Reading, start: int) -> int | None:
    """ "…, Organizational Design and Development, Acme": fields between a title and its place."""
    if head_noun(read.low[start])[0] or not _capital(read, start) or read.name_at[start] != -1:
        return None
    for i in range(start + 1, min(start + MAX_LISTED, len(read))):
        if read.sentence[i] != read.sentence[start]:
            return None
        name = read.name_of(i)
        if name is not None and name.kind == "organisation":
            return i - 1 if read.low[i - 1] in (",", "at", "of", "–", "|") else None
        if name is not None and name.kind != "place":
            return None
        plain = (
            name is None
            and read.low[i] not in (",", "at", "of", "-", "/")
            and (read.low[i] not in JOINTS)
        )
        if plain and (not read.words[i][0].isupper() or read.low[i] in STOP):
            return None
    return None


def _field(read: Reading, start: int, strict: bool) -> int | None:
    """Return where a field ends that begins at `start` ("the Middle East"), None if none does.

    With `strict` every word must be a known field, else capitalised words will do.
    """
    i = start
    if i < len(read) and read.low[i] in ("the", "our"):
        i += 1
    begin, end = i, None
    while i < len(read) and read.paragraph[i] == read.paragraph[start - 1] and i - begin < 9:
        word, low = read.words[i], read.low[i]
        name = read.name_of(i)
        if name is not None:
            if i == begin and (_is_part(read, name.first, name.last) or _is_desk(read, name)):
                i = end = name.last
                continue
            link = read.low[start - 1]
            region = name.kind == "place" and (link == "for" or strict)
            if link == ",":  # "President, North America", but "Treasurer, Polk County"
                region = region and _is_region(read, name)
            if region and i == begin:
                i = name.last
                end = i
                continue
            break
        if (low in BODIES and end is None) or "." in low.strip("."):
            break  # "the museum", "acme.example"
        known = low in FIELDS or (low in MODIFIERS and end is not None)
        known = known or (end is not None and word.isupper() and 1 < len(word) < 6)
        if (
            known
            or (not strict and word[0].isupper() and low not in STOP and not head_noun(low)[0])
            or (head_noun(low)[0] and end is None and not strict and word[0].isupper())
        ):
            end = i + 1
        elif low in ("and", "&", ",", "of", "the", "/") and end is not None:
            if low == "," and not _field_list(read, i):
                break
            if (
                low in ("of", "the")
                and i + 1 < len(read)
                and read.low[i + 1] not in (FIELDS | {"the"})
            ):
                break
        else:
            break
        i += 1
    return end


def _is_part(read: Reading, first: int, last: int) -> bool:
    """ "Supervisory Board", "Solutions Division": recognised as a name, but only a part of one."""
    plain = all(w in FIELDS or w in MODIFIERS for w in read.low[first:last])
    return read.low[last - 1] in PARTS and (plain or is_whole_part(read, first, last))


def _is_desk(read: Reading, name: Name) -> bool:
    """ "Vice President of [Clinical Development] at Acme": a field taken for a firm."""
    other = read.name_of(name.last + 1) if name.last + 1 < len(read) else None
    at_home = other is not None and other.kind == "organisation" and read.low[name.last] == "at"
    words = read.low[name.first : name.last]
    field = words[-1] in FIELDS and BODIES.isdisjoint(words)
    return at_home and name.kind == "organisation" and field


def _field_list(read: Reading, comma: int) -> bool:
    """ "Culture, Media and Sport": a comma inside a list of fields that ends in "and"."""
    i = comma + 1
    return i + 1 < len(read) and read.low[i] in FIELDS and read.low[i + 1] in ("and", "&", ",")
