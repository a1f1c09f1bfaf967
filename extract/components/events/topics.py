"""Tell which occasion each sentence is about.

    Reading  ->  Occasion (its name, its mentions, the sentences that speak of it)

A sentence speaks of the occasions it names; else of the one that "the event", "the two-day summit"
means; a line of facts ("When: …", "Venue: …") of the occasion named last.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..reading import Name, Reading
from .data import DETERMINERS, NOUNS, WHEN_LABELS, WHERE_LABELS
from .naming import is_weak, key

#: How much a sentence counts that names the occasion, means it ("the event"), gives a fact line,
#: may mean it ("a landmark exhibition"), only comes after.
NAMED, MEANT, LISTED, LOOSE, NEARBY = 3.0, 2.2, 2.0, 1.6, 0.8
HEADLINE_WORTH = 4
_ENDINGS = ("fest", "con", "expo", "summit", "week", "thon")
_ATTENDED = frozenset(("at", "during", "attend", "host", "hosts", "hosted"))
#: Words before the label of a line of facts: "Event Details: Date:".
LABEL_REACH = 4
#: Words at the beginning of a sentence that say what it speaks of.
OPENING = 5
#: A longer sentence is read in pieces.
MAX_SENTENCE = 160


#: A year in a name: "Bread Forum 2026", not "2024-2026 Plan".
YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence about an occasion; `anchor` is the first word after the words that name it."""

    first: int
    last: int
    anchor: int
    weight: float


@dataclass(slots=True)
class Occasion:
    """A named occasion of the release and where it is spoken of.

    `is_attended` when one is "at" it or someone hosts it: more than a prize.
    """

    name: str
    mentions: list[Name]
    passages: list[Passage] = field(default_factory=list)
    is_main: bool = False
    is_attended: bool = False

    @property
    def is_gathering(self) -> bool:
        """A name that says what kind of occasion it is: "Bread Fair", "BreadCon", "Ryefest"."""
        words = [w.strip("®™.,!") for w in self.name.lower().split()]
        return any(w in NOUNS or w.endswith(_ENDINGS) for w in words)

    @property
    def year(self) -> int | None:
        """The year that the name says, None when it says none or several."""
        found = set(YEAR.findall(self.name))
        return int(found.pop()) if len(found) == 1 else None

    def speaks_at(self, word: int) -> bool:
        """Say whether a word stands in a sentence that names or means the occasion."""
        return any(p.first <= word < p.last and p.weight > NEARBY for p in self.passages)

    @property
    def nouns(self) -> set[str]:
        """The kinds of occasion its names say it is: {"summit"}."""
        return {w for w in self.name.lower().split() if w in NOUNS}


def occasions(
    read: Reading, more: Sequence[Name] = (), closed: Sequence[tuple[int, int]] = ()
) -> list[Occasion]:
    """Return the occasions of a release in the order of the text, with their sentences.

    `more` are mentions that were not recognised as those of events. Of the characters in `closed`
    (boilerplate, contacts) only sentences that name an occasion speak of one.
    """
    found = _named(read, more)
    if not found:
        return []
    main = max(found, key=lambda o: _worth(read, o))
    main.is_main = True
    owner = {m.first: (o, m) for o in found for m in o.mentions}
    last: Occasion = main
    for first, end in _sentences(read):
        here = [owner[i] for i in range(first, end) if i in owner]
        for occasion, name in here:
            occasion.passages.append(Passage(first, end, name.last, NAMED))
        if here:
            if _is_dated_line(read, first, last):  # the day of the heading, then more names
                last.passages.append(Passage(first, here[0][1].first, first, LISTED))
            meant = _meant(read, first, min(first + OPENING, end), last, main, found)
            if meant is not None and meant[0] is not here[0][0] and meant[2] == MEANT:
                occasion, anchor, weight = meant  # "The event, held in May, opens the EVENT"
                occasion.passages.append(Passage(first, end, anchor, weight))
            last = here[0][0]
            continue
        meant = _meant(read, first, end, last, main, found)
        if meant is not None:
            occasion, anchor, weight = meant
            occasion.passages.append(Passage(first, end, anchor, weight))
            last = occasion
        elif is_fact_line(read, first) or _is_dated_line(read, first, last):
            last.passages.append(Passage(first, end, first, LISTED))
        elif not any(a <= read.starts[first] < b for a, b in closed):
            last.passages.append(Passage(first, end, first, NEARBY))
    return found


def _sentences(read: Reading) -> Iterator[tuple[int, int]]:
    first = 0
    for i in range(1, len(read) + 1):
        ends = i == len(read) or read.sentence[i] != read.sentence[first]
        if ends or i - first >= MAX_SENTENCE:
            yield first, i
            first = i


def _named(read: Reading, more: Sequence[Name]) -> list[Occasion]:
    """Group the event mentions by name; "A and B" that never part are one."""
    groups: dict[str, Occasion] = {}
    named = _compounds(read, [n for n in read.names if n.kind == "event"])
    for mention in sorted((*named, *more), key=lambda n: n.first):
        if _follows_where(read, mention.first):
            continue  # "Where: Tuscan Hall"
        group = groups.setdefault(key(mention.name), Occasion(mention.name, []))
        group.mentions.append(mention)
        if len(mention.name) > len(group.name):
            group.name = mention.name
    return _joined(read, list(groups.values()))


def _follows_where(read: Reading, first: int) -> bool:
    labels = read.low[max(0, first - 2) : first]
    return any(w.rstrip(":") in WHERE_LABELS for w in labels) and labels[-1].endswith(":")


