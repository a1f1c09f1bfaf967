"""Events as iCalendar (RFC 5545), to subscribe to; the icalendar library escapes and folds.

An event without a day is left out. A start time with a known zone becomes a moment in UTC, one
without a zone a floating time, as the words of the release leave it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, BinaryIO

from .selection import Row, Selection, between, stream

SELECTS = frozenset({"entity", "since", "until"})

#: Offsets from UTC, hours, of zones as releases write them.
ZONES = {
    "utc": 0.0, "gmt": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
    "gst": 4, "ist": 5.5, "sgt": 8, "hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13, "brt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

#: Shown after every event's day, as calendars end an all-day event before its DTEND.
ONE_DAY = timedelta(days=1)

EVENTS = """SELECT v.id, v.name, v.starts_on, v.ends_on, v.start_time, v.timezone, v.address,
  v.theme, w.name AS venue, p.name AS place, coalesce(w.latitude, p.latitude) AS latitude,
  coalesce(w.longitude, p.longitude) AS longitude
FROM events v LEFT JOIN entities w ON w.id = v.venue_id AND w.hidden = 0
LEFT JOIN entities p ON p.id = v.place_id AND p.hidden = 0"""


def write(conn: sqlite3.Connection, out: BinaryIO, selection: Selection) -> int:
    """Write the calendar to `out`; return the number of events."""
    condition, values = between("v.starts_on", selection)
    bound: dict[str, Any] = dict(values)
    if selection.entity:
        condition += (
            " AND (v.venue_id = :entity OR v.place_id = :entity OR v.entity_id = :entity OR v.id IN"
            " (SELECT event_id FROM event_parties WHERE entity_id = :entity))"
        )
        bound["entity"] = selection.entity
    found = stream(conn, f"{EVENTS} WHERE {condition} ORDER BY v.starts_on, v.id", bound)
    count = 0
    for piece in calendar("Dateline: events", found, selection.base):
        out.write(piece)
        count += piece.startswith(b"BEGIN:VEVENT")
    return count


def calendar(title: str, events: Iterable[Row], base: str) -> Iterator[bytes]:
    """Yield the pieces of a calendar. Rows need id, name, starts_on; the rest may be absent."""
    from icalendar import Calendar

    frame = Calendar()
    frame.add("prodid", "-//Dateline//Dateline//EN")
    frame.add("version", "2.0")
    frame.add("x-wr-calname", title)
    head, _, tail = frame.to_ical().partition(b"END:VCALENDAR")
    yield head
    for event in events:
        yield from _event(event, base)
    yield b"END:VCALENDAR" + tail


def _event(row: Row, base: str) -> Iterator[bytes]:
    from icalendar import Event

    try:
        first = date.fromisoformat(row["starts_on"])
        last = max(first, date.fromisoformat(row.get("ends_on") or row["starts_on"]))
        after = last + ONE_DAY
    except (TypeError, ValueError, OverflowError):
        return
    event = Event()
    event.add("uid", f"event-{row['id']}@{base.partition('//')[2] or 'dateline'}")
    # The stamp says when the entry was made; a fixed one keeps a calendar equal from day to day.
    event.add("dtstamp", datetime.combine(first, time(), UTC))
    start = _start(first, row.get("start_time"), row.get("timezone"))
    event.add("dtstart", start or first)
    if start is None or last > first:
        event.add("dtend", datetime.combine(after, time(), start.tzinfo) if start else after)
    event.add("summary", _clean(row["name"]))
    place = ", ".join(
        _clean(x) for x in (row.get("venue"), row.get("address"), row.get("place")) if x
    )
    if place:
        event.add("location", place)
    if row.get("theme"):
        event.add("description", _clean(row["theme"]))
    if row.get("latitude") is not None:
        event.add("geo", (row["latitude"], row["longitude"]))
    event.add("url", f"{base}/event/{row['id']}")
    yield event.to_ical()


def _start(day: date, at: str | None, zone: str | None) -> datetime | None:
    try:
        moment = datetime.combine(day, time.fromisoformat(at or ""))
    except ValueError:
        return None
    hours = ZONES.get((zone or "").casefold())
    if hours is None:
        return moment
    return moment.replace(tzinfo=timezone(timedelta(hours=hours))).astimezone(UTC)


def _clean(words: object) -> str:
    """Drop control characters, which no calendar can carry."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(words)).split())
