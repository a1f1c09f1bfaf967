"""Rules that look at one candidate: where it begins, where it ends, whether it is two.

Each takes the text and all candidates and returns the candidates it leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .candidates import Candidate, Text, changed
from .gazetteer import is_place, state_of
from .lists import bare, entries

_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "´s"})
_OPENING, _CLOSING = '([{“"‘«', ')]}”"’»'
_SEPARATORS = frozenset({":", "|", ";", "/", "//", "•", "·", "--", "—"})


def paragraphs(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Cut a candidate at a line break: no name crosses one."""
    kept: list[Candidate] = []
    for c in found:
        start = c.start
        for i in range(c.start, c.end):
            if text.words[i].isspace() and ("\n" in text.words[i] or "\r" in text.words[i]):
                kept += changed(c, "paragraph", start, i)
                start = i + 1
        kept += changed(c, "paragraph", start, c.end)
    return kept


def edges(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Leave out what is not part of the name: article, possessive, title, degree, punctuation."""
    kept: list[Candidate] = []
    for c in found:
        start, end = c.start, c.end
        while start < end and _opens_nothing(text.words[start], c.kind):
            start += 1
        while start < end and _closes_nothing(text, start, end, c.kind):
            end -= 1
        kept += changed(c, "edge", start, end)
    return kept


def _opens_nothing(word: str, kind: str) -> bool:
    if word.lower() in _ARTICLES or not any(c.isalnum() for c in word):
        return True
    return kind == "person" and bare(word) in entries("titles")


def _closes_nothing(text: Text, start: int, end: int, kind: str) -> bool:
    word = text.words[end - 1]
    if word in _POSSESSIVES:
        return True
    if not any(c.isalnum() for c in word):
        # "Yahoo!" and "Acme (UK)" keep their last mark; "Acme)" and "Acme ," do not.
        return word not in "!+)" or (word == ")" and "(" not in text.words[start:end])
    return kind == "person" and end - start > 1 and bare(word) in entries("degrees")


def labels(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Leave out the label words of contact lines that were run into a name."""
    words = entries("labels")
    kept: list[Candidate] = []
    for c in found:
        start, end = c.start, c.end
        if c.kind in ("person", "organisation"):
            while end - start > 1 and _is_label(text, start, words, before=True):
                start += 1
            while end - start > 1 and text.words[end - 1].lower() in words and c.kind == "person":
                end -= 1
        kept += changed(c, "contact-line", start, end)
    return kept


def _is_label(text: Text, i: int, words: frozenset[str], *, before: bool) -> bool:
    """A label opens a name only when it is glued to it or followed by a colon."""
    if text.words[i].lower() not in words:
        return False
    return text.words[i + 1] == ":" or not text.doc[i].whitespace_


def brackets(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Cut a candidate at a bracket that it opens and does not close, or the other way round."""
    kept: list[Candidate] = []
    for c in found:
        words = text.words[c.start : c.end]
        cut = None
        for mark, other in (("(", ")"), (")", "(")):
            if words.count(mark) > words.count(other):
                cut = c.start + words.index(mark)
        if cut is None:
            kept.append(c)
        else:
            kept += changed(c, "bracket", c.start, cut)
            kept += changed(c, "bracket", cut + 1, c.end)
    return kept


def splits(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Split what is two names: "Glen Rose Glen Rose", "Fairhope AL", "Columbus, Ohio", "A | B"."""
    return [part for c in found for part in _split(text, c)]


def _split(text: Text, c: Candidate) -> Iterator[Candidate]:
    words = text.words[c.start : c.end]
    half = len(words) // 2
    if len(words) > 1 and words[:half] == words[half:]:
        yield replace(c, end=c.start + half, method="split")
        yield replace(c, start=c.start + half, method="split")
        return
    for i, word in enumerate(words[1:-1], c.start + 1):
        if word in _SEPARATORS and not (word == "/" and not text.follows_space(i)):
            yield replace(c, end=i, method="split")
            yield from _split(text, replace(c, start=i + 1, method="split"))
            return
    if c.kind == "place" and len(words) > 1 and not is_place(" ".join(words)):
        for size in (1, 2):
            cut = c.end - size
            if cut > c.start and state_of(" ".join(text.words[cut : c.end])):
                before = cut - 1 if text.words[cut - 1] == "," else cut
                if before > c.start and text.words[before - 1].lower() not in entries("regions"):
                    yield replace(c, end=before, method="split")
                    yield replace(c, start=cut, method="split")
                    return
    yield c


def lists(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Split "A, B and C" that was read as one: three or more short names, each capitalised."""
    kept: list[Candidate] = []
    for c in found:
        parts = _list_parts(text, c)
        kept += [replace(c, start=a, end=b, method="list") for a, b in parts] if parts else [c]
    return kept


def _list_parts(text: Text, c: Candidate) -> list[tuple[int, int]]:
    legal = entries("legal_forms")
    parts, start, commas = [], c.start, 0
    for i in range(c.start, c.end + 1):
        word = text.words[i] if i < c.end else ","
        if word in (",", "and", "&") or i == c.end:
            if word == "," and i + 1 < c.end and bare(text.words[i + 1]) in legal:
                continue  # "Acme, Inc."
            if i > start:
                parts.append((start, i))
            commas += word == "," and i < c.end
            start = i + 1
    whole = len(parts) >= 3 and commas >= len(parts) - 2 and commas >= 1
    named = all(text.words[a][0].isupper() for a, _ in parts)
    return parts if whole and named and c.kind in ("person", "place") else []


def repairs(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Extend a candidate over what belongs to it: a legal form, "Jr.", a full stop of "Calif."."""
    kept: list[Candidate] = []
    legal = entries("legal_forms") - {"group", "holdings", "holding", "trust", "company", "co"}
    starts = {c.start for c in found}
    for c in found:
        end = c.end
        after = end + 1 if end < len(text.words) and text.words[end] == "," else end
        if after < len(text.words) and after not in starts:
            word = text.words[after]
            company = c.kind == "organisation" and bare(word) in legal and word[0].isupper()
            junior = c.kind == "person" and bare(word) in ("jr", "sr", "ii", "iii", "iv")
            if company or junior:
                end = after + 1
        kept += changed(c, "extend", c.start, end)
    return kept
