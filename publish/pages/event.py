"""One event: when, where, who in which role, and every release that announces it."""

from __future__ import annotations

import sqlite3

from db.exports import schema_org
from db.queries import events

from .. import pictures
from ..page import Asked, Data, NotFound, Page

#: The order in which a reader wants the roles, and their headings.
ROLES = {
    "host": "Hosts",
    "organiser": "Organisers",
    "co-organiser": "Co-organisers",
    "sponsor": "Sponsors",
    "supporter": "Supporters",
    "speaker": "Speakers",
    "exhibitor": "Exhibitors",
    "participant": "Participants",
}


def load(conn: sqlite3.Connection, asked: Asked) -> Data:
    """One event with parties, evidence and releases."""
    found = events.event(conn, asked.ident())
    if found is None:
        raise NotFound("There is no such event.")
    return found


def view(data: Data, asked: Asked) -> Data:
    """The map."""
    event = data["event"]
    points = []
    if event["latitude"] is not None and event["longitude"] is not None:
        ident = event["venue_id"] or event["place_id"]
        label = event["venue"] or event["place"]
        points = [
            pictures.Point(
                event["latitude"], event["longitude"], label, f"/entity/{ident}", "event"
            )
        ]
    return {"map": pictures.world(points, f"Where {event['name']} takes place"), "roles": ROLES}


def feed(data: Data, asked: Asked) -> bytes:
    """The releases that announce the event, as a feed."""
    from .. import feeds

    event = data["event"]
    return feeds.releases(event["name"], f"/event/{event['id']}", data["releases"], asked)


def parties(data: Data) -> list[Data]:
    """Who takes part, each with the role and the place of the words."""
    return [party for role in ROLES for party in data["parties"].get(role, [])]


def calendar(data: Data, asked: Asked) -> bytes:
    """The event for a calendar program."""
    from .. import feeds

    return feeds.calendar(data["event"]["name"], [data["event"]], asked)


def jsonld(data: Data, asked: Asked) -> Data:
    """The event as schema.org data."""
    return schema_org.event(data, asked.base)


PAGE = Page(
    name="event",
    address="/event/(?P<id>[0-9]+)",
    example="/event/{event}.json",
    summary="One event: days, venue, parties by role, the words for each, every release.",
    load=load,
    template="event.html",
    rows=parties,
    atom=feed,
    ics=calendar,
    jsonld=jsonld,
    view=view,
)
