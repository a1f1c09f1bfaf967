"""The words that make titles: the lists of `roles.yml`, and what a single word is."""

from __future__ import annotations

from pathlib import Path

from ..reading import Reading, load_words

_LISTS = load_words(Path(__file__).with_name("roles.yml"))
#: Short forms that stand for the same title, and offices that are written as letters.
SPELLED: dict[str, str] = _LISTS.pop("spelled")
LETTERS: dict[str, str] = _LISTS.pop("letters")
DATA = {
    key: frozenset(value.split() if isinstance(value, str) else value)
    for key, value in _LISTS.items()
}
OFFICES, STATE, CALLINGS = DATA["offices"], DATA["state"], DATA["callings"]
HEADS = OFFICES | STATE | CALLINGS
MODIFIERS, STOP, FIELDS = DATA["modifiers"], DATA["stop"], DATA["fields"]
FORMER, HONORIFICS, DEGREES = DATA["former"], DATA["honorifics"], DATA["degrees"]
LOOSE = DATA["loose"]
LEGISLATORS, PRAISE, NOT_DESCRIBING = DATA["legislators"], DATA["praise"], DATA["not_describing"]
BODIES, PARTS, FUNCTIONS = DATA["bodies"], DATA["parts"], DATA["functions"]
JOINTS = frozenset(("and", "&", "/", "+"))
DASHES = frozenset(("-", "–", "—"))
STATES = frozenset(("u.s.", "us", "u.k.", "uk", "state"))
FIELD_HEADS, AFTER_FIELD = DATA["field_heads"], DATA["after_field"]
VERB_HEADS, MINISTRIES, RANKS = DATA["verb_heads"], DATA["ministries"], DATA["ranks"]
_WHOLE_PARTS = frozenset(("division", "department"))
#: Words of the name of a division that is part of a title.
MAX_PART = 3


def head_noun(low: str) -> tuple[str, bool]:
    """Return the head noun that a word is, in the singular ("" if none), and if it is plural."""
    if low in HEADS:
        return low, False
    if low.endswith("s") and low[:-1] in HEADS:
        return low[:-1], True
    if low == "sens." or low == "reps.":
        return low, True
    if low == "secretaries":
        return "secretary", True
    return "", False


def is_whole_part(read: Reading, first: int, last: int) -> bool:
    """ "Solutions Division": a short one; a longer name is an organisation of its own."""
    return read.low[last - 1] in _WHOLE_PARTS and last - first <= MAX_PART


def touches(read: Reading, i: int) -> bool:
    """Say whether no space stands on either side of the word at `i`."""
    return read.ends[i - 1] == read.starts[i] and (
        i + 1 >= len(read) or read.ends[i] == read.starts[i + 1]
    )
