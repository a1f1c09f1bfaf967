"""Tell whom a name, a pronoun or "the minister" beside a quotation means.

Pronouns stand for the speaker before in the paragraph, else for the person a sentence of the
paragraph opens with, else for the last one named; "the museum" is the organisation that calls
itself so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..reading import Name, Reading, load_words
from ..roles.words import BODIES
from .marks import Passage

_DATA = {
    key: frozenset(words.split())
    for key, words in load_words(Path(__file__).with_name("quotes.yml")).items()
}
VERBS, PRONOUNS, ADVERBS = _DATA["verbs"], _DATA["pronouns"], _DATA["adverbs"]
FOR_OTHERS, NOT_SUBJECT, CLAUSES = _DATA["for_others"], _DATA["not_subject"], _DATA["clauses"]
FIRST_PERSON = _DATA["first_person"]

#: Words on both sides of a name in which "the minister" is looked for.
NEAR_TITLE = 8
#: The person a sentence opens with stands among its first words.
MAX_OPENING = 3
#: So many of the mentions before are counted to tell which museum "the museum" is.
MAX_BODIES = 40
#: How far back "the minister" is looked for, in words.
MAX_MEMORY = 600


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a passage. `explicit` when words say so, `continues` when a passage before does."""

    speaker: str | None = None
    cue: str | None = None
    explicit: bool = False
    continues: bool = False
    own_paragraph: bool = False


