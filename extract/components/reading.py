"""What the fact components read: the words of a Doc as plain lists, made once per document.

    Doc, doc._.dateline_mentions  ->  Reading (words, paragraphs, sentences, names, dates)

A word is a token that is not white space. Quotes, roles, events and issuer count in
word positions; `Reading.starts` and `Reading.ends` lead back to the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ..types import LABEL_KINDS, DateMention, Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "dateline_reading"
NOTHING = -1
#: Words in a bracket behind a name: an acronym, a party and state.
MAX_BRACKET = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A mention in words: `first` to `last` (exclusive)."""

    kind: MentionKind
    name: str
    first: int
    last: int
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a document. All word lists have one item per word.

    `paragraph` and `sentence` number the line and the sentence a word stands in; `name_at` and
    `date_at` give the position in `names` and `dates` of what covers a word, else -1.
    """

    text: str
    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    paragraph: list[int]
    sentence: list[int]
    names: list[Name]
    name_at: list[int]
    dates: list[DateMention]
    date_at: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def word_from(self, char: int) -> int:
        """Return the first word that starts at or after the character offset `char`."""
        return bisect_left(self.starts, char)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the character offsets of the words `first` to `last` (exclusive)."""
        return self.starts[first], self.ends[last - 1]

    def slice(self, first: int, last: int) -> str:
        """Return the text of the words `first` to `last` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def name_of(self, word: int) -> Name | None:
        """Return the name that covers a word."""
        if not 0 <= word < len(self.words) or self.name_at[word] == NOTHING:
            return None
        return self.names[self.name_at[word]]

    def names_in(self, first: int, last: int) -> Iterator[Name]:
        """Yield each name that covers words from `first` to `last` (exclusive), in order."""
        previous = None
        for i in range(first, last):
            name = self.name_of(i)
            if name is not None and name is not previous:
                yield name
            previous = name

    def sentence_end(self, word: int, limit: int | None = None) -> int:
        """Return the position after the last word of the sentence of `word`, at most `limit`."""
        number, end = self.sentence[word], word
        last = len(self.words) if limit is None else min(limit, len(self.words))
        while end < last and self.sentence[end] == number:
            end += 1
        return end

    def sentence_start(self, word: int, floor: int = 0) -> int:
        """Return the position of the first word of the sentence of `word`, at least `floor`."""
        number, floor = self.sentence[word], max(floor, 0)
        while word > floor and self.sentence[word - 1] == number:
            word -= 1
        return word

    def paragraph_start(self, word: int) -> int:
        """Return the position of the first word of the paragraph of `word`."""
        return bisect_left(self.paragraph, self.paragraph[word])

    def paragraph_end(self, word: int) -> int:
        """Return the position after the last word of the paragraph of `word`."""
        return bisect_left(self.paragraph, self.paragraph[word] + 1)


def reading(doc: Doc) -> Reading:
    """Return the Reading of `doc`, made anew when its mentions or dates have changed."""
    mentions: tuple[Mention, ...] = doc._.dateline_mentions
    dates: tuple[DateMention, ...] = doc._.dateline_dates
    kept = doc.user_data.get(_KEY)
    if kept is not None and mentions and kept[0] is mentions and kept[1] is dates:
        return kept[2]  # type: ignore[no-any-return]
    made = _read(doc, mentions, dates)
    doc.user_data[_KEY] = (mentions, dates, made)
    return made


def _read(doc: Doc, mentions: tuple[Mention, ...], dates: tuple[DateMention, ...]) -> Reading:
    words: list[str] = []
    starts: list[int] = []
    paragraph: list[int] = []
    sentence: list[int] = []
    line = number = 0
    fresh = False  # a sentence began at white space, which is no word
    for token in doc:
        text = token.text
        opens = token.is_sent_start
        if text.isspace():
            if "\n" in text:
                line += 1
                fresh = True
            fresh = fresh or bool(opens)
            continue
        if (opens or fresh) and words:
            number += 1
        fresh = False
        words.append(text)
        starts.append(token.idx)
        paragraph.append(line)
        sentence.append(number)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    names, name_at = _names(doc, mentions, starts, len(words))
    date_at = [NOTHING] * len(words)
    for position, date in enumerate(dates):
        for i in range(bisect_left(starts, date.start_char), bisect_left(starts, date.end_char)):
            date_at[i] = position
    return Reading(
        doc.text,
        words,
        [word.lower() for word in words],
        starts,
        ends,
        paragraph,
        sentence,
        names,
        name_at,
        list(dates),
        date_at,
    )


def _names(
    doc: Doc, mentions: tuple[Mention, ...], starts: list[int], count: int
) -> tuple[list[Name], list[int]]:
    found: list[tuple[MentionKind, str, int, int]]
    if mentions:
        found = [(m.kind, m.name, m.start_char, m.end_char) for m in mentions]
    else:
        found = [
            (LABEL_KINDS[ent.label_], ent.text, ent.start_char, ent.end_char)
            for ent in doc.ents
            if ent.label_ in LABEL_KINDS
        ]
    names: list[Name] = []
    name_at = [NOTHING] * count
    for kind, name, start, end in found:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first >= last:
            continue
        for i in range(first, last):
            name_at[i] = len(names)
        names.append(Name(kind, name, first, last, start, end))
    return names, name_at


def load_words(path: Path) -> dict[str, Any]:
    """Return the word lists of a YAML file that stands beside a component."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def after_bracket(read: Reading, i: int) -> int:
    """Return the position after the short bracket that opens at `i`, else `i`: "(D-NY)"."""
    if i >= len(read) or read.words[i] not in ("(", "["):
        return i
    for k in range(i + 1, min(i + 2 + MAX_BRACKET, len(read))):
        if read.words[k] in (")", "]"):
            return k + 1
    return i


def before_bracket(read: Reading, i: int) -> int:
    """Return the position before the short bracket that closes at `i`, else `i`."""
    if i < 0 or read.words[i] not in (")", "]"):
        return i
    for k in range(i - 1, max(-1, i - 2 - MAX_BRACKET), -1):
        if read.words[k] in ("(", "["):
            return k - 1
    return i
