"""Find titles: a head noun with all the words that belong to it.

    words  ->  Title ("Senior Vice President of Human Resources", "co-founder and CEO")

Head nouns and modifiers are in `roles.yml`. Nothing here looks at who holds the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..reading import Reading, load_words

DATA = {
    key: frozenset(value.split() if isinstance(value, str) else value)
    for key, value in load_words(Path(__file__).with_name("roles.yml")).items()
}
OFFICES, STATE, CALLINGS = DATA["offices"], DATA["state"], DATA["callings"]
HEADS = OFFICES | STATE | CALLINGS
MODIFIERS, STOP, FIELDS = DATA["modifiers"], DATA["stop"], DATA["fields"]
FORMER, HONORIFICS, DEGREES = DATA["former"], DATA["honorifics"], DATA["degrees"]
LOOSE = DATA["loose"]
LEGISLATORS, PRAISE, NOT_DESCRIBING = DATA["legislators"], DATA["praise"], DATA["not_describing"]

#: Second halves of titles whose first half is a head: "Attorney General".
_GENERALS = frozenset(
    ("attorney", "secretary", "consul", "solicitor", "surgeon", "inspector", "director")
)
_JOINTS = frozenset(("and", "&", "/", "+"))
_DASHES = frozenset(("-", "–", "—"))
_TAILS = frozenset(("elect", "designate", "emeritus", "emerita", "general", "at-large"))
_WORD_TAILS = frozenset(("emeritus", "emerita", "elect", "designate"))
_ADVISING = frozenset(("advisor", "adviser", "assistant", "aide", "counsel", "secretary", "deputy"))
BODIES, PARTS, FUNCTIONS = DATA["bodies"], DATA["parts"], DATA["functions"]
_WHOLE_PARTS = frozenset(("division", "department"))
_STATES = frozenset(("u.s.", "us", "u.k.", "uk", "state"))
#: A title longer than this is a sentence.
MAX_WORDS = 16
#: So many words may describe a head noun: "long-time open source software developer".
MAX_DESCRIBING = 5
#: Words of the name of a division that is part of a title.
MAX_PART = 3
#: A shorter word in capitals is an acronym ("NBA", "EMEA").
MIN_SHOUTED = 3


@dataclass(frozen=True, slots=True)
class Title:
    """A title in words. `plural` when several people share it; `head` is its (first) head noun."""

    first: int
    last: int
    head: str
    plural: bool
    former: bool


def titles(read: Reading) -> list[Title]:
    """Return the titles of a document in order; joined ones ("President and CEO") are one."""
    found: list[Title] = []
    for i, low in enumerate(read.low):
        head, plural = _head(low)
        if not head or read.name_at[i] != -1 or (found and i < found[-1].last):
            continue
        if low == "head" and not _is_office_of_head(read, i):
            continue
        if low == "chief" and _leads_to_head(read, i):
            continue
        floor = found[-1].last if found else 0
        found.append(_title(read, i, head, plural, floor))
    return [t for t in _merged(read, found) if t.last - t.first <= MAX_WORDS]


def _leads_to_head(read: Reading, i: int) -> bool:
    """Chief Transformation Officer: the head noun is yet to come."""
    for k in range(i + 1, min(i + 6, len(read))):
        if read.name_at[k] != -1 or read.paragraph[k] != read.paragraph[i]:
            return False
        if _head(read.low[k])[0]:
            return True
        inner = (
            read.low[k] in FIELDS or read.low[k] in MODIFIERS or read.low[k] in ("and", "&", ",")
        )
        if not inner and not read.words[k][0].isupper():
            return False
    return False


def _merged(read: Reading, found: list[Title]) -> list[Title]:
    """Join titles that are one string: "A and B", "A, B and C", "singer-songwriter"."""
    out: list[Title] = []
    i = 0
    while i < len(found):
        best, k = i, i
        while k + 1 < len(found):
            link = _link(read, found[k], found[k + 1])
            if not link:
                break
            k += 1
            if link == "and":
                best = k
        last = found[best]
        plural = found[i].plural or last.plural
        out.append(replace(found[i], last=last.last, plural=plural))
        i = best + 1
    return out


def _link(read: Reading, left: Title, right: Title) -> str:
    """Return "and" or "," when nothing else stands between two titles, else ""."""
    if right.first < left.last or read.paragraph[left.first] != read.paragraph[right.first]:
        return ""
    between = tuple(read.low[left.last : right.first])
    if not between:
        return "and"  # "Investor Relations Director"
    if between in (("and",), ("&",), ("/",), ("+",), (",", "and"), (",", "&")):
        return "and"
    if between == ("-",) and _touches(read, left.last):
        return "and"
    return "," if between == (",",) else ""


def _head(low: str) -> tuple[str, bool]:
    if low in HEADS:
        return low, False
    if low.endswith("s") and low[:-1] in HEADS:
        return low[:-1], True
    if low == "sens." or low == "reps.":
        return low, True
    if low == "secretaries":
        return "secretary", True
    return "", False


def _is_office_of_head(read: Reading, i: int) -> bool:
    """Head of Product, division head; not "head over to"."""
    nxt = read.low[i + 1] if i + 1 < len(read) else ""
    return nxt in ("of", ",", "–", "-") or read.words[i] == "Head" or read.low[i - 1] in MODIFIERS


def _title(read: Reading, head_at: int, head: str, plural: bool, floor: int) -> Title:
    first = _left(read, head_at, floor)
    last = head_at + 1
    if last < len(read) and read.low[last] == "general" and head in _GENERALS:
        last += 1
    if head == "chief" and last < len(read) and _is_coined(read, last):
        head, last = "officer", last + 1  # "Chief Instigator"
    if last < len(read) and read.low[last] == "relations":
        head = "officer"  # "Investor Relations" is an office, an investor holds none
    while last < len(read) and _head(read.low[last])[0] and read.name_at[last] == -1:
        plural = plural or _head(read.low[last])[1]
        last += 1  # "Attorney General", "writer producer"
    last = _right(read, last, head)
    former = first > 0 and _is_former(read, first)
    return Title(first, last, head, plural, former)


def _is_coined(read: Reading, i: int) -> bool:
    """A capitalised word that is no name and ends like a title or its line: "Chief Provocateur"."""
    if read.name_at[i] != -1 or not read.words[i][0].isupper() or read.low[i] in STOP:
        return False
    return read.paragraph[i] == read.paragraph[i - 1]


def _is_former(read: Reading, first: int) -> bool:
    before = read.low[max(0, first - 2) : first]
    return any(w in FORMER for w in before)


def _left(read: Reading, at: int, floor: int) -> int:
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
    if low in ("-", "/") and before > floor and _touches(read, before):
        return before - 1 if read.name_at[before - 1] == -1 else first
    if word[-1].isalnum() and read.ends[before] == read.starts[first]:
        return first  # run-together text
    name = read.name_of(before)
    if name is not None:
        whole = name.kind == "organisation" and _is_whole_part(read, name.first, name.last)
        return name.first if whole or (name.kind == "place" and low in _STATES) else first
    if low == "under":
        return before if word == "Under" and read.low[at] == "secretary" else first
    if low in _JOINTS:
        joins = before > floor and _modifies(read, before - 1, at) and _is_field(read, first)
        return before - 1 if joins else first
    if low in STOP or low in FORMER or not word[0].isalpha():
        return first
    if low in MODIFIERS or low in HEADS or low in _STATES:
        return before if _same_voice(read, before, at) else first
    if word[0].isupper() and read.words[at][0].isupper():
        shouted = read.low[at] in LEGISLATORS or not _same_voice(read, before, at)
        return first if shouted else before
    return _described(read, first, at, floor)


def _same_voice(read: Reading, before: int, at: int) -> bool:
    """Not the end of a headline in capitals that runs into the text: "… OPENS PLANT Sen. Doe"."""
    word = read.words[before]
    if read.words[at].isupper() or not word.isupper() or len(word) < MIN_SHOUTED:
        return True
    return before > 0 and len(word) < 6 and not read.words[before - 1].isupper()


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
    if read.name_at[i] != -1 or low in NOT_DESCRIBING or _head(low)[0]:
        return False
    if low in STOP:
        return low in PRAISE
    return word[0].isalpha() or (low == "-" and i > 0 and _touches(read, i))


def _opens_description(read: Reading, i: int, floor: int) -> bool:
    """An article, a joint after another title, or a comma or dash behind a person's name."""
    if read.low[i] in ("a", "an", "as"):
        return True
    if read.low[i] in _JOINTS or read.low[i] == ",":
        if i == floor or (i == floor + 1 and read.low[floor] == ","):
            return floor > 0
        name = read.name_of(i - 1)
        return name is not None and name.kind == "person" and read.low[i] == ","
    return False


