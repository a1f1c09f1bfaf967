"""What the encoder reads: word pieces, a feature per word, and windows of a document.

Used by the training and at run time, so that both see exactly the same input.

    Doc of spaCy tokens  ->  Words (one per token that is not white space)  ->  Windows

A word is one spaCy token. It is read as the word pieces of its lower-cased form plus one feature:
its shape and how the same word is written elsewhere in the document. The feature is what makes an
uncased encoder tell "Apple" from "apple", and an all-caps headline from a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABELS = ("PERSON", "ORG", "GPE", "FAC", "EVENT", "DATE")
TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))

MAX_WINDOW = 190  # word pieces in one window, without [CLS] and [SEP]
MAX_WORD = 8  # word pieces read of one word; the rest of a longer one says nothing about names

SHAPES = ("other", "lower", "capitalised", "mixed", "caps", "initial", "digit", "punctuation")
USES = 4  # 0 only here, 1 in lower case elsewhere, 2 capitalised inside a sentence, 3 both
FEATURES = len(SHAPES) * USES

_ADDRESS = re.compile(
    r"^(https?://|www\.)|^[\w.+-]+@[\w-]+\.\w|^[\w.-]+\.(com|org|net|io|gov)/", re.IGNORECASE
)
_CLOSERS = frozenset("\"'”’)]»")
_ENDS = frozenset(".!?")
# A full stop inside a token ends a sentence only when a word follows that commonly opens one.
_ABBREVIATIONS = frozenset(
    ("Inc.", "Corp.", "Ltd.", "Co.", "LLC.", "U.S.", "U.K.", "D.C.", "a.m.", "p.m.", "Jr.", "Sr.")
)
_OPENERS = frozenset(
    ("The", "This", "These", "That", "It", "We", "He", "She", "They", "In", "For", "As", "With")
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one document as the encoder reads them; one item per word (see Outline)."""

    tokens: list[int]
    pieces: list[tuple[int, ...]]
    features: list[int]
    starts: list[bool]
    breaks: list[bool]


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words that the encoder reads at once.

    `ids` and `features` have one item per word piece, with [CLS], a [SEP] at each paragraph break
    and a last [SEP]; `heads` holds, for each word from `first` to `last` (exclusive), the
    position of its first piece.
    """

    first: int
    last: int
    ids: list[int]
    features: list[int]
    heads: list[int]


@lru_cache(maxsize=200_000)
def shape(word: str) -> int:
    """Return the index in SHAPES of how `word` is written."""
    first = word[0]
    if first.isdigit():
        return 6
    if not any(c.isalnum() for c in word):
        return 7
    if word.isupper():
        return 5 if len(word) <= 2 else 4
    if word.islower():
        return 1
    if first.isupper():
        return 2 if word[1:].islower() or not any(c.isupper() for c in word[1:]) else 3
    return 3 if any(c.isupper() for c in word) else 0


def word_features(words: Sequence[str], starts: Sequence[bool]) -> list[int]:
    """Return one feature per word: its shape, and how the document writes it elsewhere."""
    shapes = [shape(word) for word in words]
    folded = [word.lower() for word in words]
    lower = {fold for fold, kind in zip(folded, shapes, strict=True) if kind == 1}
    # A word in a run of capitalised words says little: headlines capitalise everything. So only a
    # capital after a lower-case word, or after one in lower case and a comma, counts as a name.
    named = {
        folded[i]
        for i in range(1, len(words))
        if shapes[i] in (2, 3, 4, 5) and not starts[i] and shapes[i - 1] == 1
    }
    return [
        kind * USES + (fold in lower and kind != 1) + 2 * (fold in named)
        for fold, kind in zip(folded, shapes, strict=True)
    ]


def sentence_starts(
    words: Sequence[str], breaks: Sequence[bool], glued: Sequence[bool]
) -> list[bool]:
    """Say for each word whether it opens a sentence: after a break, or after an end mark.

    `glued` says whether a word touches the one before it: a quotation mark that does so closes.
    """
    starts = list(breaks)
    ended = False
    for i, word in enumerate(words):
        if ended and not (glued[i] and word in _CLOSERS):
            starts[i] = starts[i] or not word[0].islower()
            ended = False
        elif word in _OPENERS and i and words[i - 1] in _ABBREVIATIONS:
            starts[i] = True
        if word[-1] in _ENDS and (len(word) == 1 or set(word) <= _ENDS):
            ended = True
    return starts


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of a document and where they stand; all lists have one item per word.

    `tokens` are indices into the Doc; `starts` says whether a word opens a sentence, `breaks`
    whether it opens a paragraph (or line).
    """

    tokens: list[int]
    texts: list[str]
    starts: list[bool]
    breaks: list[bool]


