"""The dossier of a name, and the card that shows when a reader points at it."""

from __future__ import annotations

import sqlite3

from db.exports import schema_org
from db.queries import entities, events

from .. import pictures
from ..page import Asked, Data, Moved, NotFound, Page
from ..text import plural


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """Everything known of one entity."""
    ident = asked.ident()
    found = entities.dossier(conn, ident, page=asked.page)
    if found is None:
        new = entities.moved_to(conn, ident)
        if new is not None:
            raise Moved(f"/entity/{new}")
        raise NotFound("There is no such name, or a decision hides it.")
    if found["entity"]["kind"] == "event":
        found["event_id"] = events.id_of_entity(conn, ident)
    return found


def view(data: Data, asked: Asked) -> Data:
    """The pictures."""
    entity = data["entity"]
    points = []
    if entity["latitude"] is not None and entity["longitude"] is not None:
        points = [
            pictures.Point(
                entity["latitude"],
                entity["longitude"],
                entity["name"],
                f"/entity/{entity['id']}",
                entity["kind"],
            )
        ]
    return {
        "timeline": pictures.timeline(data["months"], f"Releases naming {entity['name']} by month"),
        "network": pictures.network(
            entity["name"],
            data["companions"],
            data["ties"],
            f"Names that appear with {entity['name']}",
        ),
        "map": pictures.world(points, f"Position of {entity['name']}"),
        "sample": entities.SAMPLE,
    }


def card(conn: sqlite3.Connection, asked: Asked) -> Data:
    """Who this is, in a few words."""
    found = entities.card(conn, asked.ident())
    if found is None:
        raise NotFound("There is no such name, or a decision hides it.")
    return found | {"words": plural(found["release_count"], "release")}


def feed(data: Data, asked: Asked) -> bytes:
    """The newest releases that name the entity."""
    from .. import feeds

    entity = data["entity"]
    return feeds.releases(entity["name"], f"/entity/{entity['id']}", data["passages"], asked)


def calendar(data: Data, asked: Asked) -> bytes:
    """The events the entity has a part in."""
    from .. import feeds

    return feeds.calendar(data["entity"]["name"], data["events"], asked)


def jsonld(data: Data, asked: Asked) -> Data:
    """The entity as schema.org data."""
    return schema_org.entity(data, asked.base)


PAGE = Page(
    name="entity",
    address="/entity/(?P<id>[0-9]+)",
    example="/entity/1.json",
    summary="The dossier of a name: titles, quotes, events, companions, every mention in context.",
    load=load,
    template="entity.html",
    parameters={"page": "page of 20 releases, from 1"},
    rows=lambda data: [
        {k: v for k, v in entry.items() if k != "passage"} | _flat(entry["passage"])
        for entry in data["passages"]
    ],
    atom=feed,
    ics=calendar,
    jsonld=jsonld,
    view=view,
)

CARD = Page(
    name="card",
    address="/entity/(?P<id>[0-9]+)/card",
    example="/entity/1/card.json",
    summary="Who a name is, in a few words.",
    load=card,
)


def _flat(passage: Data | None) -> Data:
    if passage is None:
        return {"passage": ""}
    return {"passage": passage["before"] + passage["words"] + passage["after"]}