def _modifies(read: Reading, i: int, at: int) -> bool:
    """ "Marketing and Communications Director": the first field before a joint."""
    word = read.words[i]
    if read.name_at[i] != -1 or read.low[i] in STOP or _head(read.low[i])[0]:
        return False
    return word[0].isupper() and read.words[at][0].isupper() and read.low[i] in (FIELDS | MODIFIERS)


def _is_field(read: Reading, i: int) -> bool:
    return read.low[i] in (FIELDS | MODIFIERS)


def _touches(read: Reading, i: int) -> bool:
    return read.ends[i - 1] == read.starts[i] and (
        i + 1 >= len(read) or read.ends[i] == read.starts[i + 1]
    )


def _right(read: Reading, last: int, head: str) -> int:
    """Return where the title ends that has reached `last`: its field, if it has one."""
    while last < len(read):
        low = read.low[last]
        if low in _DASHES and last + 1 < len(read):
            tail = read.low[last + 1]
            if tail in _TAILS and _touches(read, last):
                last += 2
                continue
            grown = _field(read, last + 1, strict=True) or _listed_field(read, last + 1)
            if grown is None or (_touches(read, last) and not read.words[last + 1][0].isupper()):
                break
            last = grown
        elif low in ("of", "for", "in", "on") or (low == "to" and head in _ADVISING):
            grown = _field(
                read, last + 1, strict=low in ("in", "on") and not _capital(read, last + 1)
            )
            if grown is None:
                break
            last = grown
        elif low == ",":
            grown = _field(read, last + 1, strict=True) or _listed_field(read, last + 1)
            if grown is None or not read.words[last + 1][0].isupper():
                break
            last = grown
        elif low in FIELDS and read.name_at[last] == -1 and low not in ("the", "major", "special"):
            grown = _field(read, last, strict=True)
            if grown is None or read.paragraph[last] != read.paragraph[last - 1]:
                break
            last = grown
        elif low in _WORD_TAILS:
            last += 1
        else:
            break
    return last


