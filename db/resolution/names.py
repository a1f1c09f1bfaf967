"""Names reduced to what identifies them: the keys that resolution compares.

    "The Acme Co., Ltd."  ->  fold "acme co ltd"  ->  organisation_block "acme"
    "Dr. Jane A. Doe Jr." ->  Person(block="doe jane", form="jane a doe jr")

All functions are pure and total: any string gives a key, never an error.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

#: Between the names of one entity in `entities.also_known_as`.
NAME_SEPARATOR = " · "
#: How many folded names are remembered; the names of a few hundred releases repeat a lot.
CACHED_NAMES = 65_536
#: Longest name that is looked at; what is longer is a recogniser's mistake, not a name.
MAX_NAME_CHARS = 300

_DROPPED = re.compile(r"[.'’‘`´]")
_SPACED = re.compile(r"[^\w&+#]+")
_HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "hon",
    ]
)
_GENERATIONS = frozenset(["jr", "sr", "ii", "iii", "iv"])
_ABBREVIATIONS = {
    "united states of america": "us",
    "united states": "us",
    "usa": "us",
    "united kingdom": "uk",
    "united nations": "un",
    "european union": "eu",
}
_ABBREVIATED = re.compile(rf"\b(?:{'|'.join(_ABBREVIATIONS)})\b")
_OFFICE = re.compile(r"^(us |uk )?(department|ministry) of (?:the )?(.+)$")
_CJK = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿가-힯]")


#: Days from which an event's interval is the month, season or year it is in.
PERIOD_DAYS = 27


@lru_cache
def word_list(name: str) -> frozenset[str]:
    """The entries of a commented text file beside this module."""
    text = (resources.files(__package__) / name).read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=CACHED_NAMES)
def fold(name: str) -> str:
    """A name without case, accents, punctuation and leading article.

    >>> fold("The Müller & Söhne, Inc.")
    'muller and sohne inc'
    """
    name = name[:MAX_NAME_CHARS]
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
        name = "".join(char for char in name if not unicodedata.combining(char))
        name = unicodedata.normalize("NFC", name)
    name = _DROPPED.sub("", name.casefold()).replace("&", " and ")
    name = _SPACED.sub(" ", name).replace("_", " ").strip()
    without = name.removeprefix("the ")
    return without or name


@lru_cache(maxsize=CACHED_NAMES)
def _without_legal_form(name: str) -> str:
    words = fold(name).split()
    # "gmbh and co kg": what joins two forms goes with them.
    while len(words) > 1 and (words[-1] in word_list("legal_forms.txt") or words[-1] == "and"):
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=CACHED_NAMES)
def organisation_block(name: str) -> str:
    """The folded name without the legal form at its end; the whole when nothing else is left.

    States and unions that everybody abbreviates are abbreviated, and offices of government are
    written in one of their two orders.

    >>> organisation_block("Acme Co., Ltd."), organisation_block("Limited Brands")
    ('acme', 'limited brands')
    >>> organisation_block("United States Department of Energy")
    'us energy department'
    """
    block = _ABBREVIATED.sub(lambda match: _ABBREVIATIONS[match[0]], _without_legal_form(name))
    return _OFFICE.sub(r"\1\3 \2", block)


def legal_form(name: str) -> str:
    """What `organisation_block` left out: "co ltd", or "" when there was none."""
    return fold(name)[len(_without_legal_form(name)) :].strip()


@dataclass(frozen=True, slots=True)
class PersonName:
    """`block` is the same for all spellings of one name, in either order of family and given name.

    `form` is the folded name without honorifics, in the order written. `initials` are the single
    letters between, `generation` is "jr", "iii", … or "".
    """

    block: str
    form: str
    initials: str
    generation: str


@lru_cache(maxsize=CACHED_NAMES)
def person_name(name: str) -> PersonName:
    """Take a person's name apart.

    >>> person_name("Dr. Jane A. Doe")
    PersonName(block='doe jane', form='jane a doe', initials='a', generation='')
    """
    words = fold(name).split()
    while len(words) > 1 and words[0] in _HONORIFICS:
        words.pop(0)
    form = " ".join(words)
    generation = words.pop() if len(words) > 2 and words[-1] in _GENERATIONS else ""
    full = [word for word in words if len(word) > 1 or _CJK.match(word)]
    if len(full) < 2:
        return PersonName(" ".join(sorted(words)), form, "", generation)
    initials = "".join(word for word in words if len(word) == 1 and not _CJK.match(word))
    return PersonName(" ".join(sorted(full)), form, initials, generation)


def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether the capitals "BSC" can stand for "Beijing Society for Circuits".

    Each letter must begin a word or be a capital of the name, in order.

    >>> is_acronym_of("BSC", "Beijing Society for Circuits"), is_acronym_of("IBM", "Acme Ltd")
    (True, False)
    """
    letters = acronym.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isalpha() and sum(map(str.isupper, letters)) >= 2):
        return False
    if len(name.split()) < 2 or len(name) <= len(acronym) + 2:
        return False
    starts = [c for i, c in enumerate(name) if c.isupper() or i == 0 or name[i - 1] in " -/("]
    rest = iter("".join(starts).casefold())
    return all(letter in rest for letter in letters.casefold())


def is_corporate_title(title: str) -> bool:
    """Whether many hold this title at once ("CEO"), so that it ties nobody by itself."""
    return fold(title) in word_list("corporate_titles.txt")


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b")
_WORD_ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
}
_RECURRING = frozenset(["annual", "biennial", "biannual", "triennial", "edition", "anniversary"])


@dataclass(frozen=True, slots=True)
class EventName:
    """ "16th Annual Circuit Summit 2025" -> series "circuit summit", edition 16, year 2025."""

    series: str
    edition: int | None
    year: int | None


@lru_cache(maxsize=CACHED_NAMES)
def event_name(name: str) -> EventName:
    """Take an event's name apart; a name that is nothing but year and ordinal stays whole."""
    folded = fold(name)
    years = _YEAR.findall(folded)
    ordinal = _ORDINAL.search(folded)
    edition = int(ordinal[1]) if ordinal else None
    words = _ORDINAL.sub(" ", _YEAR.sub(" ", folded)).split()
    if edition is None and words and words[0] in _WORD_ORDINALS:
        edition = _WORD_ORDINALS[words.pop(0)]
    words = [word for word in words if word not in _RECURRING]
    year = int(years[0]) if len(years) == 1 else None
    series = " ".join(words).removeprefix("the ")
    return EventName(series or folded, edition, year)


def is_generic_event(series: str) -> bool:
    """Whether the folded name could be that of anyone's event.

    >>> is_generic_event("grand opening celebration"), is_generic_event("bread fair")
    (True, False)
    """
    return set(series.split()) <= word_list("generic_events.txt")


def has_cjk(name: str) -> bool:
    """Whether the name has Chinese, Japanese or Korean characters."""
    return _CJK.search(name) is not None


def grams(name: str) -> set[str]:
    """Single characters and neighbouring pairs of the Chinese, Japanese, Korean parts of a name.

    >>> sorted(grams("北京 Lab"))
    ['京', '北', '北京']
    """
    found = set()
    for a, b in pairwise(name + " "):
        if _CJK.match(a):
            found.add(a)
            if _CJK.match(b):
                found.add(a + b)
    return found
