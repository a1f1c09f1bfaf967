"""Tell who holds a title, from the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..reading import Name, Reading, after_bracket, before_bracket
from .homes import BREAKS, LIGHT, MAX_REACH, NAMING, Home, Homes
from .implied import Implied
from .titles import Title, plural_people, titles
from .words import (
    CALLINGS,
    DATA,
    DEGREES,
    FORMER,
    HEADS,
    HONORIFICS,
    LOOSE,
    OFFICES,
    PARTS,
    PRAISE,
    STATE,
)

BEING, TAKING, POSTS, MOVING = DATA["being"], DATA["taking"], DATA["posts"], DATA["moving"]
_DEMONYMS = ("an", "ese", "ish")
_WELCOMING = frozenset(("announces", "announced", "welcomes", "welcomed"))
#: "M.Sc.", "Pharm.D.", "F.A.A."
_DEGREE = re.compile(r"(?:[A-Z][a-z]{0,4}\.){1,4}[A-Z]?[a-z]{0,3}")
#: Between a title and one before it that the same person holds.
_TYING = frozenset((",", "and", "&", "/", ";", "|", "well", "as"))
MARKS = frozenset(("“", "”", '"'))
#: Lines of a list under a title, and words of such a line.
MAX_LINES, MAX_ITEM = 40, 12


@dataclass(frozen=True, slots=True)
class Held:
    """A title with its holder. `of_issuer` when the text says "its" or "the company's"."""

    person: str
    title: str
    head: str
    organisation: str | None
    former: bool
    of_issuer: bool
    first: int
    last: int


class Holders:
    """Finds the holders of all titles of one document."""

    def __init__(self, read: Reading) -> None:
        self.read = read
        self.homes = Homes(read)
        self.titles = titles(read)
        self.implied = Implied(read, self.titles)
        self.last_held: tuple[int, list[Name]] | None = None  # where the title before ended, whose
        self.introduced: set[int] = set()  # first words of people who came after their title

    def all(self) -> Iterator[Held]:
        """Yield every title that has a holder, in order."""
        for title in self.titles:
            home = self.homes.of(title)
            people, former = self._people(title, home)
            where = [self._organisation(title, home, person) for person in people]
            if people and title.head in LOOSE and not self._is_firm(title, where[0], people):
                people = []
            self.implied.hold(title, home.organisation)
            end = after_bracket(self.read, home.last)
            self.last_held = (end, people) if people else None
            text = " ".join(self.read.slice(title.first, title.last).split())
            pairs = list(zip(people, where, strict=False))
            pairs += [(person, other) for person in people for other in home.others]
            for person, organisation in pairs:
                yield Held(
                    person.name,
                    text,
                    title.head,
                    organisation,
                    former or title.former,
                    home.own,
                    min(person.first, home.first),
                    max(person.last, home.last),
                )

    def _organisation(self, title: Title, home: Home, person: Name) -> str | None:
        """The organisation beside a title, else the implied one; "Halden CEO NAME of ORG" too."""
        place = home.organisation in self.implied.places and title.head not in STATE
        if home.organisation and not place:
            return home.organisation
        return self.implied.of(title, person) or home.organisation

    def _people(self, title: Title, home: Home) -> tuple[list[Name], bool]:
        """Return who holds a title, and whether in the past."""
        direct = self._after(title, title.last, near=True)
        if direct:
            return direct, False
        before = self._before(home.first if home.first < title.first else title.first, title)
        if before and before[0].first not in self.introduced:
            return before, False
        behind = self._after(title, after_bracket(self.read, home.last), near=False)
        behind = behind or self._listed(title)
        if behind:
            self.introduced.update(p.first for p in behind)
            return behind, False
        return (before, False) if before else self._told(title, home)

    def _is_firm(self, title: Title, organisation: str | None, people: list[Name]) -> bool:
        """A weak word for an office stands right before the name or with an organisation."""
        if organisation is not None or PARTS & set(self.read.low[title.first : title.last]):
            return True  # "leader of Acme", "board member"
        return not title.plural and title.last <= people[0].first <= title.last + 2

    def _person(self, i: int) -> Name | None:
        name = self.read.name_of(i)
        return name if name is not None and name.kind == "person" else None

    def _after(self, title: Title, start: int, near: bool) -> list[Name]:
        """TITLE NAME (near); TITLE, NAME; TITLE of ORG, NAME; TITLE: NAME"""
        read, i = self.read, start
        floor = read.paragraph[title.first]
        if not near and i < len(read) and read.words[i] in (",", ":", "–", "—", "-"):
            if title.plural and read.words[i] == ",":
                return []  # "members of Congress, Jane Doe and …"
            i += 1
        while (
            i < len(read)
            and read.low[i] in HONORIFICS
            and self._person(i) is None
            and i - start < 6
        ):
            i += 1
        if i >= len(read) or read.paragraph[i] != floor:
            return []
        broken = read.sentence[i] != read.sentence[title.last - 1]
        if broken and not read.words[i - 1].endswith((":", ".")):
            return []
        person = self._person(i)
        if person is None or person.first != i:
            return []
        if not title.plural:
            return [person]
        several = [p for p in map(self._person, plural_people(read, i)) if p is not None]
        # "… for Young Entrepreneurs Jane Doe": run-together text, not her title
        return several if len(several) > 1 or title.head not in CALLINGS else []

    def _listed(self, title: Title) -> list[Name]:
        """TITLES: and below, line by line, the names."""
        read, i = self.read, title.last
        if not title.plural or i + 1 >= len(read) or read.words[i] != ":":
            return []
        if read.paragraph[i + 1] == read.paragraph[i]:
            return []
        found: list[Name] = []
        i += 1
        for _ in range(MAX_LINES):
            if i >= len(read):
                break
            end = read.paragraph_end(i)
            while i < end and (not read.words[i][0].isalnum() or read.low[i] in HONORIFICS):
                i += 1
            if end - i > MAX_ITEM or i >= end or read.words[end - 1] in (":", "."):
                break
            person = self._person(i)
            found += [person] if person is not None else []
            i = end
        return found

    def _before(self, start: int, title: Title) -> list[Name]:
        """NAME, TITLE; NAME (TITLE); NAME – TITLE; NAME, the TITLE; NAME, TITLE of X and TITLE"""
        read, i = self.read, start - 1
        while i >= 0 and self._is_light(i):
            i -= 1
        if i < 0:
            return []
        line = read.paragraph[title.first]
        if self.last_held is not None and read.paragraph[i] == line:
            end, people = self.last_held
            between = read.low[end : i + 1]
            if end <= i + 1 <= end + 4 and _TYING.issuperset(between):
                return people
        broken = 0
        while i >= 0 and (read.words[i] in BREAKS or self._is_degree(i)):
            broken += 1
            i = min(i - 1, before_bracket(read, i))
        if i < 0:
            return []
        short = read.name_of(i)
        if (
            broken
            and short is not None
            and short.kind == "organisation"
            and read.words[short.first - 1] == ","
        ):
            i = short.first - 2  # NAME, ORG, TITLE
        person = self._person(i)
        if person is None:
            person = self._past_origin(i) if broken else None
        if person is None:
            return []
        gap = line - read.paragraph[i]
        if gap == 0:
            line_of_names = i + 1 == start == title.first and read.words[start][0].isupper()
            return [person] if broken or (line_of_names and title.head in OFFICES) else []
        alone = read.paragraph_start(i) >= person.first - 3 and gap <= 2
        return [person] if alone and start == read.paragraph_start(title.first) else []

    def _is_light(self, i: int) -> bool:
        """A word that may stand between a name and its title: "the", "former", "Venezuelan"."""
        word, low = self.read.words[i], self.read.low[i]
        if self.read.name_at[i] != -1:
            return False
        if low in LIGHT or low in PRAISE:
            return low != "and"
        return word[0].isupper() and len(low) > 4 and low.endswith(_DEMONYMS)

    def _is_degree(self, i: int) -> bool:
        word, low = self.read.words[i], self.read.low[i]
        if self.read.name_at[i] != -1 or low in HEADS:
            return False
        if low in DEGREES or low in (")", "®", "™") or _DEGREE.fullmatch(word):
            return True
        if word == "." and i:
            return self.read.ends[i - 1] == self.read.starts[i] and self._is_degree(i - 1)
        return word.isupper() and 1 < len(word) < 8

    def _past_origin(self, i: int) -> Name | None:
        """NAME of PLACE, TITLE"""
        place = self.read.name_of(i)
        if (
            place is None
            or place.kind != "place"
            or self.read.low[place.first - 1] not in ("of", "from")
        ):
            return None
        return self._person(place.first - 2)

    def _told(self, title: Title, home: Home) -> tuple[list[Name], bool]:
        """NAME is the TITLE; NAME has been appointed TITLE; appoints NAME as TITLE"""
        read = self.read
        start = read.sentence_start(title.first, title.first - 2 * MAX_REACH)
        i = self._before_praise(home.first - 1, start)
        if i < start or (read.name_at[i] != -1 and self._person(i) is None):
            return [], False
        low = read.low[i]
        floor = max(start, i - MAX_REACH)
        words = read.low[floor : i + 1]
        past = any(w in FORMER for w in words) or "served" in words
        if low == "as" and read.low[i - 1] not in ("such", "well", "known"):
            if set(words) & (NAMING | TAKING) or self._near_person(i, start):
                return self._subject(i, start, floor), past
            return self._he_after(home.last), past
        if low == "of" and read.low[i - 1] in POSTS:
            return self._subject(i, start, floor), past
        if low == "to" and MOVING.intersection(words):
            return self._subject(i, start, floor), False
        if low in NAMING and low not in _WELCOMING:
            return self._subject(i, start, floor), False
        if low in BEING:
            if low in ("be", "become") and read.low[i - 1] == "to" and not NAMING & set(words):
                return [], False  # "she dreamed to become a chef"
            if self._is_of_another(i):
                return [], False  # "Founded by NAME, ORG is a leading provider"
            near = self._subject(i, start, max(floor, i - 12))
            return near or self._opening(start, i), past or low in ("was", "were")
        person = self._person(i)
        if person is not None and read.low[person.first - 1] in NAMING:
            return [person], False
        return [], False

    def _is_of_another(self, verb: int) -> bool:
        """What is said to be something is an organisation, or what a person made or owns."""
        read, i = self.read, verb - 1
        while i >= 0 and (read.words[i] == "," or read.low[i] in ("also", "now", "who")):
            i -= 1
        name = read.name_of(i)
        if name is None:
            return False
        return name.kind == "organisation" or read.low[name.first - 1] == "by"

    def _before_praise(self, i: int, start: int) -> int:
        """Pass over "a bestselling, award-winning", "the Lyra Prize-nominated"."""
        read = self.read
        while i >= start and read.low[i] != "as":
            name = read.name_of(i)
            if name is not None:
                if name.kind == "person" or read.words[name.last] != "-":
                    break
                i = name.first - 1
            elif self._is_light(i) or (read.words[i] in (",", "-") and read.low[i + 1] in PRAISE):
                i -= 1
            else:
                break
        return i

    def _near_person(self, i: int, start: int) -> bool:
        return any(self._person(k) is not None for k in range(max(start, i - 7), i))

    def _opening(self, start: int, i: int) -> list[Name]:
        """NAME, …, is the TITLE; NAME has … and is also TITLE"""
        person = self._person(start) or self._person(start + 1)
        words = self.read.words[start:i]
        tied = ("," in words or self.read.low[i - 1] == "and") and MARKS.isdisjoint(words)
        return [person] if person is not None and tied else []

    def _he_after(self, i: int) -> list[Name]:
        """As the TITLE, he …; As TITLE, NAME …"""
        read = self.read
        if i + 1 >= len(read) or read.words[i] != ",":
            return []
        person = self._person(i + 1)
        if person is not None:
            return [person]
        return self._bearer(i + 1) if read.low[i + 1] in ("he", "she") else []

    def _bearer(self, pronoun: int) -> list[Name]:
        """Return the last person named before a pronoun."""
        for back in range(pronoun - 1, max(-1, pronoun - 120), -1):
            person = self._person(back)
            if person is not None:
                return [person]
        return []

    def _subject(self, i: int, start: int, floor: int) -> list[Name]:
        """Return the person named last before `i` in the sentence, or whom he or she stands for."""
        read = self.read
        for k in range(i, floor - 1, -1):
            person = self._person(k)
            if person is not None:
                return [person]
            if read.low[k] in ("he", "she") and k <= start + 6:
                return self._bearer(k)
        return []