def _capital(read: Reading, i: int) -> bool:
    return i < len(read) and read.words[i][0].isupper()


def _listed_field(read: Reading, start: int) -> int | None:
    """ "…, Organizational Design and Development, Acme": a field between a title and its place."""
    if start < len(read) and _head(read.low[start])[0]:
        return None
    grown = _field(read, start, strict=False)
    if grown is None or grown + 1 >= len(read):
        return None
    name = read.name_of(grown + 1)
    follows = read.low[grown] in ("at", "of") or (
        read.low[grown] == "," and name is not None and name.kind == "organisation"
    )
    return grown if follows else None


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
            if i == begin and _is_part(read, name.first, name.last):
                i = end = name.last
                continue
            link = read.low[start - 1]
            region = name.kind == "place" and (link == "for" or strict)
            if link == ",":  # "President, North America", but "Treasurer, Polk County"
                region = region and all(w in FIELDS for w in read.low[name.first : name.last])
            if region and i == begin:
                i = name.last
                end = i
                continue
            break
        if low in BODIES and end is None:
            break
        known = low in FIELDS or (low in MODIFIERS and end is not None)
        known = known or (end is not None and word.isupper() and 1 < len(word) < 6)
        if (
            known
            or (not strict and word[0].isupper() and low not in STOP and not _head(low)[0])
            or (_head(low)[0] and end is None and not strict and word[0].isupper())
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
    return read.low[last - 1] in PARTS and (plain or _is_whole_part(read, first, last))


def _is_whole_part(read: Reading, first: int, last: int) -> bool:
    """ "Solutions Division": a short one; a longer name is an organisation of its own."""
    return read.low[last - 1] in _WHOLE_PARTS and last - first <= MAX_PART


def _field_list(read: Reading, comma: int) -> bool:
    """ "Culture, Media and Sport": a comma inside a list of fields that ends in "and"."""
    i = comma + 1
    return i + 1 < len(read) and read.low[i] in FIELDS and read.low[i + 1] in ("and", "&", ",")


def plural_people(read: Reading, start: int) -> Iterator[int]:
    """Yield the first words of the names in "A, B and C" beginning at `start`."""
    i = start
    while i < len(read):
        name = read.name_of(i)
        if name is None or name.kind != "person" or name.first != i:
            return
        yield i
        i = name.last
        while i < len(read) and read.low[i] in (",", "and", "&"):
            i += 1