def outline(doc: Doc) -> Outline:
    """Read the words of `doc`, leaving out white space."""
    tokens: list[int] = []
    texts: list[str] = []
    breaks: list[bool] = []
    glued: list[bool] = []
    fresh, touches = True, False
    for i, token in enumerate(doc):
        text = token.text
        if text.isspace():
            fresh = fresh or "\n" in text or "\r" in text
            touches = False
            continue
        tokens.append(i)
        texts.append(text)
        breaks.append(fresh)
        glued.append(touches)
        fresh, touches = False, not token.whitespace_
    return Outline(tokens, texts, sentence_starts(texts, breaks, glued), breaks)


def doc_to_words(doc: Doc, pieces: Callable[[str], tuple[int, ...]]) -> Words:
    """Read `doc` for the encoder; `pieces` gives the word-piece numbers of a word."""
    o = outline(doc)
    return Words(
        o.tokens,
        [pieces(text) for text in o.texts],
        word_features(o.texts, o.starts),
        o.starts,
        o.breaks,
    )


def windows(words: Words, cls: int, sep: int, limit: int = MAX_WINDOW) -> Iterator[Window]:
    """Cut a document into windows of at most `limit` word pieces, at sentence ends.

    A sentence longer than `limit` is cut where it must be. Windows of one document are about
    equally long, so that none is left without context.
    """
    cuts = [i for i, start in enumerate(words.starts) if start] + [len(words.tokens)]
    sizes = [len(p) + b for p, b in zip(words.pieces, words.breaks, strict=True)]
    total = sum(sizes)
    if not total:
        return
    share = -(-total // -(-total // limit))  # the even length of that many windows
    aim = min(limit, share + share // 8)
    first, used = 0, 0
    for start, end in pairwise(cuts):
        size = sum(sizes[start:end])
        if used and used + size > aim:
            yield _window(words, first, start, cls, sep)
            first, used = start, 0
        if size > limit:
            for i in range(start, end):
                if used + sizes[i] > limit:
                    yield _window(words, first, i, cls, sep)
                    first, used = i, 0
                used += sizes[i]
        else:
            used += size
    if first < len(words.tokens):
        yield _window(words, first, len(words.tokens), cls, sep)


def _window(words: Words, first: int, last: int, cls: int, sep: int) -> Window:
    ids, features, heads = [cls], [0], []
    for i in range(first, last):
        if words.breaks[i] and i > first:
            ids.append(sep)
            features.append(0)
        heads.append(len(ids))
        ids.extend(words.pieces[i])
        features.extend([words.features[i]] * len(words.pieces[i]))
    ids.append(sep)
    features.append(0)
    return Window(first, last, ids, features, heads)


def word_piecer(path: str) -> Callable[[str], tuple[int, ...]]:
    """Return a function word -> word-piece numbers, read from a `tokenizer.json`.

    The answers are remembered: most words of a release have been seen before.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    unknown = tokenizer.token_to_id("[UNK]") or 0
    address = tokenizer.token_to_id("http") or 0

    @lru_cache(maxsize=200_000)
    def pieces(word: str) -> tuple[int, ...]:
        if _ADDRESS.search(word):
            return (address,)
        ids = tokenizer.encode(word[:64], add_special_tokens=False).ids
        return tuple(ids[:MAX_WORD]) or (unknown,)

    return pieces
