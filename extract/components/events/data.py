"""The word lists of `events.yml`, as sets."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from ...types import PartyRole
from ..reading import load_words

_DATA = load_words(Path(__file__).with_name("events.yml"))


def _set(key: str) -> frozenset[str]:
    return frozenset(str(_DATA[key]).split())


def _roles(key: str) -> dict[str, PartyRole]:
    return {
        word: cast(PartyRole, role)
        for role, words in _DATA[key].items()
        for word in (words.split() if isinstance(words, str) else words)
    }


NOUNS, DETERMINERS = _set("nouns"), _set("determiners")
TRIGGERS, OTHER_DATES, OPENING = _set("triggers"), _set("other_dates"), _set("opening")
LASTING, BINDING, PART_OF = _set("lasting"), _set("binding"), _set("part_of")
WHEN_LABELS, WHERE_LABELS = _set("when_labels"), _set("where_labels")
WEAK_NAMES, CEREMONIES, STREETS = _set("weak_names"), _set("ceremonies"), _set("streets")
DIRECTIONS, AREAS, SITES, ROOMS = _set("directions"), _set("areas"), _set("sites"), _set("rooms")
NAMED_AS_TOWNS, WIDE_REGIONS = frozenset(_DATA["named_as_towns"]), frozenset(_DATA["wide_regions"])
SIGNING_UP, PRESENT, PRAISE = _set("signing_up"), frozenset(_DATA["present"]), _set("praise")
ONLINE, IN_PERSON, HYBRID = _set("online"), _set("in_person"), _set("hybrid")
VERB_ROLES, NOUN_ROLES, WITH_ROLES = (
    _roles("verbs"),
    _roles("nouns_of_role"),
    _roles("with_phrases"),
)
OCCASIONS, ANNOUNCING, NOT_NAMES = _set("occasions"), _set("announcing"), _set("not_names")
#: First word -> phrases of being held that begin with it.
HELD_PHRASES: dict[str, list[tuple[str, ...]]] = {}
for _phrase in _DATA["held_phrases"]:
    _words = tuple(_phrase.split())
    HELD_PHRASES.setdefault(_words[0], []).append(_words)
HOLIDAYS: dict[str, str] = {name: str(rule) for name, rule in _DATA["holidays"].items()}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {word: n for n, word in enumerate(str(_DATA["ordinals"]).split()[:-1], 1)} | {
    "inaugural": 1
}
NUMBERS = {word: n for n, word in enumerate(str(_DATA["numbers"]).split(), 1)}
