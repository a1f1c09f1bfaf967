"""Tell of what organisation a title is that names none beside it.

    Acme appoints Jane Doe as CEO        ->  Acme
    Acme, founded by Jane Doe (CEO)      ->  Acme
    Chief Judge Jane Doe of Polk County  ->  Polk County

Tried in the order of trust; when nothing helps, the component falls back on the issuer.
"""

from __future__ import annotations

from ..issuer.component import is_wire
from ..reading import Name, Reading
from .homes import LIGHT, MAX_REACH, NAMING
from .titles import Title
from .words import DATA, OFFICES, STATE

_HEADING = DATA["heading"]
_JOINS = frozenset(("joins", "joined", "join", "joining"))
_CHAINED = frozenset((",", "and", "&", "(", ")"))
#: A line of a contact block is not longer, in words.
MAX_LINE = 10
#: A line of a list opens with its number or mark, in words.
MAX_MARK = 3


class Implied:
    """Finds organisations for the titles of one document that stand without one."""

    def __init__(self, read: Reading, titles: list[Title]) -> None:
        self.read = read
        self.places = {name.name for name in read.names if name.kind == "place"}
        self.state: tuple[int, str | None] = (0, None)  # end of the last title of a place, which
        self.titled = bytearray(len(read))  # 1 for the words of a title
        for title in titles:
            self.titled[title.first : title.last] = b"\x01" * (title.last - title.first)

    def of(self, title: Title, person: Name) -> str | None:
        """Return the organisation that the sentence or the lines around give a title."""
        return (
            self._behind(title, person)
            or self._before_as(title)
            or self._joined(title)
            or self._chained(title, person)
            or self._carried(title)
            or (self._topic(title) or self._above(title) if title.head in OFFICES else None)
        )

    def hold(self, title: Title, organisation: str | None) -> None:
        """Remember of which country or town the last title was."""
        known = organisation is not None and organisation in self.places
        self.state = (title.last, organisation) if known else self.state

    def _carried(self, title: Title) -> str | None:
        """the President of COUNTRY, NAME, his Adviser, NAME, and the Prime Minister, NAME"""
        last, place = self.state
        read = self.read
        near = last and read.sentence[last - 1] == read.sentence[title.first]
        before = read.low[max(0, title.first - 1) : title.first]
        told = before in (["his"], ["her"]) or (title.head in STATE and before == ["the"])
        return place if near and told else None

    def _topic(self, title: Title) -> str | None:
        """* ORG: … TITLE NAME will speak: an item of a list that is about one organisation."""
        read = self.read
        i = start = read.paragraph_start(title.first)
        while i < start + MAX_MARK and i < title.first and not read.words[i][0].isalnum():
            i += 1
        name = read.name_of(i)
        if name is None or name.kind != "organisation" or name.last >= title.first:
            return None
        return name.name if read.low[name.last] in (":", "–") else None

    def _behind(self, title: Title, person: Name) -> str | None:
        """TITLE NAME of ORG; in a list also TITLE NAME, ORG"""
        read, i = self.read, person.last
        if person.first < title.last or i + 1 >= len(read):
            return None
        link, j = read.low[i], i + 1
        j += read.low[j] == "the"
        name = read.name_of(j)
        if name is None or name.first != j or read.sentence[j] != read.sentence[i]:
            return None
        if name.kind == "place" and link == "of" and title.head in STATE:
            return name.name
        if name.kind != "organisation" or is_wire(name.name):
            return None
        if read.low[title.first - 1] in ("our", "its", "their"):
            return None
        listed = title.first - read.paragraph_start(title.first) <= MAX_MARK and link == ","
        return name.name if link == "of" or listed else None

    def _before_as(self, title: Title) -> str | None:
        """… held positions with ORG as TITLE"""
        read, i = self.read, title.first - 1
        while i > 0 and read.low[i] in LIGHT and read.name_at[i] == -1:
            i -= 1
        name = read.name_of(i - 1) if read.low[i] == "as" else None
        if name is None or name.kind != "organisation":
            return None
        return name.name if read.low[name.first - 1] in ("with", "at", "for", "the") else None

    def _chained(self, title: Title, person: Name) -> str | None:
        """ORG, founded by NAME, NAME (TITLE) and NAME; ORG, led by TITLE NAME"""
        read = self.read
        i = min(title.first, person.first) - 1
        start = read.sentence_start(i, i - MAX_REACH)
        while i > start and (read.low[i] in _CHAINED or self._is_person(i)):
            i -= 1
        if i - 1 <= start or read.low[i] != "by" or read.low[i - 1] not in _HEADING:
            return None
        for k in range(i - 2, start - 1, -1):
            name = read.name_of(k)
            if name is not None and name.kind == "organisation":
                return name.name
        return None

    def _is_person(self, i: int) -> bool:
        name = self.read.name_of(i)
        return name is not None and name.kind == "person"

    def _joined(self, title: Title) -> str | None:
        """NAME has joined ORG as TITLE; ORG appoints NAME as TITLE"""
        read = self.read
        start = read.sentence_start(title.first, title.first - MAX_REACH)
        if title.head in STATE and title.head not in OFFICES:
            return None
        for i in range(title.first - 1, max(start, title.first - MAX_REACH) - 1, -1):
            if read.low[i] in NAMING or read.low[i] in _JOINS:
                after = self._organisation(i + 1, title.first)
                if after is not None and not read.low[i].startswith("join"):
                    after = None if read.low[after.first - 1] not in ("at", "of") else after
                if after is not None:
                    return after.name
                if read.low[i].startswith("join"):
                    continue
                before = self._organisation(start, i)
                return before.name if before else None
        return None

    def _organisation(self, start: int, end: int) -> Name | None:
        for name in self.read.names_in(start, end):
            own = name.kind == "organisation" and not self.titled[name.first]
            if own and not is_wire(name.name):
                return name
        return None

    def _above(self, title: Title) -> str | None:
        """Return the organisation of the lines above in a contact block ("Acme Media Contact")."""
        read, start = self.read, self.read.paragraph_start(title.first)
        if read.paragraph_end(title.first) - start > MAX_LINE:
            return None
        for _ in range(3):
            if start == 0:
                return None
            end, start = start, read.paragraph_start(start - 1)
            if end - start > MAX_LINE or read.words[end - 1] in (".", "!", "?"):
                return None
            name = self._organisation(start, end)
            if name is not None:
                return name.name
        return None
