"""Rules that look at the whole document: what is a name in one place is one everywhere.

Sources of the idea: one sense per discourse (Gale, Church and Yarowsky 1992) and two-stage
recognition that uses the first pass as context (Krishnan and Manning 2006).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from ...types import MentionKind
from .candidates import Candidate, Text
from .lists import bare, entries

Surface = tuple[str, ...]
MIN_SHARE = 0.5  # of a surface's summed scores, for its kind to win the others over
#: Of a surface's occurrences, how many must have been found to add the others: one word, several.
FOUND_SHARE = (0.5, 0.3)
#: What a longer name counts for the kind of its first (or last) word.
PART_VOTE = {"person": 3.0, "organisation": 1.0}
_EDITION = re.compile(r"(19|20)\d\d|\d+(st|nd|rd|th)|annual|edition|first|second|third|inaugural")
MAX_ACRONYM = 10  # letters


def acronyms(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Give "BSC" in "Beijing Society for Circuits (BSC)" the kind of the name before it."""
    by_start = {c.start: c for c in found}
    replaced: dict[int, Candidate] = {}
    added = []
    for c in found:
        at = c.end + 1
        if text.surface(c.end, at) != ("(",) or at >= len(text.words):
            continue
        quoted = text.words[at] in ('"', "“", "‘", "the")
        at += quoted
        if at >= len(text.words) or not is_acronym(text.words[at], text.of(c)):
            continue
        old = by_start.get(at)
        if old is None:
            if at not in text.taken and not any(x.overlaps(at, at + 1) for x in found):
                added.append(Candidate(at, at + 1, c.kind, "acronym", c.score))
        elif old.end == at + 1 and old.kind != c.kind:
            replaced[at] = replace(old, kind=c.kind, method="acronym", score=c.score)
    return [replaced.get(c.start, c) for c in found] + added


def is_acronym(short: str, long: Surface) -> bool:
    """Say whether the letters of `short` are found in order at the beginnings of words of `long`.

    >>> is_acronym("BSC", ("Beijing", "Society", "for", "Circuits"))
    True
    """
    letters = [c.lower() for c in short if c.isalpha()]
    capitals = sum(c.isupper() for c in short)
    if not 2 <= len(letters) <= MAX_ACRONYM or capitals < 2 or len(long) < 2:
        return False
    initials = "".join(w[0].lower() for w in long if w[0].isalnum())
    content = "".join(w[0].lower() for w in long if w[0].isupper() or w[0].isdigit())
    plain = "".join(letters)
    if plain in (initials, content) or initials.startswith(plain) or content.startswith(plain):
        return True
    # each letter inside a word, the first ones at the beginning: "BIOTEC", "K-SAFETY EXPO"
    flat = " ".join(long).lower()
    at = 0
    for letter in letters:
        at = flat.find(letter, at) + 1
        if not at:
            return False
    return letters[0] == flat[0] and len(letters) >= len(content) - 1


