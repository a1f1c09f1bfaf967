"""Events: a month of the calendar, lists, and one with everything said about it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date, timedelta
from typing import Any

from ..lookup import marks
from .places import of_events
from .releases import by_ids
from .rows import VISIBLE_EVENT, Row, grouped, page_of, row, rows, value

SUMMARY = """
  events.id, events.entity_id, events.name, events.starts_on, events.ends_on,
  venues.id AS venue_id, venues.name AS venue, places.id AS place_id, places.name AS place,
  places.country, events.mode,
  events.release_count, coalesce(venues.latitude, places.latitude) AS latitude,
  coalesce(venues.longitude, places.longitude) AS longitude
"""
FROM = """
  events
  LEFT JOIN entities AS venues ON venues.id = events.venue_id AND venues.hidden = 0
  LEFT JOIN entities AS places ON places.id = events.place_id AND places.hidden = 0
"""

#: No announced occasion lasts longer; a month's events are found by their first day.
MAX_DAYS = 62
#: Names that are looked up one by one to see which are events'.
FEW_NAMES = 2000
MAX_MONTH = 1500  # events of one calendar page
SHOWN_PER_DAY = 3
MAX_PLACES = 40  # of a month


def upcoming(conn: sqlite3.Connection, today: date, *, limit: int = 6) -> list[Row]:
    """The next events that have not ended, soonest first."""
    return rows(
        conn,
        f"""SELECT {SUMMARY} FROM {FROM}
        WHERE {VISIBLE_EVENT} AND events.starts_on >= :earliest
          AND coalesce(events.ends_on, events.starts_on) >= :today
        ORDER BY events.starts_on, events.id LIMIT :limit""",
        {
            "earliest": (today - timedelta(days=MAX_DAYS)).isoformat(),
            "today": today.isoformat(),
            "limit": limit,
        },
    )


def recent(conn: sqlite3.Connection, today: date, *, limit: int = 6) -> list[Row]:
    """The last events that have begun, newest first."""
    return rows(
        conn,
        f"""SELECT {SUMMARY} FROM {FROM} WHERE {VISIBLE_EVENT} AND events.starts_on < ?
        ORDER BY events.starts_on DESC, events.id DESC LIMIT ?""",
        (today.isoformat(), limit),
    )


def month_to_show(conn: sqlite3.Connection, today: date) -> str:
    """This month if an event begins in it, else the nearest earlier, else later month with one."""
    this = today.isoformat()[:7]
    last = value(conn, "SELECT max(starts_on) FROM events WHERE starts_on <= ?", (f"{this}-31",))
    following = value(conn, "SELECT min(starts_on) FROM events WHERE starts_on > ?", (this,))
    return str(last or following or this)[:7]


def month(conn: sqlite3.Connection, wanted: str, *, limit: int = MAX_MONTH, offset: int = 0) -> Row:
    """A calendar month ("YYYY-MM"): all its days, some of its events, the neighbours that have any.

    `total` counts the events, `days` has for each day that has any their number and the first of
    them; `events` are `limit` of them from `offset` on; `places` is where most of them are. An
    event that began before and still runs belongs to the month, too.
    """
    first = date(int(wanted[:4]), int(wanted[5:7]), 1)
    last = _last_day(first)
    # Without the names of venues and places: these are looked up for what is shown only.
    found = conn.execute(
        f"""SELECT events.id, events.name, events.starts_on, events.ends_on, events.venue_id,
          events.place_id
        FROM events
        WHERE {VISIBLE_EVENT} AND events.starts_on BETWEEN :earliest AND :last
          AND coalesce(events.ends_on, events.starts_on) >= :first
        ORDER BY events.starts_on, events.release_count DESC, events.id LIMIT {MAX_MONTH}""",
        {"earliest": _before(first), "first": first.isoformat(), "last": last.isoformat()},
    ).fetchall()
    shown = [event[0] for event in found[offset : offset + limit]]
    known = {
        event["id"]: event
        for event in rows(
            conn, f"SELECT {SUMMARY} FROM {FROM} WHERE events.id IN ({marks(shown)})", shown
        )
    }
    return {
        "month": wanted,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "total": len(found),
        "days": _by_day(found, [f"{wanted}-{day:02}" for day in range(1, last.day + 1)]),
        "events": [known[number] for number in shown],
        "more": offset + limit < len(found),
        "places": _places(conn, Counter(event[4:] for event in found)),
        "earlier": _month_of(
            value(
                conn, "SELECT max(starts_on) FROM events WHERE starts_on < ?", (first.isoformat(),)
            )
        ),
        "later": _month_of(
            value(
                conn, "SELECT min(starts_on) FROM events WHERE starts_on > ?", (last.isoformat(),)
            )
        ),
    }


def _by_day(found: list[Any], month: list[str]) -> dict[str, Row]:
    """Number and first events of each day that has any; `goes_on` is one that began before."""
    days: dict[str, Row] = {}
    for number, name, starts_on, ends_on, *_ in found:
        for nth, day in enumerate(_days(starts_on, ends_on, month)):
            told = days.get(day)
            if told is None:
                told = days[day] = {"total": 0, "begin": 0, "events": []}
            told["total"] += 1
            told["begin"] += nth == 0
            if len(told["events"]) < SHOWN_PER_DAY:
                told["events"].append({"id": number, "name": name, "goes_on": nth > 0})
    return dict(sorted(days.items()))


def _days(starts_on: str, ends_on: str | None, month: list[str]) -> list[str]:
    """Days of an event among those of a month, all ISO days."""
    ends_on = ends_on or starts_on
    begin = int(starts_on[8:]) - 1 if starts_on >= month[0] else 0
    end = int(ends_on[8:]) if ends_on <= month[-1] else len(month)
    return month[begin:end]


def _places(conn: sqlite3.Connection, counts: Counter[Any]) -> list[Row]:
    """Where events with these (venue, place) are, most events first; at most MAX_PLACES."""
    most = counts.most_common(MAX_PLACES)
    numbers = sorted({number for pair, _ in most for number in pair if number is not None})
    known = {
        entry["id"]: entry
        for entry in rows(
            conn,
            f"""SELECT id, name, latitude, longitude FROM entities
            WHERE hidden = 0 AND id IN ({marks(numbers)})""",
            numbers,
        )
    }
    nowhere = {"id": None, "name": None, "latitude": None, "longitude": None}
    return of_events(
        {
            "venue": venue["name"],
            "venue_id": venue["id"],
            "place": place["name"],
            "place_id": place["id"],
            "latitude": place["latitude"] if venue["latitude"] is None else venue["latitude"],
            "longitude": place["longitude"] if venue["longitude"] is None else venue["longitude"],
            "events": number,
        }
        for (venue_id, place_id), number in most
        for venue, place in [(known.get(venue_id, nowhere), known.get(place_id, nowhere))]
    )


def _before(first: date) -> str:
    earliest = max(first.toordinal() - MAX_DAYS, 1)
    return date.fromordinal(earliest).isoformat()


def _last_day(first: date) -> date:
    if first.month == 12:
        return first.replace(day=31)
    return first.replace(month=first.month + 1) - timedelta(days=1)


def _month_of(day: str | None) -> str | None:
    return day[:7] if day else None


def listing(
    conn: sqlite3.Connection,
    *,
    query: str = "",
    since: str | None = None,
    until: str | None = None,
    mode: str | None = None,
    place_id: int | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Row], bool]:
    """Events in order of their first day, newest first; undated ones only without dates asked for.

    `query` is part of the name. `since` and `until` are ISO days (both inclusive) between which an
    event runs, be it for a part of its days.
    """
    conditions, values = [VISIBLE_EVENT], dict[str, object](limit=limit + 1, offset=offset)
    for name, given, condition in (
        ("query", query.strip(), _named(conn, query.strip())),
        (
            "since",
            since,
            "coalesce(events.ends_on, events.starts_on) >= :since "
            "AND events.starts_on >= :earliest",
        ),
        ("until", until, "events.starts_on <= :until"),
        ("mode", mode, "events.mode = :mode"),
        ("place", place_id, "events.place_id = :place"),
    ):
        if given:
            conditions.append(condition)
            values[name] = given
    if since:
        values["earliest"] = _before(date.fromisoformat(since))
    found = rows(
        conn,
        f"""SELECT {SUMMARY} FROM {FROM} WHERE {" AND ".join(conditions)}
        ORDER BY events.starts_on DESC, events.id DESC LIMIT :limit OFFSET :offset""",
        values,
    )
    return page_of(found, limit)


def _named(conn: sqlite3.Connection, query: str) -> str:
    """A condition on the name. Letters that few names have are looked up in their index.

    Letters that many names have are met soon on the way through the events in order of their days.
    """
    if len(query) >= 3:
        match = '"' + query.replace('"', '""') + '"'
        found = conn.execute(
            "SELECT rowid FROM entities_fts WHERE entities_fts MATCH ? LIMIT ?",
            (f"name : {match}", FEW_NAMES + 1),
        ).fetchall()
        if len(found) <= FEW_NAMES:
            return f"events.entity_id IN ({', '.join(str(number) for (number,) in found)})"
    return "instr(lower(events.name), lower(:query)) > 0"


def event(conn: sqlite3.Connection, event_id: int) -> Row | None:
    """One event with parties by role, the words for each field, and every announcing release."""
    found = row(
        conn,
        f"""SELECT {SUMMARY}, events.edition, events.series, events.theme, events.start_time,
          events.timezone, events.address, events.venue_id IS NOT venues.id AS venue_hidden,
          events.place_id IS NOT places.id AS place_hidden
        FROM {FROM} WHERE {VISIBLE_EVENT} AND events.id = ?""",
        (event_id,),
    )
    if found is None:
        return None
    evidence = grouped(_evidence(conn, event_id), "field")
    for field in ("venue", "place"):
        if found.pop(f"{field}_hidden"):
            evidence.pop(field, None)
    return {
        "event": found,
        "parties": _parties(conn, event_id),
        "evidence": evidence,
        "releases": _releases(conn, event_id),
        "series": _series(conn, found),
    }


def _parties(conn: sqlite3.Connection, event_id: int) -> dict[str, list[Row]]:
    """Parties by role; each once, with the words of the newest release that names it."""
    found = rows(
        conn,
        """SELECT event_parties.role, event_parties.entity_id, entities.name, entities.kind,
          event_parties.release_id, event_parties.start_char, event_parties.end_char
        FROM event_parties JOIN entities ON entities.id = event_parties.entity_id
        WHERE event_parties.event_id = ? AND entities.hidden = 0
        ORDER BY event_parties.id LIMIT 2000""",
        (event_id,),
    )
    once = {(entry["role"], entry["entity_id"]): entry for entry in found}
    return grouped(once.values(), "role")


def _evidence(conn: sqlite3.Connection, event_id: int) -> list[Row]:
    return rows(
        conn,
        """SELECT field, value, release_id, start_char, end_char, derived FROM event_evidence
        WHERE event_id = ? ORDER BY derived, id LIMIT 200""",
        (event_id,),
    )


def _releases(conn: sqlite3.Connection, event_id: int) -> list[Row]:
    ids = [
        entry["release_id"]
        for entry in rows(
            conn,
            "SELECT DISTINCT release_id FROM announcements WHERE event_id = ? LIMIT 100",
            (event_id,),
        )
    ]
    found = by_ids(conn, ids).values()
    return sorted(found, key=lambda r: (r["published"] or "", r["id"]))


def _series(conn: sqlite3.Connection, found: Row) -> list[Row]:
    """Other editions of the same series."""
    if not found["series"]:
        return []
    return rows(
        conn,
        f"""SELECT id, name, starts_on, ends_on FROM events
        WHERE series = ? AND id != ? AND {VISIBLE_EVENT}
        ORDER BY starts_on DESC LIMIT 12""",
        (found["series"], found["id"]),
    )


def first(conn: sqlite3.Connection) -> int | None:
    """The lowest number of an event: an example that exists."""
    found = value(conn, "SELECT min(id) FROM events")
    return int(found) if found is not None else None


def id_of_entity(conn: sqlite3.Connection, entity_id: int) -> int | None:
    """The event whose name is this entity, if it has a record."""
    found = value(conn, "SELECT id FROM events WHERE entity_id = ?", (entity_id,))
    return int(found) if found is not None else None
