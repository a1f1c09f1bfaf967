"""Small conversions from stored values to what a reader sees. Pure functions, used as filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

#: The plural a heading uses for each kind of entity.
PLURALS = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "venue": "venues",
    "event": "events",
}


def safe_url(url: object) -> str | None:
    """Return `url` if a link to it is harmless (http, https), else None.

    >>> safe_url("https://example.org/a")
    'https://example.org/a'
    >>> safe_url(" javascript:alert(1)") is None
    True
    """
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    harmless = parts.scheme.lower() in ("http", "https") and bool(parts.netloc)
    return url.strip() if harmless else None


#: Dates whose words are remembered: a page writes the same ones again and again.
REMEMBERED = 20_000


@lru_cache(REMEMBERED)
def day(value: object) -> str:
    """Write an ISO day, month or year for a reader; anything else unchanged, None as nothing.

    >>> day("2023-09-05"), day("2023-09"), day("2023"), day(None), day("soon")
    ('5 September 2023', 'September 2023', '2023', '', 'soon')
    """
    text = str(value or "")
    parts = text.split("T")[0].split(" ")[0].split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return text
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return text
    if len(numbers) == 3:
        return f"{numbers[2]} {MONTHS[numbers[1] - 1]} {numbers[0]}"
    if len(numbers) == 2:
        return f"{MONTHS[numbers[1] - 1]} {numbers[0]}"
    return text


def short_month(value: object) -> str:
    """Write the month of an ISO day for a narrow column.

    >>> short_month("2023-09-05"), short_month("2023")
    ('Sep 2023', '2023')
    """
    name, space, year = day(str(value or "")[:7]).partition(" ")
    return f"{name[:3]} {year}" if space else name


@lru_cache(REMEMBERED)
def days(starts_on: object, ends_on: object) -> str:
    """Write an interval of ISO days, both ends inclusive.

    >>> days("2023-09-25", "2023-09-28"), days("2023-09-25", "2023-09-25")
    ('25–28 September 2023', '25 September 2023')
    >>> days("2023-09-30", "2023-10-02"), days("2023-12-30", "2024-01-02"), days(None, None)
    ('30 September – 2 October 2023', '30 December 2023 – 2 January 2024', '')
    >>> days("2023-09-01", "2023-09-30"), days("2023-01-01", "2023-12-31")
    ('September 2023', '2023')
    """
    try:
        first = date.fromisoformat(str(starts_on))
        last = date.fromisoformat(str(ends_on))
    except ValueError:
        return day(starts_on or ends_on)
    if first >= last:
        return day(first)
    whole = _whole(first, last)
    if whole:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def _whole(first: date, last: date) -> str | None:
    """Name the calendar month or year which the interval covers exactly, if it does."""
    next_day = date.fromordinal(last.toordinal() + 1) if last < date.max else None
    if first.day != 1 or next_day is None or next_day.day != 1:
        return None
    if (first.month, last.month) == (1, 12) and first.year == last.year:
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return day(first.isoformat()[:7])
    return None


def number(value: object) -> str:
    """Write a count with thousands separators; None as 0.

    >>> number(1234567), number(None), number(2.5)
    ('1,234,567', '0', '2.5')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int | float) else "0"


def plural(count: object, noun: str, many: str | None = None) -> str:
    """Write a count with its noun.

    >>> plural(1, "release"), plural(2000, "release"), plural(3, "person", "people")
    ('1 release', '2,000 releases', '3 people')
    """
    return f"{number(count)} {noun if count == 1 else many or noun + 's'}"


def query(values: Mapping[str, object], **changes: object) -> str:
    """Return a query string of `values` with `changes`; None and "" drop a name.

    >>> query({"q": "fair", "page": 2}, page=None, kind="event")
    '?q=fair&kind=event'
    """
    merged = {**values, **changes}
    kept = {name: value for name, value in merged.items() if value not in (None, "")}
    return "?" + urlencode(kept) if kept else "?"
