"""Choose the days of an occasion among the dates of a release.

The dateline's own date is not it; "will be held on", "kicks off" speak for a date, "register by"
and the name of another occasion in between against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...types import DateMention
from ..reading import Reading
from .data import (
    LASTING,
    NOUNS,
    NUMBERS,
    OPENING,
    ORDINALS,
    OTHER_DATES,
    PRESENT,
    SIGNING_UP,
    TRIGGERS,
    WEEKDAYS,
    WHEN_LABELS,
)
from .period import period
from .spans import Days, Line
from .topics import LISTED, MEANT, NAMED, NEARBY, YEAR, Occasion, Passage, is_fact_line

#: Longest occasion, in days; a longer interval is a season or a year.
MAX_DAYS = 75
#: A date that scores less is not the occasion's.
ENOUGH, ENOUGH_FOR_MAIN = 3.2, 1.2
#: What a date is worth more in the sentence right after one that speaks of the occasion.
NEXT = 1.0
#: Lines of an agenda that a date above them governs.
AGENDA_LINES = 8
#: Words between the label of a line ("Event date:") and its date.
NEAR_LABEL = 6
#: What "until May 5" is worth less as a first day.
CLOSING = 4.0
#: Words before a date in which its verb is looked for.
REACH = 7
_AND = frozenset(("and", "&", ",", "-", "–"))
_UNTIL = frozenset(("until", "through", "till", "to", "ends", "concludes"))
_ENDS_ON = (["ends", "on"], ["concludes", "on"], ["runs", "through"])
_TOO_LONG = frozenset(("year", "decade", "quarter", "half", "season"))
_WEEKDAYS = frozenset(WEEKDAYS)
_DASHES = frozenset(("--", "–", "—", "-", "―"))


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    mention: DateMention
    first: date
    last: date
    passage: Passage
    opening: bool


def days(read: Reading, occasion: Occasion, line: Line, others: set[int]) -> Days | None:
    """Return the days of `occasion`.

    `others` are the first words of mentions of other occasions.
    """
    found = list(_candidates(read, occasion, line, others))
    if occasion.name.lower().endswith(" month"):
        found = [c for c in found if c.mention.precision == "month"]
    best = max(found, key=lambda c: c.score, default=None)
    if best is None or best.score < (ENOUGH_FOR_MAIN if occasion.is_main else ENOUGH):
        return _agenda(read, occasion, line.dates) or period(read, occasion, line.dates, others)
    best = _widened(best, found)
    numbered = _numbered_day(read, occasion, best)
    if numbered is not None:
        return numbered
    if best.first == best.last:
        end = _end(read, occasion, best, found)
        if end is not None:
            return end
        if best.opening and occasion.nouns & LASTING and not _all_day(read, best):
            return Days(best.first, None, best.mention)
    return Days(best.first, best.last, best.mention)


def _agenda(read: Reading, occasion: Occasion, dateline: frozenset[int]) -> Days | None:
    """Return the day of the line above that is nothing but a date: "Wednesday, August 22:"."""
    mention = occasion.mentions[0]
    word = read.paragraph_start(mention.first)
    for _ in range(AGENDA_LINES):
        if word == 0:
            return None
        first = read.paragraph_start(word - 1)
        position = read.date_at[first]
        if position != -1 and position not in dateline and _is_all_date(read, first, word):
            day = read.dates[position]
            if day.precision == "day" and day.starts_on is not None:
                return Days(day.starts_on, day.ends_on, day)
        word = first
    return None


def _is_all_date(read: Reading, first: int, last: int) -> bool:
    return all(
        read.date_at[i] != -1 or not read.words[i].isalnum() or read.low[i] in _WEEKDAYS
        for i in range(first, last)
    )


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
        if opens and _ends_dateline(read, after):
            inside.add(position)
            break
    return inside


def _ends_dateline(read: Reading, after: int) -> bool:
    """A dash between spaces, a slash or a bracket of a newswire follows the date."""
    for i in range(after, min(after + 8, len(read))):
        word = read.words[i]
        if word in _DASHES:
            return word != "-" or read.starts[i] > read.ends[i - 1]
        if word == ".":
            return False
        if word.startswith("/") or (word == "(" and i <= after + 1):
            return True
    return False


def _candidates(
    read: Reading, occasion: Occasion, line: Line, others: set[int]
) -> Iterator[_Candidate]:
    ends = {p.last for p in occasion.passages if p.weight >= MEANT}
    for passage in occasion.passages:
        seen = -1
        for i in range(passage.first, passage.last):
            position = read.date_at[i]
            if position in (-1, seen):
                continue
            seen = position
            mention = read.dates[position]
            if position in line.dates or mention.precision in _TOO_LONG:
                continue
            first, last = mention.starts_on, mention.ends_on
            if first is None or last is None or (last - first).days > MAX_DAYS:
                continue
            first, last = _in_year(occasion, mention, first, last, line.year)
            score = _score(read, passage, i, mention, others)
            score += 1.0 if first < last and mention.precision != "month" else 0.0
            score += NEXT if passage.weight == NEARBY and passage.first in ends else 0.0
            lead = read.low[max(passage.first, i - 4) : i]
            opening = any(w in OPENING for w in lead) or lead[-1:] == ["from"]
            if first == last and _closes(lead):
                score -= CLOSING
            yield _Candidate(score, mention, first, last, passage, opening)


def _in_year(
    occasion: Occasion, mention: DateMention, first: date, last: date, written: int | None
) -> tuple[date, date]:
    """A day without a year is of the year that the name says, when that is the year of writing."""
    year = occasion.year
    if year is None or first.year == year or YEAR.search(mention.text) or year != written:
        return first, last
    if abs(first.year - year) > 1 or (first.month, first.day) == (2, 29):
        return first, last
    return first.replace(year=year), last.replace(year=last.year + year - first.year)


def _closes(lead: list[str]) -> bool:
    """ "until [Sunday,]", "ends on": the words before a last day."""
    return any(w in _UNTIL for w in lead[-1:]) or lead[-2:] in _ENDS_ON


def _score(
    read: Reading, passage: Passage, word: int, mention: DateMention, others: set[int]
) -> float:
    """Return how well a date fits an occasion in one of its sentences."""
    score = passage.weight * 1.6
    before = read.low[max(passage.first, word - REACH) : word]
    after = read.word_from(mention.end_char)
    tail = read.low[after : min(after + 8, passage.last)]
    hit = any(w in TRIGGERS for w in before)
    opens = word - passage.first <= NEAR_LABEL
    labels = (*(read.low[passage.first : passage.first + 2] if opens else ()), *before[-3:])
    listed = opens and is_fact_line(read, passage.first)
    if hit or any(w.rstrip(":") in WHEN_LABELS for w in labels):
        score += 2.5
    elif any(w in TRIGGERS for w in tail):
        score += 0.8
    if before and before[-1] in ("on", "from", "between", ",", "("):
        score += 0.7
    if any(w in OTHER_DATES for w in before[-4:]) and not (before and before[-1] in ("on", "from")):
        score -= 3
    elif any(w in SIGNING_UP for w in before):
        score -= 2
    if mention.precision == "month":
        score -= 2.2
    if mention.text.lower() in PRESENT:
        score -= 2
    gap = abs(word - passage.anchor)
    score -= min(gap, 40) / (24 if listed else 12)
    low, high = sorted((word, passage.anchor))
    if not listed and any(low <= other < high for other in others):
        score -= 2.5
    if passage.weight == NEARBY:
        score -= 1 if hit else 2.5
    return score


def _widened(best: _Candidate, found: list[_Candidate]) -> _Candidate:
    """Prefer "October 28–29" elsewhere to "October 28", and a day to its month."""
    if best.first != best.last:
        if best.mention.precision != "month":
            return best
        inside = [
            c
            for c in found
            if c is not best
            and best.first <= c.first
            and c.last <= best.last
            and c.score >= best.score - 2.5
        ]
        return max(inside, key=lambda c: c.score) if inside else best
    wider = [
        c
        for c in found
        if c.first == best.first < c.last
        and c.mention.precision != "month"
        and c.score >= min(best.score - 3.5, ENOUGH)
    ]
    return max(wider, key=lambda c: c.score) if wider else best


def _end(
    read: Reading, occasion: Occasion, best: _Candidate, found: list[_Candidate]
) -> Days | None:
    """The last day said elsewhere: "until September 12", "and Saturday", "lasted three days"."""
    for other in found:
        if other.first != other.last or not 0 < (other.last - best.first).days <= MAX_DAYS:
            continue
        word = read.word_from(other.mention.start_char)
        lead = read.low[max(0, word - 2) : word]
        linked = word - read.word_from(best.mention.end_char)
        next_day = 0 < linked <= 3 and (other.last - best.first).days == 1
        if (next_day and any(w in _AND for w in lead)) or (
            other.passage.weight > NEARBY and any(w in _UNTIL for w in lead)
        ):
            return Days(best.first, other.last, best.mention, other.mention)
    length = _duration(read, occasion)
    if length and length > 1 and (best.opening or _counts(read, best)):
        return Days(best.first, best.first + timedelta(days=length - 1), best.mention)
    return None


def _numbered_day(read: Reading, occasion: Occasion, best: _Candidate) -> Days | None:
    """ "May 3, the second day of the three-day fair" -> May 2 to 4"""
    after = read.word_from(best.mention.end_char)
    tail = read.low[after : after + 5]
    length = _duration(read, occasion)
    if tail[:2] != [",", "the"] or tail[3:] != ["day", "of"] or length is None:
        return None
    number = ORDINALS.get(tail[2])
    if number is None or number > length or best.first != best.last:
        return None
    first = best.first - timedelta(days=number - 1)
    return Days(first, first + timedelta(days=length - 1), best.mention)


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
                if number and any(
                    w in ("lasted", "over", "runs", "ran", "for") for w in read.low[i - 3 : i]
                ):
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
