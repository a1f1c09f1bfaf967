"""Tell of what organisation a title is, from the words beside it."""

from __future__ import annotations

from dataclasses import dataclass

from ..issuer.component import is_wire
from ..reading import Name, Reading, after_bracket
from .titles import Title
from .words import (
    BODIES,
    DATA,
    DEGREES,
    FORMER,
    HONORIFICS,
    OFFICES,
    PRAISE,
    STATE,
    head_noun,
)

NAMING = DATA["naming"]
BREAKS = frozenset((",", "–", "—", "-", "--", "|", "(", ":", "•", "·", "*", "/", "―"))
ARTICLES = frozenset(("the", "a", "an", "its", "our", "their", "his", "her", "my", "your", "this"))
LIGHT = ARTICLES | FORMER | DATA["light"]
#: Words between a person and "as TITLE" in one sentence.
MAX_REACH = 30
#: Words of an organisation that was not recognised; fewer letters in capitals are a degree.
MAX_UNNAMED, MIN_LETTERS = 5, 6
COUNTIES = frozenset(("county", "city", "township", "borough", "parish"))
#: How far back "the museum" is looked for, in words.
MAX_MEMORY = 400
_PLAIN = (LIGHT | PRAISE) - ARTICLES - {"and"}
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_OWN = frozenset(("its", "our", "their"))
_LINKS = DATA["org_links"]
_BEFORE_NAME = frozenset(("the", "both", "our", "its", "global", "leading"))
_LISTING = frozenset((",", "and", "the", "both"))
_ORGANISATIONS = frozenset(("organisation", "event", "venue"))


@dataclass(frozen=True, slots=True)
class Home:
    """The organisation beside a title, and the words that title and organisation fill.

    `own` when the text says "its" or "the company's": the issuer's. `others` are further
    organisations of the same title ("director of Acme and Borealis").
    """

    organisation: str | None
    first: int
    last: int
    own: bool = False
    others: tuple[str, ...] = ()


