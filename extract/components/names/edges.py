"""Rules that look at one candidate: where it begins, where it ends, whether it is two.

Each takes the text and all candidates and returns the candidates it leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from .candidates import Candidate, Text, changed
from .gazetteer import is_place, state_of
from .lists import bare, entries

_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "´s"})
_OPENING, _CLOSING = '([{“"‘«', ')]}”"’»'
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
#: Legal forms that are as often an ordinary word after a name.
_AMBIGUOUS_FORMS = frozenset(
    {"group", "holdings", "holding", "trust", "company", "co", "reit", "as"}
)
DOUBT = 0.7  # certainty below which a single occurrence is more often wrong than right
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
    if kind == "place":  # "eastern Aleppo" is Aleppo; "West Texas" is a name
        return word.islower() and word in entries("regions")
    return kind == "person" and bare(word) in entries("titles")


def _closes_nothing(text: Text, start: int, end: int, kind: str) -> bool:
    word = text.words[end - 1]
    if word in _POSSESSIVES:
        return True
    if not any(c.isalnum() for c in word):
        # "Yahoo!", "Acme®" and "Acme (UK)" keep their last mark; "Acme)" and "Acme ," do not.
        marks = "!+®™)" if kind == "organisation" else "+®™)"
        return word not in marks or (word == ")" and "(" not in text.words[start:end])
    return kind == "person" and end - start > 1 and bare(word) in entries("degrees")


def labels(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Leave out the label words of contact lines that were run into a name."""
    words = entries("labels")
    kept: list[Candidate] = []
    for c in found:
        start, end = c.start, c.end
        if c.kind in ("person", "organisation"):
            while end - start > 1 and (_is_label(text, start, words) or text.words[start] == ":"):
                start += 1
            while end - start > 1 and text.words[end - 1].lower() in words and c.kind == "person":
                end -= 1
        kept += changed(c, "contact-line", start, end)
    return kept


def _is_label(text: Text, i: int, words: frozenset[str]) -> bool:
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
        if word == ":" and c.kind == "event":
            continue  # "Rising Early: A Talk for Bakers"
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
    """Split "A, B and C" that was read as one, and "A Foundation and B Institute"."""
    kept: list[Candidate] = []
    for c in found:
        parts = _list_parts(text, c) or _pair_parts(text, c)
        kept += [replace(c, start=a, end=b, method="list") for a, b in parts] if parts else [c]
    return kept


def _list_parts(text: Text, c: Candidate) -> list[tuple[int, int]]:
    """Three or more short names of people or places, each capitalised."""
    if c.kind not in ("person", "place"):
        return []
    parts, start, commas = [], c.start, 0
    for i in range(c.start, c.end + 1):
        word = text.words[i] if i < c.end else ","
        if word in (",", "and", "&"):
            if i > start:
                parts.append((start, i))
            commas += i < c.end and word == ","
            start = i + 1
    whole = len(parts) >= 3 and commas >= max(1, len(parts) - 2)
    return parts if whole and all(text.words[a][0].isupper() for a, _ in parts) else []


def _pair_parts(text: Text, c: Candidate) -> list[tuple[int, int]]:
    """Two names joined by "and", each with a head noun of its own."""
    nouns = entries("head_nouns")
    if c.kind in ("person", "place") or text.words[c.end - 1].lower() not in nouns:
        return []
    for i in range(c.start + 2, c.end - 2):
        if text.words[i] in ("and", "&") and text.words[i - 1].lower() in nouns:
            second = i + 2 if text.words[i + 1].lower() == "the" else i + 1
            return [(c.start, i), (second, c.end)]
    return []


def repairs(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Extend a candidate over what belongs to it: "Inc.", "(Pty) Ltd.", "Jr."."""
    kept: list[Candidate] = []
    starts = {c.start for c in found}
    for c in found:
        end = c.end
        if c.kind == "organisation":
            end = _legal_end(text, end, starts)
        elif c.kind == "person":
            after = end + 1 if text.surface(end, end + 1) == (",",) else end
            if after < len(text.words) and bare(text.words[after]) in _GENERATIONS:
                end = after + 1
        kept += changed(c, "extend", c.start, end)
    return kept


def _legal_end(text: Text, end: int, starts: set[int]) -> int:
    """Return the end of an organisation with the legal form that follows it."""
    legal = entries("legal_forms") - _AMBIGUOUS_FORMS
    after = end
    if text.surface(after, after + 1) == ("(",) and text.surface(after + 2, after + 3) == (")",):
        if bare(text.words[after + 1]) in legal:
            after += 3
    elif text.surface(after, after + 1) == (",",):
        after += 1
    if after >= len(text.words) or (after in starts and after == end):
        return end
    word = text.words[after]
    return after + 1 if bare(word) in legal and word[0].isupper() else end


def doubtful(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Drop a name that occurs once and that the recogniser itself doubts."""
    counts = Counter(text.of(c) for c in found)
    return [c for c in found if c.score >= DOUBT or counts[text.of(c)] > 1 or c.kind == "place"]
