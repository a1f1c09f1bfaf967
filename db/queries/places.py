"""Places and venues with a position, and what happens there."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

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


def of_events(found: Iterable[Row]) -> list[Row]:
    """Where some events are, those with most events first: the venue's position, else the place's.

    An entry may stand for as many as it says in `events`. Each place has `latitude`, `longitude`,
    `name`, `id` (of the place, else of the venue) and the number of `events`.
    """
    counts: Counter[tuple[object, ...]] = Counter()
    for event in found:
        if event["latitude"] is not None and event["longitude"] is not None:
            name, number = event["place"] or event["venue"], event["place_id"] or event["venue_id"]
            where = (event["latitude"], event["longitude"], name, number)
            counts[where] += event.get("events", 1)
    names = ("latitude", "longitude", "name", "id")
    return [
        dict(zip(names, where, strict=True)) | {"events": number}
        for where, number in counts.most_common()
    ]
