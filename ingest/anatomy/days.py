"""Calendar days in datelines, release lines and metadata.

    "Sept. 26, 2023"  "26 September"  "Monday Jul 7, 2025 @ 4:15 PM Central"  "2023-09-26"

Only what states one day is read here; the grammar of all date expressions is the extractor's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from .words import months, weekdays

#: Releases are not older than the web archive's oldest, nor from a far future (years).
YEARS = range(1970, 2100)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written. `year` is None when not given; offsets include weekday and time of day.

    `swapped` is the other reading of an all-number date (month first or day first), if there is
    one.
    """

    year: int | None
    month: int
    day: int
    start: int
    end: int
    time: str | None = None
    swapped: date | None = None

    def on(self, year: int) -> date | None:
        """The day in `year`, or None (29 February)."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


_TIME = r"""
    (?:\s?,?\s?(?:@|at|um|à|a\slas|/|-|–|\|)?\s?
        (?:\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?\s?m\b\.?|\sUhr|\so['’]clock)?
            |\d{1,2}\s?[ap]\.?m\b\.?)
        (?:\s?\(?(?:US/|Australia/|Europe/|America/|Asia/)?
            (?:[A-Z]{1,4}T\b|GMT|UTC|Eastern|Central|Mountain|Pacific
            |Perth|Sydney|London|Berlin|Paris|New_York)
            (?:\s?[+-]\d{1,2}(?::?\d{2})?)?(?:\s(?:Standard\s|Daylight\s)?Time)?\)?)?
    )"""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    weekday = "|".join(sorted(map(re.escape, weekdays()), key=len, reverse=True))
    lead = rf"(?:(?:on|le|am|den)\s)?(?:\(?(?:{weekday})\b\.?\)?,?\s{{0,3}}(?:the\s|den\s|le\s)?)?"
    tail = rf"(?:\s?,?\s?\(?(?:{weekday})\b\.?\)?)?(?P<time>{_TIME})?"
    year = r"(?P<y>(?:19|20)\d\d)(?!\d)"
    no_range = r"(?!\d)(?!\s?[-–]\s?\d{1,2}(?![\d:]))"
    bodies = (
        rf"(?P<m>{month})\b\.?,?\s{{0,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{no_range}"
        rf"(?:\s?[,.]?\s{{0,3}}{year})?",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|[ºª.])?[\s-]{0,3}(?:of\s|de\s|d['’])?"
        rf"(?P<m>{month})\b\.?(?:[\s,-]{{1,3}}(?:de\s|del\s)?{year})?",
        r"(?P<y>(?:19|20)\d\d)([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)",
        r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?P<y>(?:19|20)\d\d)\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]",
    )
    flags = re.IGNORECASE | re.VERBOSE
    return tuple(re.compile(lead + body + tail, flags) for body in bodies)


def day_at(text: str, start: int) -> Day | None:
    """Read the day that begins exactly at `start`, or None.

    >>> day_at("26 September – Acme", 0).on(2023)
    datetime.date(2023, 9, 26)
    """
    for pattern in _patterns():
        match = pattern.match(text, start, start + 120)
        if match and (day := _day(match)) is not None:
            return day
    return None


def _day(match: re.Match[str]) -> Day | None:
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else None
    swapped = None
    if "a" in groups:
        first, second = int(groups["a"]), int(groups["b"])
        # 26/09 and 26.9. are days first; 09/26 cannot be; 05/03 is settled by the witnesses.
        dotted = match[0].count(".") >= 2
        month, day = (
            (first, second) if second > 12 or (first <= 12 and not dotted) else (second, first)
        )
        if first <= 12 and second <= 12 and year:
            swapped = _date(year, day, month)
    else:
        name = groups["m"].casefold()
        month = int(name) if name.isdecimal() else months()[name]
        day = int(groups["d"])
    if _date(year or 2024, month, day) is None:
        return None
    clock = groups.get("time")
    return Day(
        year,
        month,
        day,
        match.start(),
        match.end(),
        clock.strip(" ,@-–|/") if clock else None,
        swapped,
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_ISO = re.compile(
    r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?)?"
)


def stated_date(value: str) -> date | None:
    """The day a metadata value states, as its author wrote it (no change of time zone).

    >>> stated_date("2023-09-26T23:30:00-05:00"), stated_date("Tue, 26 Sep 2023 10:00:00 GMT")
    (datetime.date(2023, 9, 26), datetime.date(2023, 9, 26))
    """
    value = value.strip()[:200]
    iso = _ISO.match(value)
    if iso:
        return _sane(_date(int(iso[1]), int(iso[2]), int(iso[3])))
    if value.isdecimal() and len(value) in (10, 13):
        try:
            return _sane(datetime.fromtimestamp(int(value[:10]), UTC).date())
        except (OverflowError, OSError, ValueError):
            return None
    for start in _starts(value):
        day = day_at(value, start)
        if day is not None and day.year:
            return _sane(day.on(day.year))
    return None


def _starts(value: str) -> list[int]:
    """Where a word or number begins, the first dozen."""
    return [found.start() for found in re.finditer(r"(?<![\w])\w", value)][:12]


def _sane(day: date | None) -> date | None:
    return day if day is not None and day.year in YEARS else None


def stated_moment(value: str) -> datetime | None:
    """The moment an embargo states; without a zone it stays naive, without a time it is midnight.

    >>> stated_moment("2024-05-03T09:00:00+02:00").isoformat()
    '2024-05-03T09:00:00+02:00'
    """
    iso = _ISO.match(value.strip())
    if not iso:
        return None
    day = _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if day is None:
        return None
    try:
        clock = time(int(iso[4] or 0), int(iso[5] or 0), int(iso[6] or 0), tzinfo=_zone(iso[7]))
    except ValueError:
        clock = time(tzinfo=_zone(iso[7]))
    return datetime.combine(day, clock)


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset == "Z":
        return UTC
    sign = -1 if offset[0] == "-" else 1
    digits = offset[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timezone(sign * timedelta(minutes=minutes)) if minutes < 24 * 60 else None
