"""Choose the days of an occasion among the dates of a release.

The dateline's own date is not it; "will be held on", "kicks off" speak for a date, "register by" and
the name of another occasion in between against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...types import DateMention
from ..reading import Reading
from .data import NOUNS, NUMBERS, OPENING, OTHER_DATES, TRIGGERS, WHEN_LABELS
from .topics import LISTED, NAMED, NEARBY, Occasion, Passage

#: Longest occasion, in days; a longer interval is a season or a year.
MAX_DAYS = 75
#: A date that scores less is not the occasion's.
ENOUGH = 3.2
#: Words before a date in which its verb is looked for.
REACH = 7
_DASHES = ("--", "–", "—", "-", "―")


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day (last None when only the opening is said), and the words that say so."""

    starts_on: date
    ends_on: date | None
    mention: DateMention
    until: DateMention | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    mention: DateMention
    passage: Passage
    opening: bool


def days(read: Reading, occasion: Occasion, dateline: set[int], others: set[int]) -> Days | None:
    """Return the days of `occasion`.

    `dateline` holds the positions of dates in the dateline, `others` the first words of mentions of
    other occasions.
    """
    found = list(_candidates(read, occasion, dateline, others))
    if not found:
        return None
    best = max(found, key=lambda c: c.score)
    if best.score < ENOUGH:
        return None
    best = _widened(best, found)
    first, last = best.mention.starts_on, best.mention.ends_on
    assert first is not None and last is not None
    if first == last:
        end = _end(read, occasion, best, found)
        if end is not None:
            return end
        if best.opening and not _all_day(read, best):
            return Days(first, None, best.mention)
    return Days(first, last, best.mention)


def dateline_dates(read: Reading, start: int | None, end: int | None) -> set[int]:
    """Return the positions of the dates that stand in the dateline.

    `start` and `end` are its character offsets when known; else a date in the first words of a
    paragraph that a dash or a newswire follows.
    """
    inside: set[int] = set()
    for position, mention in enumerate(read.dates):
        if start is not None and end is not None:
            if start <= mention.start_char < end:
                inside.add(position)
            continue
        word = read.word_from(mention.start_char)
        after = read.word_from(mention.end_char)
        if word >= len(read) or read.paragraph[word] > 8:
            break
        opens = word - read.paragraph_start(word) <= 9
        tail = read.words[after : after + 8]
        if opens and any(w in _DASHES or w.startswith("/") or w in ("(", "/") for w in tail):
            inside.add(position)
            break
    return inside


def _candidates(
    read: Reading, occasion: Occasion, dateline: set[int], others: set[int]
) -> Iterator[_Candidate]:
    for passage in occasion.passages:
        seen = -1
        for i in range(passage.first, passage.last):
            position = read.date_at[i]
            if position in (-1, seen):
                continue
            seen = position
            mention = read.dates[position]
            if position in dateline or not _is_day(mention):
                continue
            yield _candidate(read, passage, i, mention, others)


def _is_day(mention: DateMention) -> bool:
    if mention.starts_on is None or mention.ends_on is None:
        return False
    if mention.precision in ("year", "decade", "quarter", "half", "season"):
        return False
    return (mention.ends_on - mention.starts_on).days <= MAX_DAYS


def _candidate(
    read: Reading, passage: Passage, word: int, mention: DateMention, others: set[int]
) -> _Candidate:
    score = passage.weight * 1.6
    before = read.low[max(passage.first, word - REACH) : word]
    after = read.word_from(mention.end_char)
    tail = read.low[after : min(after + 8, passage.last)]
    hit = any(w in TRIGGERS for w in before)
    if hit or any(w.rstrip(":") in WHEN_LABELS for w in read.low[passage.first : passage.first + 2]):
        score += 2.5
    elif any(w in TRIGGERS for w in tail):
        score += 0.8
    if before and before[-1] in ("on", "from", "between", ",", "("):
        score += 0.7
    if any(w in OTHER_DATES for w in before[-4:]) and not (before and before[-1] in ("on", "from")):
        score -= 3
    elif any(w in ("deadline", "register", "registration", "tickets", "founded", "entries") for w in before):
        score -= 2
    assert mention.starts_on is not None and mention.ends_on is not None
    length = (mention.ends_on - mention.starts_on).days
    if mention.precision == "month":
        score -= 2.2
    elif 0 < length:
        score += 1
    if mention.text.lower() in ("today", "yesterday", "tomorrow", "now", "this week", "this weekend"):
        score -= 2
    gap = abs(word - passage.anchor)
    score -= min(gap, 40) / 12
    low, high = sorted((word, passage.anchor))
    if any(low <= other < high for other in others):
        score -= 2.5
    if passage.weight == NEARBY:
        score -= 1 if hit else 2.5
    opening = any(w in OPENING for w in before[-4:])
    return _Candidate(score, mention, passage, opening)


