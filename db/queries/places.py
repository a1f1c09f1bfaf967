"""Places and venues with a position, and what happens there."""

from __future__ import annotations

import sqlite3

from .rows import Row, rows


def points(conn: sqlite3.Connection, *, limit: int = 300) -> list[Row]:
    """Places and venues on the map, most often named first."""
    found = [
        entry
        for kind in ("place", "venue")
        for entry in rows(
            conn,
            """SELECT id, kind, name, country, latitude, longitude, release_count
            FROM entities INDEXED BY entities_kind_release_count
            WHERE kind = ? AND latitude IS NOT NULL AND longitude IS NOT NULL AND hidden = 0
            ORDER BY release_count DESC LIMIT ?""",
            (kind, limit),
        )
    ]
    return sorted(found, key=lambda e: (-e["release_count"], e["id"]))[:limit]


def event_points(conn: sqlite3.Connection, event_ids: list[int]) -> list[Row]:
    """Where some events are: position of the venue, else of the place."""
    if not event_ids:
        return []
    marks = ", ".join("?" for _ in event_ids)
    return rows(
        conn,
        f"""SELECT coalesce(venues.latitude, places.latitude) AS latitude,
          coalesce(venues.longitude, places.longitude) AS longitude,
          coalesce(places.name, venues.name) AS name, coalesce(places.id, venues.id) AS id,
          count(*) AS events
        FROM events
        LEFT JOIN entities AS venues ON venues.id = events.venue_id
        LEFT JOIN entities AS places ON places.id = events.place_id
        WHERE events.id IN ({marks}) AND coalesce(venues.latitude, places.latitude) IS NOT NULL
        GROUP BY 1, 2, 3, 4 ORDER BY events DESC""",
        event_ids,
    )
