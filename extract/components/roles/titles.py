"""Find titles: a head noun with all the words that belong to it.

    words  ->  Title ("Senior Vice President of Human Resources", "co-founder and CEO")

Head nouns and modifiers are in `roles.yml`. Nothing here looks at who holds the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..reading import Reading, after_bracket
from .left import left
from .right import right
from .words import (
    FIELDS,
    FORMER,
    FUNCTIONS,
    LOOSE,
    MODIFIERS,
    STOP,
    VERB_HEADS,
    head_noun,
    touches,
)

#: Second halves of titles whose first half is a head: "Attorney General".
_GENERALS = frozenset(
    ("attorney", "secretary", "consul", "solicitor", "surgeon", "inspector", "director")
)
#: First halves that say little of a title: "General Manager", "Executive Director".
_FIRST_HALVES = frozenset(("general", "executive", "chief", "associate", "major"))
#: A title longer than this is a sentence.
MAX_WORDS = 16


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
        head, plural = head_noun(low)
        if not head or read.name_at[i] != -1 or (found and i < found[-1].last):
            continue
        if not _is_noun(read, i):
            continue
        floor = found[-1].last if found else 0
        found.append(_title(read, i, head, plural, floor))
    return [t for t in _merged(read, found) if _is_title(read, t)]


def _is_title(read: Reading, title: Title) -> bool:
    """No sentence, no mere desk ("Investor Relations: Jane Doe"), no "seasoned executive"."""
    words = " ".join(read.low[title.first : title.last])
    return title.last - title.first <= MAX_WORDS and words not in FUNCTIONS


def _is_noun(read: Reading, i: int) -> bool:
    """A head noun in its own right: no verb, no first half of a longer title."""
    low, before = read.low[i], read.low[i - 1] if i else ""
    if low in VERB_HEADS and before in ("to", "will", "would", "who", "can", "helped", "helps"):
        return False
    if low == "head":
        return _is_office_of_head(read, i)
    if low in ("general", "major"):
        return read.words[i][0].isupper()  # "this is major news"
    if low == "justice" and before not in ("chief", "associate", "supreme", "lord"):
        return read.name_of(i + 1) is not None  # "Justice Doe"; not "criminal justice"
    if low == "master":
        return read.low[i + 1 : i + 3] == ["of", "ceremonies"]
    return low != "chief" or not _leads_to_head(read, i)


def _leads_to_head(read: Reading, i: int) -> bool:
    """Chief Transformation Officer: the head noun is yet to come."""
    for k in range(i + 1, min(i + 6, len(read))):
        if read.name_at[k] != -1 or read.paragraph[k] != read.paragraph[i]:
            return False
        if head_noun(read.low[k])[0]:
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
        heads = [title.head for title in found[i : best + 1]]
        head = next((head for head in heads if head not in LOOSE), heads[0])
        out.append(replace(found[i], last=last.last, plural=plural, head=head))
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
    if between == ("-",) and touches(read, left.last):
        return "and"
    return "," if between == (",",) else ""


def _is_office_of_head(read: Reading, i: int) -> bool:
    """Head of Product, division head; not "head over to"."""
    nxt = read.low[i + 1] if i + 1 < len(read) else ""
    return nxt in ("of", ",", "–", "-") or read.words[i] == "Head" or read.low[i - 1] in MODIFIERS


def _title(read: Reading, head_at: int, head: str, plural: bool, floor: int) -> Title:
    first = left(read, head_at, floor)
    last = head_at + 1
    if last < len(read) and read.low[last] == "general" and head in _GENERALS:
        last += 1
    named = head == "chief" or (head == "head" and read.words[head_at] == "Head")
    if named and last < len(read) and _is_coined(read, last):
        head, last = "officer", last + 1  # "Chief Instigator", "Head Brewer"
    dotted = read.words[last : last + 1] == ["."] and read.ends[last - 1] == read.starts[last]
    if dotted and read.low[last - 1] in ("sen", "sens", "gov", "rep", "reps"):
        last += 1  # "SEN."
    if head == "ambassador" and read.low[head_at - 1] in ("brand", "official"):
        head = "spokesperson"
    if last < len(read) and read.low[last] == "relations":
        head = "officer"  # "Investor Relations" is an office, an investor holds none
    while last < len(read) and head_noun(read.low[last])[0] and read.name_at[last] == -1:
        second, many = head_noun(read.low[last])
        head, plural = (second if head in _FIRST_HALVES else head), plural or many
        last += 1  # "Attorney General", "writer producer"
    last = right(read, last, head)
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


def plural_people(read: Reading, start: int) -> Iterator[int]:
    """Yield the first words of the names in "A, B and C" beginning at `start`."""
    i = start
    while i < len(read):
        name = read.name_of(i)
        if name is None or name.kind != "person" or name.first != i:
            return
        yield i
        i = after_bracket(read, name.last)
        while i < len(read) and read.low[i] in (",", "and", "&"):
            i += 1
