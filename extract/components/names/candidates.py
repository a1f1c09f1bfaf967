"""The working value of the name rules: a span of tokens that may be a name.

    doc.ents  ->  [Candidate]  ->  rules  ->  [Candidate]  ->  doc.ents, Mention

Rules are functions `(Text, [Candidate]) -> [Candidate]`. A rule that makes or changes a span
leaves its name in `method`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...types import LABEL_KINDS, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The OntoNotes label of each kind, as `doc.ents` carries it.
KIND_LABELS: dict[MentionKind, str] = {
    "person": "PERSON",
    "organisation": "ORG",
    "place": "GPE",
    "venue": "FAC",
    "event": "EVENT",
}
#: How often a name is right when its recogniser gives no score: plain models on releases.
UNSCORED = 0.7


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `start` to `end` (exclusive) as a name of `kind`."""

    start: int
    end: int
    kind: MentionKind
    method: str
    score: float
    name: str = ""

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether any token is shared."""
        return self.start < end and start < self.end


class Text:
    """The tokens of a document as the rules ask for them, computed once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = [token.text for token in doc]
        #: Spans of other labels (dates, amounts …), which names must not overlap.
        self.taken: set[int] = set()
        for ent in doc.ents:
            if ent.label_ not in LABEL_KINDS:
                self.taken.update(range(ent.start, ent.end))

    @cached_property
    def lowered(self) -> frozenset[str]:
        """The words that the document writes in lower case."""
        return frozenset(word for word in self.words if word.islower())

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Where each word stands."""
        table: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            table.setdefault(word, []).append(i)
        return table

    def surface(self, start: int, end: int) -> tuple[str, ...]:
        """The words of a span."""
        return tuple(self.words[start:end])

    def of(self, candidate: Candidate) -> tuple[str, ...]:
        """The words of a candidate."""
        return tuple(self.words[candidate.start : candidate.end])

    def follows_space(self, i: int) -> bool:
        """Say whether token `i` is separate from the one before it."""
        return i == 0 or bool(self.doc[i - 1].whitespace_) or self.words[i - 1].isspace()


def candidates(doc: Doc, method: str) -> list[Candidate]:
    """Read the names among `doc.ents`, in text order."""
    found = []
    for ent in doc.ents:
        kind = LABEL_KINDS.get(ent.label_)
        if kind is not None:
            score = ent._.dateline_score
            found.append(
                Candidate(ent.start, ent.end, kind, method, UNSCORED if score is None else score)
            )
    return found


def changed(candidate: Candidate, method: str, start: int, end: int) -> Iterator[Candidate]:
    """Yield the candidate with other ends, under the rule's name; nothing when it is empty."""
    if (start, end) == (candidate.start, candidate.end):
        yield candidate
    elif start < end:
        yield replace(candidate, start=start, end=end, method=method)


def settled(found: Iterable[Candidate], text: Text) -> list[Candidate]:
    """Return the candidates in text order, without overlaps (longer and surer first)."""
    used = set(text.taken)
    kept = []
    for c in sorted(found, key=lambda c: (c.start - c.end, -c.score, c.start)):
        span = range(c.start, c.end)
        if c.start < c.end and used.isdisjoint(span):
            used.update(span)
            kept.append(c)
    return sorted(kept, key=lambda c: c.start)
