"""Which short names of organisations stand for a longer one of the same release.

"Acme" -> "Acme Robotics", "General Assembly" -> "Ohio General Assembly"
"""

from __future__ import annotations

from .consistency import Surface
from .gazetteer import is_place
from .groups import Groups, folded
from .lists import entries

_Words = tuple[str, ...]
#: "Friends of Acton Hospital" is not another name of "Acton Hospital".
_JOINTS = frozenset(("of", "for", "by", "and", "&", "the", "at", "in", "from", "to"))


def short_names(groups: Groups, surfaces: list[Surface]) -> None:
    """Join each name with the only longer one that it can stand for.

    In this order: with the name it lacks only general words of ("Acme" with "Acme Technologies"),
    one word with what it opens, and with the name it ends.
    """
    keys = {s: tuple(folded(w) for w in s if any(c.isalnum() for c in w)) for s in surfaces}
    for short in surfaces:
        key = keys[short]
        begun = [s for s in surfaces if _begins(key, keys[s])]
        owners = {groups.root(s) for s in begun if _is_general(keys[s][len(key) :])}
        if not owners:
            opened = {groups.root(s) for s in begun if keys[s][-1] not in entries("bodies")}
            ended = {groups.root(s) for s in surfaces if _ends(key, keys[s])}
            owners = (opened if _can_open(short, key) else set()) if opened else ended
        if len(owners) == 1:
            groups.join(short, owners.pop())


def _begins(key: _Words, longer: _Words) -> bool:
    return len(key) < len(longer) and longer[: len(key)] == key


def _ends(key: _Words, longer: _Words) -> bool:
    """ "Ohio General Assembly" for "General Assembly"."""
    size = len(longer) - len(key)
    return size > 0 and longer[size:] == key and not _JOINTS & set(longer[:size])


def _is_general(words: _Words) -> bool:
    general, forms = entries("generic_nouns"), entries("legal_forms")
    return all(word in general or word in forms or len(word) == 1 for word in words)


def _can_open(short: Surface, key: _Words) -> bool:
    """One word that means nothing else: "UN" is the United Nations, whichever council follows."""
    known = {name.lower() for name in entries("organisations")}
    return len(key) == 1 and not is_place(" ".join(short)) and key[0] not in known
