"""The map: places and venues by how many releases name them."""

from __future__ import annotations

import sqlite3

from db.queries import places

from .. import pictures
from ..page import Asked, Data, Page


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """The places named most often, with their positions."""
    return {"places": asked.memo("places", places.points, conn)}


def view(data: Data, asked: Asked) -> Data:
    """The picture."""
    points = [
        pictures.Point(
            p["latitude"],
            p["longitude"],
            p["name"],
            f"/entity/{p['id']}",
            p["kind"],
            p["release_count"],
        )
        for p in data["places"]
    ]
    return {"map": pictures.world(points, "Places by how many releases name them", 1100)}


PAGE = Page(
    name="map",
    address="/map",
    example="/map.json",
    summary="Places and venues with a position, most often named first.",
    load=load,
    template="map.html",
    rows=lambda data: data["places"],
    view=view,
)