def one_kind(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Give all occurrences of one surface the kind that most of them have."""
    votes: dict[Surface, Counter[MentionKind]] = defaultdict(Counter)
    parts: dict[Surface, Counter[MentionKind]] = defaultdict(Counter)
    for c in found:
        surface = _key(text.of(c))
        votes[surface][c.kind] += c.score  # type: ignore[assignment]
        if len(surface) > 1 and c.kind in ("person", "organisation"):
            # "Mya" is a person where "Mya Tinajero" is one, "Eloro" what "Eloro Resources" is
            for word in {surface[0], surface[-1]} if c.kind == "person" else {surface[0]}:
                parts[(word,)][c.kind] += PART_VOTE[c.kind] * c.score  # type: ignore[assignment]
    kept = []
    for c in found:
        surface = _key(text.of(c))
        counts = votes[surface]
        if "place" not in counts:  # companies are named after towns: that says nothing of the town
            counts = counts + parts[surface]
        kind, most = max(counts.items(), key=lambda item: (item[1], item[0]))
        if kind != c.kind and most >= MIN_SHARE * sum(counts.values()):
            c = replace(c, kind=kind, method="one-kind")
        kept.append(c)
    return kept


def _key(surface: Surface) -> Surface:
    """Lower case, and "2025 eSummit" as "eSummit": the year says nothing about the kind."""
    words = tuple(word.lower() for word in surface)
    return tuple(word for word in words if not is_edition(word)) or words


def is_edition(word: str) -> bool:
    """Say whether a word only tells which of a series of events is meant: "2025", "3rd"."""
    return bool(_EDITION.fullmatch(word.lower()))


def whole_names(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Extend a candidate to the longer name that the document gives at least as surely elsewhere.

    "2024 New York Valves" and "The Structural Heart Summit" become one again when the whole was
    found once; only a longer surface that really stands here counts.
    """
    longer: dict[str, list[tuple[Surface, Candidate]]] = defaultdict(list)
    for c in found:
        surface = text.of(c)
        if len(surface) > 2:
            longer[surface[0]].append((surface, c))
    counts = Counter(text.of(c) for c in found)
    claimed: list[Candidate] = []
    for first, options in longer.items():
        for i in text.positions.get(first, ()):
            for surface, c in sorted(options, key=lambda o: -len(o[0])):
                end = i + len(surface)
                if text.surface(i, end) != surface or not text.taken.isdisjoint(range(i, end)):
                    continue
                parts = [x for x in found if x.overlaps(i, end)]
                inside = all(x.start >= i and x.end <= end for x in parts)
                shorter = [x for x in parts if (x.start, x.end) != (i, end)]
                weaker = all(counts[text.of(x)] <= 2 * counts[surface] for x in shorter)
                if shorter and inside and weaker:
                    claimed.append(Candidate(i, end, c.kind, "whole-name", c.score))
                break
    kept = [c for c in found if not any(x.overlaps(c.start, c.end) for x in claimed)]
    return kept + claimed


def propagated(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Add the occurrences that were missed of every name found, then of its short forms."""
    for forms, method in ((_full_forms, "propagation"), (_short_forms, "short-name")):
        found = found + list(_occurrences(text, found, dict(forms(text, found)), method))
    return found


def _full_forms(text: Text, found: list[Candidate]) -> Iterator[tuple[Surface, Candidate]]:
    """Surfaces that are a name more often than not where they stand."""
    counts = Counter(text.of(c) for c in found)
    for c in sorted(found, key=lambda c: c.score):
        surface = text.of(c)
        if not _telling(text, surface):
            continue
        everywhere = sum(
            text.surface(i, i + len(surface)) == surface for i in text.positions.get(surface[0], ())
        )
        if counts[surface] < FOUND_SHARE[len(surface) > 1] * everywhere:
            continue
        yield surface, c
        if len(surface) > 1 and not any(w.isupper() and len(w) > 1 for w in surface):
            yield tuple(w.upper() for w in surface), c


def _short_forms(text: Text, found: list[Candidate]) -> Iterator[tuple[Surface, Candidate]]:
    """Surnames, first names, companies without their legal form or generic noun."""
    generic = entries("generic_nouns") | entries("legal_forms")
    for c in sorted(found, key=lambda c: c.score):
        surface = text.of(c)
        if len(surface) < 2:
            continue
        forms: list[Surface] = []
        if c.kind == "person":
            names = [w for w in surface if w[0].isupper() and len(w) > 2 and w.isalpha()]
            forms = [(w,) for w in dict.fromkeys((names[-1], names[0]))] if names else []
            if len(surface) == 2:
                forms += [(w.upper(),) for w in names]
        elif c.kind == "organisation":
            cut = len(surface)
            while cut > 1 and (bare(surface[cut - 1]) in generic or surface[cut - 1] in ",&."):
                cut -= 1
                if surface[cut - 1] not in ",&.":
                    forms.append(surface[:cut])
        for form in forms:
            if _telling(text, form):
                yield form, replace(c, score=c.score * 0.9)


def _telling(text: Text, surface: Surface) -> bool:
    """Say whether a surface can only be this name: not also an ordinary word of the document."""
    if len(surface) > 1:
        return any(word[0].isupper() for word in surface)
    word = surface[0]
    if len(word) < 2 or not (word[0].isupper() or any(c.isupper() for c in word)):
        return False
    return word.lower() not in text.lowered and not word.isdigit() and bare(word) not in _common()


def _common() -> frozenset[str]:
    return entries("common_words")


def _occurrences(
    text: Text, found: list[Candidate], forms: dict[Surface, Candidate], method: str
) -> Iterator[Candidate]:
    covered = set(text.taken)
    for c in found:
        covered.update(range(c.start, c.end))
    for form in sorted(forms, key=len, reverse=True):
        like = forms[form]
        for i in text.positions.get(form[0], ()):
            end = i + len(form)
            if text.surface(i, end) != form or not covered.isdisjoint(range(i, end)):
                continue
            if _part_of_other(
                text, i, end, covered, short=method == "short-name" or len(form) == 1
            ):
                continue
            covered.update(range(i, end))
            yield Candidate(i, end, like.kind, method, round(like.score * 0.9, 4))


def _part_of_other(text: Text, start: int, end: int, covered: set[int], *, short: bool) -> bool:
    """Say whether the words beside make the occurrence part of something else."""
    if not short:
        return False
    before = text.words[start - 1] if start else " "
    after = text.words[end] if end < len(text.words) else " "
    titled = bare(before) in entries("titles") or before.lower() in ("the", "and", "by")
    if (
        before[0].isupper()
        and not titled
        and start - 1 not in covered
        and not _opens(text, start - 1)
    ):
        return True
    if before in ("-", "@", "#", "/", ".") and not text.follows_space(start):
        return True
    return (
        after[0].isupper() and end not in covered and after.lower() not in entries("common_words")
    )


def _opens(text: Text, i: int) -> bool:
    """Say whether token `i` opens a sentence, where every word has a capital."""
    return bool(text.doc[i].is_sent_start)
