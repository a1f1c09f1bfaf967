"""Events: a month as a calendar, its list, its map; and a search over all of them."""

from __future__ import annotations

import sqlite3
from calendar import Calendar
from datetime import date

from db.queries import events, places

from .. import pictures
from ..page import PAGE_SIZE, Asked, Data, Page

MODES = ("in person", "online", "hybrid")
SHOWN_PER_DAY = 3
MAX_PLACES = 100  # on the map
MAX_SHOWN = 50  # events listed under a calendar


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """A month of events; with any filter, a list of those that match."""
    query, mode = asked.text("q"), asked.choice("mode", MODES) or None
    since, until = asked.day("since"), asked.day("until")
    place = asked.number("place") or None
    shown: Data
    if query or mode or since or until or place:
        found, more = events.listing(
            conn,
            query=query,
            since=since,
            until=until,
            mode=mode,
            place_id=place,
            limit=PAGE_SIZE,
            offset=(asked.page - 1) * PAGE_SIZE,
        )
        shown = {"month": None, "events": found, "more": more}
    else:
        month = asked.month("month") or events.month_to_show(conn, asked.today)
        shown = events.month(conn, month) | {"more": False}
    filters = {"q": query, "since": since, "until": until, "mode": mode, "place": place}
    where = places.of_events(shown["events"])
    return {"filters": filters, "page": asked.page, "places": where, **shown}


def view(data: Data, asked: Asked) -> Data:
    """The calendar's weeks and the map."""
    points = [
        pictures.Point(
            p["latitude"], p["longitude"], p["name"], f"/entity/{p['id']}", "place", p["events"]
        )
        for p in data["places"][:MAX_PLACES]
    ]
    return {
        "weeks": weeks(data, asked.today) if data["month"] else [],
        "map": pictures.world(points, "Where these events take place"),
        "modes": MODES,
        "shown": data["events"][:MAX_SHOWN],
        "shown_places": data["places"][:MAX_PLACES],
    }


def weeks(data: Data, today: date) -> list[list[Data]]:
    """The weeks of the month, Monday first: each day with its events."""
    by_day: dict[str, list[tuple[Data, bool]]] = {}
    for event in data["events"]:
        for number, day in enumerate(_days(event, data["first"], data["last"])):
            by_day.setdefault(day, []).append((event, number > 0))
    year, month = int(data["month"][:4]), int(data["month"][5:7])
    return [
        [_cell(f"{data['month']}-{day:02}" if day else "", by_day, today) for day in week]
        for week in Calendar().monthdayscalendar(year, month)
    ]


def _cell(iso: str, by_day: dict[str, list[tuple[Data, bool]]], today: date) -> Data:
    """One day of the calendar, its events with whether they go on; 0 is one of another month."""
    found = by_day.get(iso, [])
    return {
        "day": int(iso[-2:] or 0),
        "iso": iso,
        "today": iso == today.isoformat(),
        "events": found[:SHOWN_PER_DAY],
        "more": max(len(found) - SHOWN_PER_DAY, 0),
        "quiet": all(goes_on for _, goes_on in found),
    }


def _days(event: Data, first: str, last: str) -> list[str]:
    """ISO days of the event inside the month."""
    if event["ends_on"] in (None, event["starts_on"]) and event["starts_on"] >= first:
        return [event["starts_on"]]
    try:
        begin = date.fromisoformat(max(event["starts_on"], first)).toordinal()
        end = date.fromisoformat(min(event["ends_on"] or event["starts_on"], last)).toordinal()
    except ValueError:
        return []
    return [date.fromordinal(day).isoformat() for day in range(begin, end + 1)]


def calendar(data: Data, asked: Asked) -> bytes:
    """These events for a calendar program."""
    from .. import feeds

    return feeds.calendar("Events", data["events"], asked)


def feed(data: Data, asked: Asked) -> bytes:
    """These events as a feed."""
    from .. import feeds

    return feeds.events("Events", "/events", data["events"], asked)


PAGE = Page(
    name="events",
    address="/events",
    example="/events.json?month=2023-09",
    summary="A month of events; with a filter, the events that match it.",
    load=load,
    template="events.html",
    parameters={
        "month": "YYYY-MM; without it the nearest month that has events",
        "q": "part of an event's name",
        "since": "events that run on this day or later, YYYY-MM-DD",
        "until": "events that begin on this day or earlier, YYYY-MM-DD",
        "mode": "in person, online or hybrid",
        "place": "id of a place",
        "page": f"page of {PAGE_SIZE} events, from 1",
    },
    rows=lambda data: data["events"],
    ics=calendar,
    atom=feed,
    view=view,
)
