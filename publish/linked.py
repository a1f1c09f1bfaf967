"""Releases, events and names as schema.org data (JSON-LD), for search engines and scripts."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from .page import Data
from .text import safe_url

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


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], "")}


def _thing(ident: int | None, name: str | None, kind: str, base: str) -> dict[str, Any] | None:
    if not name:
        return None
    found = {"@type": TYPES.get(kind, "Thing"), "name": name}
    return found | ({"@id": f"{base}/entity/{ident}"} if ident else {})


def release(data: Data, base: str) -> dict[str, Any]:
    """Return the release as a NewsArticle."""
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
            "isBasedOn": safe_url(data["url"]),
            "publisher": _thing(data["issuer_id"], data["issuer"], "organisation", base),
            "wordCount": data["word_count"],
            "mentions": [
                _thing(m["entity_id"], m["name"], m["kind"], base) for m in named.values()
            ],
        }
    )


def event(data: Data, base: str) -> dict[str, Any]:
    """Return the event with its place and parties."""
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


def entity(data: Data, base: str) -> dict[str, Any]:
    """Return the entity with its other names and present titles."""
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
            "sameAs": f"https://www.wikidata.org/entity/{found['wikidata_id']}"
            if found["wikidata_id"]
            else None,
        }
    )


def embedded(value: Any) -> Markup:
    """Return JSON that is safe inside a script element: no tag can begin or end in it."""
    text = json.dumps(value, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing in it can leave the element