class Homes:
    """Finds the organisations of the titles of one document."""

    def __init__(self, read: Reading) -> None:
        self.read = read

    def of(self, title: Title) -> Home:
        first, organisation, own = self._home_before(title)
        after = self._home_after(title)
        breaks = title.last < len(self.read) and self.read.words[title.last] in BREAKS
        if after is not None and not (organisation and breaks):
            name, last = after
            others, last = self._others(title, last)
            return Home(name, first, last, False, others)
        body = self._of_the_body(title)
        if body is not None:
            return Home(self._known_body(body), first, body + 1, True)
        return Home(organisation, first, title.last, own)

    def _others(self, title: Title, last: int) -> tuple[tuple[str, ...], int]:
        """TITLE of ORG and ORG; TITLE at ORG, ORG, and ORG"""
        read, i = self.read, after_bracket(self.read, last)
        if read.low[title.last] not in _LINKS:
            return (), last
        found: list[str] = []
        ended = False
        while not ended:
            j = i
            while j < len(read) and j < i + 4 and read.low[j] in _LISTING:
                ended = ended or read.low[j] == "and"
                j += 1
            name = read.name_of(j)
            if j == i or name is None or name.first != j or name.kind != "organisation":
                break
            found.append(name.name)
            i = after_bracket(read, name.last)
        return (tuple(found), i) if ended and found and self._list_ends(i) else ((), last)

    def _list_ends(self, i: int) -> bool:
        """What follows is no title: "CEO of Acme and Borealis chair Jane Doe"."""
        read = self.read
        return (
            i >= len(read)
            or not read.words[i][0].isalnum()
            or read.paragraph[i] != (read.paragraph[i - 1])
        )

    def _of_the_body(self, title: Title) -> int | None:
        """TITLE of the company: the position of "company" """
        read, i = self.read, title.last
        said = (
            i + 2 < len(read)
            and read.low[i] in ("of", "at", "for")
            and read.low[i + 1] in ("the", "our")
            and read.low[i + 2] in BODIES
            and read.name_at[i + 2] == -1
        )
        return i + 2 if said else None

    def _known_body(self, body: int) -> str | None:
        """Return the organisation last named that calls itself so: "the museum", "the college"."""
        for i in range(body - 1, max(-1, body - MAX_MEMORY), -1):
            name = self.read.name_of(i)
            if name is None or name.last != i + 1 or name.kind not in _ORGANISATIONS:
                continue
            if self.read.low[body] in name.name.lower().split():
                return name.name
        return None

    def _home_before(self, title: Title) -> tuple[int, str | None, bool]:
        """ORG TITLE, ORG's TITLE, its TITLE, the company's TITLE"""
        read, i = self.read, title.first - 1
        while (
            i >= 0
            and read.name_at[i] == -1
            and (read.low[i] in _PLAIN or (read.low[i] == "-" and read.low[i + 1] in PRAISE))
        ):
            i -= 1
        if i < 0 or read.paragraph[i] != read.paragraph[title.first]:
            return title.first, None, False
        if read.words[i] in _POSSESSIVE and i > 0:
            name = read.name_of(i - 1)
            if name is not None and name.kind != "person":
                return name.first, name.name, False
            if read.low[i - 1] in BODIES:
                return i - 1, None, True
        if read.low[i] in _OWN:
            return i, self._antecedent(i), True
        if read.words[i] == "(" and i > 0 and self._introduces(title):
            i -= 1  # ORG (TITLE NAME)
        if read.words[i] == "," and i > 0 and self._introduces(title) and self._opens_line(i):
            i -= 1  # ORG, TITLE NAME as a line of a list
        name = read.name_of(i)
        if name is None or name.last != i + 1 or is_wire(name.name):
            return title.first, None, False
        if self._is_shouted(name) and not read.words[title.first].isupper():
            return title.first, None, False
        if name.kind in ("organisation", "place", "event"):
            return name.first, name.name, False
        return title.first, None, False

    def _opens_line(self, comma: int) -> bool:
        name = self.read.name_of(comma - 1)
        return name is not None and name.first - self.read.paragraph_start(comma) <= 1

    def _antecedent(self, i: int) -> str | None:
        """Return what "its" stands for: the organisation named last in the sentence before it."""
        name = None
        for found in self.read.names_in(self.read.sentence_start(i, i - MAX_REACH), i):
            if found.kind == "organisation" and not is_wire(found.name):
                name = found.name
        return name

    def _is_shouted(self, name: Name) -> bool:
        """The end of a headline in capitals that runs into the text."""
        words = self.read.words[name.first : name.last]
        shouted = all(w.isupper() for w in words)
        before = self.read.words[name.first - 1] if name.first else ""
        return shouted and (len(words) > 1 or (len(before) > 1 and before.isupper()))

    def _home_after(self, title: Title) -> tuple[str, int] | None:
        """TITLE of ORG, TITLE at the ORG, TITLE, ORG; also on the next line of a contact block"""
        read, i = self.read, title.last
        if i >= len(read):
            return None
        if read.paragraph[i] != read.paragraph[title.first]:
            return self._next_line(title, i)
        link = read.low[i]
        if link in _LINKS or link in BREAKS:
            return self._linked(title, i) or self._unnamed(title, i)
        name = read.name_of(i)
        if name is None or name.kind != "organisation" or name.first != i:
            return None
        return (name.name, name.last) if self._is_line(name) else None

    def _linked(self, title: Title, i: int) -> tuple[str, int] | None:
        """Return the organisation after the preposition or comma at `i`."""
        read, link, j = self.read, self.read.low[i], i + 1
        if link == "," and j < len(read) and read.low[j] in ("of", "at", "for", "with"):
            link, j = read.low[j], j + 1
        while j < len(read) and read.low[j] in _BEFORE_NAME:
            j += 1
        name = read.name_of(j)
        if name is None and link in ("of", "at"):
            name = self._near_name(j)
        if name is None or read.paragraph[name.first] != read.paragraph[i] or is_wire(name.name):
            return None
        if link == "(" and self._is_letters_of(name, i):
            return None
        return (name.name, name.last) if self._is_home(title, name, link) else None

    def _is_home(self, title: Title, name: Name, link: str) -> bool:
        """Whether a title may be of a name that follows it after `link`."""
        following = self.read.low[name.last : name.last + 1]
        if following in (["family"], ["award"], ["prize"]):
            return False
        if name.kind == "person":  # a foundation or firm that bears a name
            return link in ("of", "at") and title.head in OFFICES and name.first - title.last <= 2
        if name.kind == "place":
            ruled = title.head in STATE or not COUNTIES.isdisjoint(name.name.lower().split())
            return link == "of" or (link == "," and ruled and self._ends_item(name))
        return link not in BREAKS or name.kind == "organisation"

    def _ends_item(self, name: Name) -> bool:
        read, i = self.read, name.last
        return (
            i >= len(read)
            or read.paragraph[i] != read.paragraph[i - 1]
            or (read.words[i] in (";", "•"))
        )

    def _unnamed(self, title: Title, i: int) -> tuple[str, int] | None:
        """NAME, TITLE, Acme   as an item of a list, where Acme was not recognised"""
        read, j = self.read, i + 1
        if read.words[i] not in (",", "–", "—", "-", "|") or read.paragraph[i] == 0:
            return None
        while j < len(read) and j <= i + MAX_UNNAMED and read.words[j][0].isupper():
            if read.name_at[j] != -1 or head_noun(read.low[j])[0] or read.low[j] in DEGREES:
                return None
            j += 1
        ends = (
            j >= len(read)
            or read.paragraph[j] != read.paragraph[i]
            or (read.words[j] in (";", "•", "*"))
        )
        first = read.words[i + 1 : j]
        if not ends or not first or (first[0].isupper() and len(first[0]) < MIN_LETTERS):
            return None
        return read.slice(i + 1, j), j

    def _is_letters_of(self, name: Name, i: int) -> bool:
        """ "Chief Transformation Officer (CTO)": the letters of the words before."""
        letters = self.read.words[name.first]
        words = self.read.words[max(0, i - len(letters)) : i]
        return "".join(w[0] for w in words).upper() == letters

    def _near_name(self, j: int) -> Name | None:
        """ "at sustainability non-profit Acme": a name after up to three other words"""
        read = self.read
        for k in range(j + 1, min(j + 4, len(read))):
            name = read.name_of(k)
            if name is not None:
                plain = all(w[0].isalnum() and w not in ("and", "who") for w in read.low[j:k])
                return name if plain and name.kind in _ORGANISATIONS else None
        return None

    def _next_line(self, title: Title, i: int) -> tuple[str, int] | None:
        """A contact block: TITLE on one line, the organisation alone on the next."""
        read = self.read
        name = read.name_of(i)
        short = title.last - read.paragraph_start(title.first) <= 8
        if name is None or name.kind != "organisation" or name.first != i or not short:
            return None
        alone = read.paragraph_end(i) == name.last
        return (name.name, name.last) if alone else None

    def _is_line(self, name: Name) -> bool:
        """ "Managing Partner Acme & Co." without a comma, in a list or a contact block."""
        read = self.read
        ends = name.last >= len(read) or read.paragraph[name.last] != read.paragraph[name.first]
        return ends or read.low[name.last] in (",", ".", ";", ")")

    def _introduces(self, title: Title) -> bool:
        """A person follows the title: (TITLE NAME)"""
        read, i = self.read, title.last
        while i < len(read) and read.low[i] in HONORIFICS:
            i += 1
        name = read.name_of(i)
        return name is not None and name.kind == "person"