def _joined(read: Reading, found: list[Occasion]) -> list[Occasion]:
    """Join a short name to the longer one that holds its words: "Second Annual Gala"."""
    kept: list[Occasion] = []
    for one in sorted(found, key=lambda o: -len(key(o.name).split())):
        words = key(one.name).split()
        alone = len(one.mentions) == 1 and read.paragraph[one.mentions[0].first] == 0
        home = next(
            (
                k
                for k in kept
                if _shortens(words, key(k.name).split())
                or _abbreviates(words, key(k.name).split())
                or (alone and _resembles(words, key(k.name).split()))
            ),
            None,
        )
        if home is None:
            kept.append(one)
        else:
            home.mentions.extend(one.mentions)
    for one in kept:
        one.mentions.sort(key=lambda m: m.first)
        one.is_attended = any(
            _ATTENDED.intersection(read.low[max(m.first - 2, 0) : m.first]) for m in one.mentions
        )
    return sorted(kept, key=lambda o: o.mentions[0].first)


def _resembles(headline: list[str], name: list[str]) -> bool:
    """What a headline alone calls otherwise: "Halden Bread Summit", "Bread & Grain Summit"."""
    return headline[-1:] == name[-1:] and len(set(headline) & set(name)) > 1


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """ "BGS Conference" is the "Bread Guild School Fall Conference"."""
    if len(short) != 2 or short[-1] != long[-1] or len(short[0]) < 3:
        return False
    return "".join(w[0] for w in long[:-1]).startswith(short[0])


def _shortens(short: list[str], long: list[str]) -> bool:
    """Same kind of occasion, and no word that the longer name lacks."""
    if short == long or not short or set(short) - set(long):
        return short == long
    return short[-1] == long[-1] and (
        len(short) > 1 or not NOUNS.isdisjoint((short[0], f"{short[0]}s"))
    )


def _compounds(read: Reading, mentions: list[Name]) -> list[Name]:
    pairs = {
        (a.name, b.name)
        for a, b in pairwise(mentions)
        if b.first == a.last + 1 and read.low[a.last] == "and" and a.name != b.name
    }
    apart: dict[str, int] = {}
    for position, m in enumerate(mentions):
        left = position > 0 and (mentions[position - 1].name, m.name) in pairs
        right = position + 1 < len(mentions) and (m.name, mentions[position + 1].name) in pairs
        if not left and not right:
            apart[m.name] = apart.get(m.name, 0) + 1
    out: list[Name] = []
    skip = False
    for position, m in enumerate(mentions):
        if skip:
            skip = False
            continue
        following = mentions[position + 1] if position + 1 < len(mentions) else None
        if following and (m.name, following.name) in pairs and following.first == m.last + 1:
            years = any(c.isdigit() for c in m.name) and not any(
                c.isdigit() for c in following.name
            )
            if years and m.name not in apart and following.name not in apart:
                name = f"{m.name} and {following.name}"
                out.append(
                    Name("event", name, m.first, following.last, m.start_char, following.end_char)
                )
                skip = True
                continue
        out.append(m)
    return out


def _worth(read: Reading, occasion: Occasion) -> float:
    """Headline, early and frequent mentions make the main occasion."""
    worth = float(len(occasion.mentions))
    for mention in occasion.mentions:
        paragraph = read.paragraph[mention.first]
        if paragraph == 0:
            worth += HEADLINE_WORTH
        elif paragraph <= 4:
            worth += 1
    return worth


def is_fact_line(read: Reading, first: int) -> bool:
    """ "When: …", "Venue – …", "Date and Time: …" at the start of a line."""
    labels = WHEN_LABELS | WHERE_LABELS
    for i in range(first, min(first + LABEL_REACH, len(read))):
        if read.low[i].rstrip(":") in labels:
            following = read.words[i + 1] if i + 1 < len(read) else ""
            return read.words[i].endswith(":") or following in (":", "–", "-", "and", "&", "/", "(")
    return False


def _is_dated_line(read: Reading, first: int, last: Occasion) -> bool:
    """A line that begins with a date under a heading that names the occasion."""
    if read.date_at[first] == -1 or read.paragraph_start(first) != first:
        return False
    before = bisect_left(last.mentions, first, key=lambda m: m.first)
    if not before:
        return False
    heading = last.mentions[before - 1].first
    return read.paragraph[first] - read.paragraph[heading] <= 2


def _meant(
    read: Reading, first: int, end: int, last: Occasion, main: Occasion, found: list[Occasion]
) -> tuple[Occasion, int, float] | None:
    """Return the occasion that "the [two-day] summit" means, the word after it, and how surely."""
    loose: tuple[Occasion, int, float] | None = None
    for i in range(first, end):
        if read.low[i] not in NOUNS or read.name_at[i] != -1:
            continue
        before = read.low[max(first, i - 5) : i]
        noun = read.low[i]
        if any(w in DETERMINERS for w in before):
            if noun in last.nouns or noun in ("event", "gathering"):
                return last, i + 1, MEANT
            for occasion in reversed(found):
                if noun in occasion.nouns and occasion.mentions[0].first < i:
                    return occasion, i + 1, MEANT
            if len(found) == 1:
                return main, i + 1, MEANT
        elif loose is None and any(w in ("a", "an") for w in before):
            spoken = last.mentions[0].first < i and not is_weak(last.name)
            loose = (last if spoken else main, i + 1, LOOSE)
    return loose