class Referents:
    """The people and organisations of one document, and what was said so far."""

    def __init__(self, read: Reading, found: Sequence[Passage]) -> None:
        self.read = read
        self.first = [read.word_from(p.start) for p in found]
        self.last = [max(read.word_from(p.end), f) for p, f in zip(found, self.first, strict=True)]
        self.passages = found
        self.inside = bytearray(len(read) + 1)  # 1 for the words of a passage
        for first, last in zip(self.first, self.last, strict=True):
            self.inside[first:last] = b"\x01" * (last - first)
        self.accepted: dict[int, Attribution] = {}
        self.bodies: dict[str, list[Name]] = defaultdict(list)
        for name in read.names:
            if name.kind in ("organisation", "venue"):
                for word in BODIES.intersection(name.name.lower().split()):
                    self.bodies[word].append(name)
        people = {n.name for n in read.names if n.kind == "person" and " " in n.name}
        self.surnames = {name.lower().split()[-1]: name for name in sorted(people)}

    def accept(self, position: int, who: Attribution) -> None:
        """Remember the speaker of an accepted quotation for those that follow."""
        self.accepted[position] = who

    def _people(self, start: int, end: int) -> Iterator[Name]:
        return (n for n in self.read.names_in(start, end) if n.kind == "person")

    def _first_person(self, start: int, end: int) -> Name | None:
        return next(self._people(start, end), None)

    def _organisation(self, start: int, end: int) -> str | None:
        for name in self.read.names_in(start, end):
            if name.kind in ("organisation", "venue", "event"):
                # "said Doe" is Jane Doe even where Doe was taken for the firm that bears her name.
                alone = name.last - name.first == 1
                word = self.read.low[name.first]
                return self.surnames.get(word, name.name) if alone else name.name
        return None

    def _subject_after(self, start: int, end: int) -> str | None:
        """… said [the company's chief executive, Jane Doe]"""
        read = self.read
        if start >= end:
            return None
        if read.low[start] in PRONOUNS:
            return self._pronoun(start)
        stop = start
        while stop < end and not (read.low[stop] in CLAUSES and read.name_of(stop) is None):
            stop += 1
        person = self._first_person(start, stop)
        if person:
            return person.name
        if read.low[start] in ("a", "an", "one"):
            return self._spoken_for(start, stop)
        named = (
            self._organisation(start, min(stop, start + 4)) if read.low[start] != "the" else None
        )
        name = read.name_of(start + 1) if read.low[start] == "the" else None
        if name is not None and name.kind == "organisation":
            named = name.name
        return named or self._described(start, stop) or self._body(start, stop)

    def _subject_before(self, start: int, verb: int) -> str | None:
        """[Jane Doe, who leads Acme,] said …"""
        read = self.read
        last = verb - 1
        while last > start and read.low[last] in ADVERBS:
            last -= 1
        if last >= start and read.low[last] in PRONOUNS:
            return self._pronoun(last)
        people = list(self._people(start, verb))
        for name in people:
            if name.first == start or read.low[name.first - 1] not in NOT_SUBJECT:
                return name.name
        if people:
            return people[-1].name
        for i in range(start, verb):
            if read.low[i] in ("the", "our", "its"):
                found = self._described(i, verb)
                if found:
                    return found
        return self._organisation(start, verb) or self._body(start, verb)

    def _spoken_for(self, start: int, end: int) -> str | None:
        """[a spokesman for Acme], [a museum official]"""
        if FOR_OTHERS.isdisjoint(self.read.low[start:end]):
            return None
        return self._organisation(start, end) or self._body(start, end)

    def _body(self, start: int, end: int) -> str | None:
        """Return the organisation named most before that calls itself so: "the museum"."""
        words = {w for w in self.read.low[start:end] if w in BODIES}
        if not words:
            return None
        for word in sorted(words):
            before = [name.name for name in self.bodies[word] if name.last <= start]
            if before:
                return Counter(before[-MAX_BODIES:]).most_common(1)[0][0]
        return None

    def _described(self, start: int, end: int) -> str | None:
        """Return who "the minister" is: whoever has that word beside the name before."""
        read = self.read
        nouns = {
            read.low[i] for i in range(start, end) if len(read.low[i]) > 2 and read.low[i] != "the"
        }
        if not nouns:
            return None
        best, near = None, NEAR_TITLE + 1
        for i in range(min(start, len(read)) - 1, max(-1, start - MAX_MEMORY), -1):
            name = read.name_of(i)
            if name is None or name.kind != "person" or name.first != i:
                continue
            steps = min((s for s, word in self._beside(name) if word in nouns), default=near)
            if steps < near:
                best, near = name.name, steps
        return best

    def _beside(self, name: Name) -> Iterator[tuple[int, str]]:
        """Yield the words on both sides of a person's name, up to the next, with their steps."""
        read = self.read
        for step, start in ((-1, name.first - 1), (1, name.last)):
            i = start
            while 0 <= i < len(read) and abs(i - start) < NEAR_TITLE:
                other = read.name_of(i)
                if other is not None and other.kind == "person":
                    break
                if read.paragraph[i] != read.paragraph[name.first]:
                    break
                yield abs(i - start), read.low[i]
                i += step

    def _pronoun(self, word: int) -> str | None:
        """Return who "she" is: the speaker before when near, else the last person named."""
        read = self.read
        opening = self._opening_person(word)
        for previous in range(bisect_right(self.first, word) - 1, -1, -1):
            if previous not in self.accepted:
                continue
            if opening is not None and self.last[previous] <= read.paragraph_start(word):
                return opening
            near = read.paragraph[word] - read.paragraph[min(self.last[previous], len(read) - 1)]
            speaker = self.accepted[previous].speaker
            if near <= 2 and speaker:
                return speaker
            break
        if opening is not None:
            return opening
        for i in range(word - 1, max(-1, word - MAX_MEMORY), -1):
            name = read.name_of(i)
            if name is not None and name.kind == "person" and not self.inside[i]:
                return name.name
        return None

    def _opening_person(self, word: int) -> str | None:
        """Return the last person that a sentence of the paragraph opens with: "she" after it."""
        found, sentence = None, -1
        start = max(self.read.paragraph_start(word), word - MAX_MEMORY)
        for name in self._people(start, word):
            floor = name.first - MAX_OPENING - 1
            opens = name.first - self.read.sentence_start(name.first, floor) <= MAX_OPENING
            first = self.read.sentence[name.first] != sentence
            sentence = self.read.sentence[name.first]
            if opens and first and not self.inside[name.first]:
                found = name.name
        return found

    def _holds_passage(self, word: int) -> bool:
        return bool(self.inside[word])
