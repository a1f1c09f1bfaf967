"""The longer period an occasion is in when no day is said: a month, a season, a year.

"In June, the EVENT will show …", "this year's summit", "Bread Forum 2026"  ->  Days
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ...types import DateMention
from ..reading import Reading
from .data import HOLIDAYS, NOUNS, TRIGGERS, WEEKDAYS
from .spans import Days
from .topics import MEANT, NAMED, YEAR, Occasion, Passage

#: Words between the name of an occasion and the period it is in.
NEAR = 12
#: Days for which a holiday that is over is still the one spoken of.
PAST_HOLIDAY = 30
_PERIODS = frozenset(("month", "season", "quarter", "half", "year"))
_IN = frozenset(("in", "this", "for", "during", "throughout"))
_THIS_YEAR = "this year"


def period(
    read: Reading, occasion: Occasion, dateline: frozenset[int], others: set[int]
) -> Days | None:
    """Return the period said beside the name, else that of "this year's summit"."""
    for passage in occasion.passages:
        if passage.weight == NAMED:
            for word, mention in _beside(read, passage, dateline, others):
                if _is_told(read, passage, word) and not _of_other_year(occasion, mention):
                    return _days(mention)
    for passage in occasion.passages:
        if passage.weight in (NAMED, MEANT):
            for word, mention in _dates(read, passage.first, passage.last, dateline):
                this = mention.text.lower() == _THIS_YEAR
                if this and _owns_noun(read, word, passage, occasion):
                    return _days(mention)
    return None


def _of_other_year(occasion: Occasion, mention: DateMention) -> bool:
    """ "in 2025" is not when the "2026 Bread Cup" is."""
    year = occasion.year
    return year is not None and mention.starts_on is not None and mention.starts_on.year != year


def _days(mention: DateMention) -> Days | None:
    if mention.starts_on is None or mention.ends_on is None:
        return None
    return Days(mention.starts_on, mention.ends_on, mention)


def _dates(
    read: Reading, first: int, last: int, dateline: frozenset[int]
) -> Iterator[tuple[int, DateMention]]:
    """Yield each period that begins among the words, with its first word."""
    for i in range(first, last):
        position = read.date_at[i]
        if position == -1 or position in dateline or (i and read.date_at[i - 1] == position):
            continue
        mention = read.dates[position]
        if mention.precision in _PERIODS:
            yield i, mention


def _beside(
    read: Reading, passage: Passage, dateline: frozenset[int], others: set[int]
) -> Iterator[tuple[int, DateMention]]:
    """Yield the periods after the name, then those before it, no other occasion in between."""
    yield from _dates(read, passage.anchor, min(passage.anchor + NEAR, passage.last), dateline)
    for word, mention in _dates(read, passage.first, passage.anchor, dateline):
        if not any(word <= other < passage.anchor for other in others):
            yield word, mention


def _is_told(read: Reading, passage: Passage, word: int) -> bool:
    lead = read.low[max(passage.first, word - 4) : word]
    return (
        read.low[word] in _IN
        or any(w in _IN for w in lead[-2:])
        or (word >= passage.anchor and any(w in TRIGGERS for w in lead))
    )


def _owns_noun(read: Reading, word: int, passage: Passage, occasion: Occasion) -> bool:
    """ "this year's [international] summit", "this year's EVENT" """
    after = word + 2
    if after + 1 >= passage.last or read.low[after] not in ("'s", "’s"):
        return False
    if any(after < m.first <= after + 3 for m in occasion.mentions):
        return True
    nouns = NOUNS if passage.weight == MEANT else occasion.nouns
    return any(w in nouns for w in read.low[after + 1 : after + 4])


def holiday(read: Reading, occasion: Occasion, spoken: date | None) -> Days | None:
    """Return the day of the holiday that a name says, next to the day of writing, `spoken`."""
    low = occasion.name.lower().replace("’", "'")
    found = next((name for name in HOLIDAYS if name in low), None)
    if found is None or spoken is None:
        return None
    years = (spoken.year - 1, spoken.year, spoken.year + 1)
    days = [day_of_holiday(HOLIDAYS[found], year) for year in years]
    ahead = [day for day in days if day >= spoken - timedelta(days=PAST_HOLIDAY)]
    name = max(occasion.mentions, key=lambda m: m.end_char - m.start_char)
    said = DateMention(name.start_char, name.end_char, name.name, ahead[0], ahead[0], "day")
    return Days(ahead[0], ahead[0], said)


def day_of_holiday(rule: str, year: int) -> date:
    """Return the day of "12-31", or of "6-sunday-3" (the third Sunday of June), in a year.

    >>> day_of_holiday("6-sunday-3", 2025).isoformat()
    '2025-06-15'
    """
    month, *rest = rule.split("-")
    if len(rest) == 1:
        return date(year, int(month), int(rest[0]))
    weekday, which = WEEKDAYS.index(rest[0]), int(rest[1])
    first = date(year, int(month), 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    return day if day.month == first.month else day - timedelta(days=7)


def year_of_name(read: Reading, occasion: Occasion) -> Days | None:
    """Return the year that the name states: "Bread Forum 2026"."""
    for name in occasion.mentions:
        match = YEAR.search(read.text, name.start_char, name.end_char)
        if match is not None:
            year = int(match[0])
            first, last = date(year, 1, 1), date(year, 12, 31)
            said = DateMention(match.start(), match.end(), match[0], first, last, "year")
            return Days(first, last, said)
    return None
