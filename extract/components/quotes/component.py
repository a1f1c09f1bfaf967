"""Find quotations and who said them.

Reads words, sentences and names; writes `doc._.dateline_quotes`.
    "We are growing," said Jane Doe.  ->  Quote(text=…, speaker="Jane Doe", cue="said")

A passage between quotation marks is a quotation when someone is said to say it, when it stands
where quotations stand (a paragraph of its own, next to another quotation), or when it speaks in
the first person. What is left (titles, slogans, scare quotes) is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from ...extensions import register
from ...types import Quote
from ..reading import Reading, reading
from .marks import Passage, passages
from .referents import FIRST_PERSON, Attribution
from .speakers import Speakers

#: A passage that someone is said to say needs this many words; fewer when it ends like a sentence.
MIN_SAID, MIN_SAID_CLOSED = 4, 2
#: A passage without a speaker's cue needs more, or it may be a slogan.
MIN_BARE = 5
#: Beside another quotation a short one will do; one without a full stop needs more.
MIN_NEXT, MIN_UNENDED = 3, 6
#: More capitalised words than this share make a title.
TITLE_SHARE = 0.7
_SENTENCE_ENDS = (".", ",", "!", "?", "…", "—", "–", ";")


@Language.factory(
    "dateline_quotes",
    requires=["doc.ents", "token.is_sent_start"],
    assigns=["doc._.dateline_quotes"],
)
class Quotes:
    """Write the quotations of a document."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.dateline_quotes`."""
        doc._.dateline_quotes = tuple(quotes(doc))
        return doc


def quotes(doc: Doc) -> Iterator[Quote]:
    """Yield the direct quotations of `doc` in the order of the text."""
    read = reading(doc)
    found = list(_utterances(read))
    speakers = Speakers(read, found)
    for position, passage in enumerate(found):
        who = speakers.attribute(position)
        if not is_quotation(read, passage, who):
            continue
        speakers.accept(position, who)
        text = read.text[passage.start : passage.end]
        yield Quote(passage.start, passage.end, text, who.speaker, who.cue)


def _utterances(read: Reading) -> Iterator[Passage]:
    """Yield passages that hold at least one word."""
    bounds: list[tuple[int, int]] = []
    first = 0
    for i in range(1, len(read) + 1):
        if i == len(read) or read.paragraph[i] != read.paragraph[first]:
            bounds.append((read.starts[first], read.ends[i - 1]))
            first = i
    for passage in passages(read.text, bounds if len(read) else []):
        start, end = passage.start, passage.end
        while start < end and read.text[start].isspace():
            start += 1
        while end > start and read.text[end - 1].isspace():
            end -= 1
        if start < end:
            yield Passage(start, end, passage.closed, passage.opened)


def is_quotation(read: Reading, passage: Passage, who: Attribution) -> bool:
    """Say whether a passage is something said rather than a title, a slogan or a scare quote."""
    first, last = read.word_from(passage.start), read.word_from(passage.end)
    words = [w for w in read.low[first:last] if any(c.isalpha() for c in w)]
    ends = read.text[passage.end - 1] in _SENTENCE_ENDS
    if not (passage.opened and passage.closed) and not who.explicit:
        return who.continues and passage.opened and ends and len(words) >= MIN_BARE
    if who.explicit:
        comma = read.text[passage.end - 1] == "," and len(words) > 2
        spoken = any(w in FIRST_PERSON for w in words)
        if (not ends or (comma and not spoken)) and _is_title(read, first, last):
            return False  # also “The Long Bridge,” which opens in May
        return len(words) >= (MIN_SAID_CLOSED if ends else MIN_SAID)
    enough = MIN_NEXT if ends else MIN_UNENDED
    if who.continues and len(words) >= enough and (ends or _ends_paragraph(read, passage)):
        return not _is_title(read, first, last)
    if len(words) < MIN_BARE or _is_title(read, first, last):
        return False
    if who.own_paragraph:
        return ends
    return ends and any(w in FIRST_PERSON for w in words)


def _ends_paragraph(read: Reading, passage: Passage) -> bool:
    """Nothing but the closing mark follows in the paragraph."""
    line = read.text.find("\n", passage.end)
    return len(read.text[passage.end : line if line >= 0 else None].strip()) <= 1


def _is_title(read: Reading, first: int, last: int) -> bool:
    long = [w for w in read.words[first:last] if len(w) > 3 and w[0].isalpha()]
    return bool(long) and sum(w[0].isupper() for w in long) > TITLE_SHARE * len(long)
