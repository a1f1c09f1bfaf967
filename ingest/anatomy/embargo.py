"""Until when a release must not be published.

"EMBARGOED UNTIL 9:00 AM ET, May 3, 2024"  ->  2024-05-03T09:00-04:00
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, timezone

from .days import day_at

_WORDS = re.compile(
    r"\bembargo(?:ed)?\b|\bnot for (?:release|publication)[^.\n]{0,40}?(?:before|until)\b"
    r"|\bhold (?:for release )?until\b|\bfor release (?:on )?(?:or )?(?:after|at)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s?"
    r"(a\.?m\b|p\.?m\b|noon\b|midnight\b|hrs\b|hours\b)?\.?\s?"
    r"\(?((?:[A-Z]{2,5}|Eastern|Central|Mountain|Pacific)\b(?:\s?[+-]\d{1,2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)

#: Hours from UTC. "ET" and its like are settled by the season.
ZONES = {
    "GMT": 0, "UTC": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "GST": 4, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AST": -4, "ADT": -3,
}  # fmt: skip
_SEASONAL = {
    "ET": -5,
    "EASTERN": -5,
    "CT": -6,
    "CENTRAL": -6,
    "MT": -7,
    "MOUNTAIN": -7,
    "PT": -8,
    "PACIFIC": -8,
}


def until(text: str, year: int | None = None) -> datetime | None:
    """The end of the embargo that `text` states, or None. Naive when no zone is given.

    A day without a year is in `year`; without a time the embargo ends as the day begins.

    >>> until("Embargoed until 3 May 2024, 00:01 BST").isoformat()
    '2024-05-03T00:01:00+01:00'
    """
    word = _WORDS.search(text)
    if word is None:
        return None
    window = text[word.start() : word.start() + 200]
    for start in (found.start() for found in re.finditer(r"(?<!\w)\w", window)):
        day = day_at(window, start)
        if day is None:
            continue
        date = day.on(day.year or year or 0)  # no year at all: year 0 is no date
        if date is None:
            return None
        rest = window[: day.start] + "\n" + (day.time or "") + "\n" + window[day.end :]
        clock, zone = _clock(rest, date.month)
        return datetime.combine(date, clock, zone)
    return None


def _clock(text: str, month: int) -> tuple[time, timezone | None]:
    for found in _CLOCK.finditer(text):
        hour, minute, half = int(found[1]), found[2], (found[3] or "").casefold().replace(".", "")
        if not (minute or half) or hour > 24:
            continue
        if half == "pm" and hour < 12:
            hour += 12
        elif half in ("am", "midnight") and hour == 12:
            hour = 0
        try:
            return time(hour % 24, int(minute or 0)), _zone(found[4], month)
        except ValueError:
            continue
    return time(), _zone_anywhere(text, month)


def _zone(name: str | None, month: int) -> timezone | None:
    if not name:
        return None
    match = re.match(r"([A-Za-z]+)(?:\s?([+-])(\d{1,2})(?::?(\d{2}))?)?", name)
    if match is None:
        return None
    word = match[1].upper()
    if word in _SEASONAL:
        # Daylight saving from March to October: right but for a few days at either end.
        return timezone(timedelta(hours=_SEASONAL[word] + (3 <= month <= 10)))
    if word not in ZONES:
        return None
    hours = timedelta(hours=ZONES[word])
    if match[2]:
        shift = timedelta(hours=int(match[3]), minutes=int(match[4] or 0))
        hours += -shift if match[2] == "-" else shift
    return timezone(hours) if abs(hours) < timedelta(hours=24) else None


def _zone_anywhere(text: str, month: int) -> timezone | None:
    for word in re.findall(r"\b[A-Z]{2,5}\b", text):
        zone = _zone(word, month)
        if zone is not None:
            return zone
    return None
