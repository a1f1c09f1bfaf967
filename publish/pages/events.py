"""Events: a month as a calendar, its list, its map; and a search over all of them."""

from __future__ import annotations

import sqlite3
from calendar import Calendar
from datetime import date

from db.queries import events, places

from .. import pictures
from ..page import PAGE_SIZE, Asked, Data, Page

MODES = ("in person", "online", "hybrid")
#: These formats have all events of a month: nobody turns the pages of a subscription.
WHOLE = ("csv", "ics", "atom")


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
        where = places.of_events(found)
        shown = {"month": None, "events": found, "more": more, "places": where}
    else:
        month = asked.month("month") or events.month_to_show(conn, asked.today)
        whole = asked.parts.get("format") in WHOLE
        limit, page = (events.MAX_MONTH, 1) if whole else (PAGE_SIZE, asked.page)
        shown = events.month(conn, month, limit=limit, offset=(page - 1) * limit)
    filters = {"q": query, "since": since, "until": until, "mode": mode, "place": place}
    return {"filters": filters, "page": asked.page, **shown}


def view(data: Data, asked: Asked) -> Data:
    """The calendar's weeks and the map."""
    points = [
        pictures.Point(
            p["latitude"], p["longitude"], p["name"], f"/entity/{p['id']}", "place", p["events"]
        )
        for p in data["places"]
    ]
    return {
        "weeks": weeks(data, asked.today) if data["month"] else [],
        "map": pictures.world(points, "Where these events take place"),
        "modes": MODES,
    }


def weeks(data: Data, today: date) -> list[list[Data]]:
    """The weeks of the month, Monday first: each day with its events."""
    year, month = int(data["month"][:4]), int(data["month"][5:7])
    return [
        [_cell(f"{data['month']}-{day:02}" if day else "", data["days"], today) for day in week]
        for week in Calendar().monthdayscalendar(year, month)
    ]


def _cell(iso: str, days: Data, today: date) -> Data:
    """One day of the calendar; 0 is one of another month, a quiet one has nothing that begins."""
    told = days.get(iso, {"total": 0, "begin": 0, "events": []})
    return {
        "day": int(iso[-2:] or 0),
        "iso": iso,
        "today": iso == today.isoformat(),
        "events": told["events"],
        "more": told["total"] - len(told["events"]),
        "quiet": not told["begin"],
    }


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