def _widened(best: _Candidate, found: list[_Candidate]) -> _Candidate:
    """Prefer "October 28–29" elsewhere to "October 28"."""
    first = best.mention.starts_on
    assert first is not None
    if best.mention.ends_on != first:
        narrower = best.mention.precision == "month"
        days_within = [c for c in found if narrower and _within(c, best) and c.score >= best.score - 2.5]
        return max(days_within, key=lambda c: c.score) if days_within else best
    wider = [
        c
        for c in found
        if c.mention.starts_on == first
        and c.mention.ends_on != first
        and c.mention.precision != "month"
        and c.score >= min(best.score - 3.5, ENOUGH)
    ]
    return max(wider, key=lambda c: c.score) if wider else best


def _within(small: _Candidate, large: _Candidate) -> bool:
    a, b = small.mention, large.mention
    assert a.starts_on and a.ends_on and b.starts_on and b.ends_on
    return b.starts_on <= a.starts_on and a.ends_on <= b.ends_on and a != b


def _end(read: Reading, occasion: Occasion, best: _Candidate, found: list[_Candidate]) -> Days | None:
    """The last day said elsewhere: "until September 12", "and Saturday, October 4", "three days"."""
    first = best.mention.starts_on
    assert first is not None
    for other in found:
        last = other.mention.ends_on
        if last is None or other.mention.starts_on != last or not 0 < (last - first).days <= MAX_DAYS:
            continue
        word = read.word_from(other.mention.start_char)
        lead = read.low[max(0, word - 2) : word]
        linked = read.word_from(best.mention.end_char)
        adjacent = 0 < word - linked <= 3 and (last - first).days == 1
        if adjacent and any(w in ("and", "&", ",", "-", "–") for w in lead):
            return Days(first, last, best.mention, other.mention)
        if other.passage.weight > NEARBY and any(w in ("until", "through", "till", "to") for w in lead):
            return Days(first, last, best.mention, other.mention)
    length = _duration(read, occasion)
    if length and length > 1 and (best.opening or _counts(read, best)):
        return Days(first, first + timedelta(days=length - 1), best.mention)
    return None


def _counts(read: Reading, best: _Candidate) -> bool:
    """The length stands in the sentence of the date."""
    span = read.low[best.passage.first : best.passage.last]
    return any(w == "day" or w == "days" or w.endswith("-day") for w in span)


def _duration(read: Reading, occasion: Occasion) -> int | None:
    """ "the two-day summit", "lasted three days" -> days; None when not said."""
    for passage in occasion.passages:
        if passage.weight < LISTED and passage.weight != NEARBY:
            continue
        for i in range(passage.first, passage.last):
            low = read.low[i]
            if low == "day" and i >= 2 and read.low[i - 1] == "-":
                number = _number(read.low[i - 2])
                if number and any(w in NOUNS for w in read.low[i + 1 : i + 6]):
                    return number
            elif low == "days" and i >= 1 and passage.weight != NEARBY:
                number = _number(read.low[i - 1])
                if number and any(w in ("lasted", "over", "runs", "ran", "for") for w in read.low[i - 3 : i]):
                    return number
            elif low.endswith("-day"):
                number = _number(low[:-4])
                if number:
                    return number
    return None


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word) if int(word) <= MAX_DAYS else None
    return NUMBERS.get(word)


def _all_day(read: Reading, best: _Candidate) -> bool:
    """A clock time or a one-day occasion: it ends the day it begins."""
    span = read.low[best.passage.first : best.passage.last]
    if best.mention.time is not None or any(w in ("pm", "p.m.", "am", "a.m.") for w in span):
        return True
    return best.passage.weight == NAMED and "one" in span and "day" in span
