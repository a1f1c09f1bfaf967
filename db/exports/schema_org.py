"""Releases, events and names as schema.org data (JSON-LD), for search engines and scripts.

The export is JSON Lines, one thing a line; the site puts the same values into its pages.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any, BinaryIO

from .selection import Row, Selection, between, stream

SELECTS = frozenset({"entity", "since", "until"})

CONTEXT = "https://schema.org"
TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    "venue": "Place",
    "event": "Event",
}
#: schema.org's property for each role it knows; the others are contributors.
ROLES = {
    "host": "organizer",
    "organiser": "organizer",
    "co-organiser": "organizer",
    "sponsor": "sponsor",
    "supporter": "funder",
    "speaker": "performer",
}
MODES = {
    "in person": f"{CONTEXT}/OfflineEventAttendanceMode",
    "online": f"{CONTEXT}/OnlineEventAttendanceMode",
    "hybrid": f"{CONTEXT}/MixedEventAttendanceMode",
}


def write(conn: sqlite3.Connection, out: BinaryIO, selection: Selection) -> int:
    """Write releases, then events, one JSON object a line; return their number."""
    from ..queries.events import event as event_page
    from ..queries.releases import release as release_page

    count = 0
    for ident in _ids(conn, "releases", "published", selection):
        found = release_page(conn, str(ident))
        if found:
            out.write(_line(release(found, selection.base)))
            count += 1
    for ident in _ids(conn, "events", "starts_on", selection):
        found = event_page(conn, ident)
        if found:
            out.write(_line(event(found, selection.base)))
            count += 1
    return count


def _ids(conn: sqlite3.Connection, table: str, day: str, selection: Selection) -> list[int]:
    """Return the selected ids; eight bytes each, so that a million of them are small."""
    condition, days = between(day, selection)
    values: dict[str, Any] = dict(days)
    if selection.entity:
        values["entity"] = selection.entity
        condition += {
            "releases": " AND id IN (SELECT release_id FROM appearances WHERE entity_id = :entity)",
            "events": " AND (entity_id = :entity OR venue_id = :entity OR place_id = :entity OR id"
            " IN (SELECT event_id FROM event_parties WHERE entity_id = :entity))",
        }[table]
    sql = f"SELECT id FROM {table} WHERE {condition} ORDER BY id"
    return [row["id"] for row in stream(conn, sql, values)]


def _line(value: Row) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _without_nothing(values: Row) -> Row:
    return {name: value for name, value in values.items() if value not in (None, [], "")}


def _thing(ident: int | None, name: str | None, kind: str, base: str) -> Row | None:
    if not name:
        return None
    found = {"@type": TYPES.get(kind, "Thing"), "name": name}
    return found | ({"@id": f"{base}/entity/{ident}"} if ident else {})


def _web_address(url: str | None) -> str | None:
    """Return `url` when it is one of the web; a release could carry `javascript:`."""
    return url if url and url.startswith(("http://", "https://")) else None


def release(data: Row, base: str) -> Row:
    """Return a release (as `queries.releases.release` gives it) as a NewsArticle."""
    named = {m["entity_id"]: m for m in data["mentions"] if not m["hidden"]}
    return _without_nothing(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": f"{base}/release/{data['id']}",
            "headline": data["title"],
            "alternativeHeadline": data["subtitle"],
            "datePublished": data["published"],
            "dateline": data["dateline_place"],
            "inLanguage": data["language"],
            "isBasedOn": _web_address(data["url"]),
            "publisher": _thing(data["issuer_id"], data["issuer"], "organisation", base),
            "wordCount": data["word_count"],
            "mentions": [
                _thing(m["entity_id"], m["name"], m["kind"], base) for m in named.values()
            ],
        }
    )


def event(data: Row, base: str) -> Row:
    """Return an event (as `queries.events.event` gives it) with its place and parties."""
    found = data["event"]
    venue = _thing(found["venue_id"], found["venue"], "venue", base)
    place = _thing(found["place_id"], found["place"], "place", base)
    if venue and found["place"]:
        venue["address"] = found["place"]
    parties: dict[str, list[Any]] = {}
    for role, entries in data["parties"].items():
        listed = parties.setdefault(ROLES.get(role, "contributor"), [])
        listed += [_thing(e["entity_id"], e["name"], e["kind"], base) for e in entries]
    return _without_nothing(
        {
            "@context": CONTEXT,
            "@type": "Event",
            "@id": f"{base}/event/{found['id']}",
            "name": found["name"],
            "startDate": found["starts_on"],
            "endDate": found["ends_on"],
            "eventAttendanceMode": MODES.get(found["mode"] or ""),
            "location": venue or place,
            **parties,
        }
    )


def entity(data: Row, base: str) -> Row:
    """Return an entity (as `queries.entities.dossier` gives it) with present title and names."""
    found = data["entity"]
    now = next((title for title in data["titles"] if not title["former"]), None)
    employer = None
    if now:
        employer = _thing(now["organisation_id"], now["organisation"], "organisation", base)
    geo = None
    if found["latitude"] is not None:
        geo = {
            "@type": "GeoCoordinates",
            "latitude": found["latitude"],
            "longitude": found["longitude"],
        }
    wikidata = found["wikidata_id"]
    return _without_nothing(
        {
            "@context": CONTEXT,
            "@type": TYPES.get(found["kind"], "Thing"),
            "@id": f"{base}/entity/{found['id']}",
            "name": found["name"],
            "alternateName": [a["name"] for a in data["aliases"] if a["name"] != found["name"]],
            "jobTitle": now["title"] if now else None,
            "worksFor": employer,
            "geo": geo,
            "sameAs": f"https://www.wikidata.org/entity/{wikidata}" if wikidata else None,
        }
    )
