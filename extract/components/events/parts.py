"""Tell which occasions are parts of the main one: they share its days, venue and place.

"The event concludes with the EVENT", "the EVENT at the MAIN EVENT", "the EVENT, on Day 2"
"""

from __future__ import annotations

from datetime import timedelta

from ...types import DateMention
from ..reading import Reading
from .data import BINDING, DETERMINERS, NOUNS, NUMBERS, ORDINALS, PART_OF
from .spans import Days
from .topics import MEANT, NAMED, Occasion

#: Words between "the event" and the part that "concludes" it.
REACH = 12


def is_part(read: Reading, one: Occasion, main: Occasion) -> bool:
    """Say whether a sentence makes `one` a part of `main`."""
    mains = {m.first for m in main.mentions}
    named = {m.last: m for m in one.mentions}
    for passage in one.passages:
        if passage.weight == MEANT and _leads_to(read, passage.anchor, passage.last, mains):
            return True
        mention = named.get(passage.anchor) if passage.weight == NAMED else None
        if mention is None:
            continue
        if _concludes(read, passage.first, mention.first, mains):
            return True
        if _leads_to(read, mention.last, passage.last, mains):
            return True
    return False


def _leads_to(read: Reading, first: int, limit: int, mains: set[int]) -> bool:
    """ "[the EVENT] at the MAIN EVENT" """
    return any(
        i in mains and any(w in PART_OF for w in read.low[first:i])
        for i in range(first, min(first + REACH, limit))
    )


def _concludes(read: Reading, start: int, part: int, mains: set[int]) -> bool:
    """ "the event concludes with", "the MAIN EVENT kicks off on Friday, followed by" """
    floor = max(start, part - REACH)
    binding = [i for i in range(floor, part) if read.low[i] in BINDING and read.name_at[i] == -1]
    if not binding:
        return False
    subject = range(start, binding[-1])
    if any(i in mains for i in subject):
        return True
    return any(
        read.low[i] in NOUNS
        and read.name_at[i] == -1
        and any(w in DETERMINERS for w in read.low[max(start, i - 4) : i])
        for i in subject
    )


def day_of(read: Reading, one: Occasion, whole: Days) -> Days | None:
    """Return the day of `whole` that a sentence gives a part: "on Day 2", "on the second day"."""
    if whole.ends_on is None or whole.ends_on == whole.starts_on:
        return None
    for passage in one.passages:
        for i in range(passage.first, passage.last):
            if passage.weight < NAMED and i - passage.anchor > 2 * REACH:
                break
            number = _day_number(read, i)
            day = whole.starts_on + timedelta(days=number - 1) if number else None
            if day is not None and day <= whole.ends_on:
                start, end = read.span(max(i - 1, 0), min(i + 2, len(read)))
                said = DateMention(start, end, read.text[start:end], day, day, "day")
                return Days(day, day, said)
    return None


def _day_number(read: Reading, i: int) -> int | None:
    """ "day 2", "day two", "second day" -> 2, at the word "day"."""
    if read.low[i] != "day" or i + 1 >= len(read) or i == 0:
        return None
    following, before = read.low[i + 1], read.low[i - 1]
    if before in ("on", ":"):
        if following.isdigit() and len(following) == 1:
            return int(following)
        if following in NUMBERS:
            return NUMBERS[following]
    if before in ORDINALS and i >= 2 and read.low[i - 2] in ("the", "on"):
        return ORDINALS[before]
    return None
