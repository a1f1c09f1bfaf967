"""The knowledge base as FollowTheMoney entities, one JSON object a line.

For Aleph, yente and other programs of that family (https://followthemoney.tech). Schemata used:
Person, Organization, Address (places and venues), Event, Article, Employment (roles), and
UnknownLink (who takes part in an event). Ids are stable for one database.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import BinaryIO

from .selection import Row, Selection, stream

SELECTS: frozenset[str] = frozenset()

SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "place": "Address",
    "venue": "Address",
    "event": "Event",
}


def write(conn: sqlite3.Connection, out: BinaryIO, selection: Selection) -> int:
    """Write every entity, release, role and party; return the number of lines."""
    count = 0
    for make in (_entities, _releases, _roles, _parties):
        for item in make(conn):
            out.write(json.dumps(item, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def _item(ident: str, schema: str, **properties: object) -> Row:
    """Return an entity; a property is a list of strings, absent ones are left out."""
    listed = {
        name: [
            str(v) for v in (value if isinstance(value, list) else [value]) if v not in (None, "")
        ]
        for name, value in properties.items()
    }
    return {"id": ident, "schema": schema, "properties": {k: v for k, v in listed.items() if v}}


def _entities(conn: sqlite3.Connection) -> Iterator[Row]:
    sql = """SELECT e.id, e.kind, e.name, e.country, e.latitude, e.longitude, e.wikidata_id,
      v.starts_on, v.ends_on, v.place_id,
      (SELECT json_group_array(name) FROM aliases WHERE entity_id = e.id AND name != e.name)
        AS aliases
    FROM entities e LEFT JOIN events v ON v.entity_id = e.id WHERE e.hidden = 0 ORDER BY e.id"""
    for row in stream(conn, sql):
        schema = SCHEMATA[row["kind"]]
        aliases = json.loads(row["aliases"])
        if schema == "Address":
            yield _item(
                f"entity-{row['id']}",
                schema,
                name=row["name"],
                full=row["name"],
                alias=aliases,
                country=(row["country"] or "").lower(),
                latitude=row["latitude"],
                longitude=row["longitude"],
                wikidataId=row["wikidata_id"],
            )
        elif schema == "Event":
            yield _item(
                f"entity-{row['id']}",
                schema,
                name=row["name"],
                alias=aliases,
                startDate=row["starts_on"],
                endDate=row["ends_on"],
                address=f"entity-{row['place_id']}" if row["place_id"] else None,
            )
        else:
            yield _item(
                f"entity-{row['id']}",
                schema,
                name=row["name"],
                alias=aliases,
                wikidataId=row["wikidata_id"],
            )


def _releases(conn: sqlite3.Connection) -> Iterator[Row]:
    sql = """SELECT r.id, r.title, r.published, r.language, r.url, r.issuer_id, r.issuer, s.name
      AS source, (SELECT json_group_array(DISTINCT m.entity_id) FROM mentions m JOIN entities e
        ON e.id = m.entity_id AND e.hidden = 0 WHERE m.release_id = r.id) AS mentioned
    FROM releases r JOIN sources s ON s.id = r.source_id ORDER BY r.id"""
    for row in stream(conn, sql):
        yield _item(
            f"release-{row['id']}",
            "Article",
            title=row["title"],
            date=row["published"],
            sourceUrl=row["url"] if (row["url"] or "").startswith("http") else None,
            publisher=row["issuer"] or row["source"],
        )
        for entity in json.loads(row["mentioned"]):
            yield _item(
                f"mention-{row['id']}-{entity}",
                "Documentation",
                document=f"release-{row['id']}",
                entity=f"entity-{entity}",
                role="mentioned",
                date=row["published"],
            )


def _roles(conn: sqlite3.Connection) -> Iterator[Row]:
    sql = """SELECT min(o.id) AS id, o.person_id, o.organisation_id, o.title, o.former,
      min(r.published) AS first, max(r.published) AS last
    FROM roles o JOIN releases r ON r.id = o.release_id
    JOIN entities p ON p.id = o.person_id AND p.hidden = 0
    JOIN entities g ON g.id = o.organisation_id AND g.hidden = 0
    GROUP BY o.person_id, o.organisation_id, o.title, o.former ORDER BY 1"""
    for row in stream(conn, sql):
        yield _item(
            f"role-{row['id']}",
            "Employment",
            employee=f"entity-{row['person_id']}",
            employer=f"entity-{row['organisation_id']}",
            role=row["title"],
            status="former" if row["former"] else None,
            date=[row["first"], row["last"]] if row["first"] != row["last"] else row["first"],
        )


def _parties(conn: sqlite3.Connection) -> Iterator[Row]:
    sql = """SELECT min(y.id) AS id, y.entity_id, y.role, v.entity_id AS event
    FROM event_parties y JOIN events v ON v.id = y.event_id
    JOIN entities e ON e.id = y.entity_id AND e.hidden = 0
    JOIN entities x ON x.id = v.entity_id AND x.hidden = 0
    GROUP BY y.entity_id, y.role, v.entity_id ORDER BY 1"""
    for row in stream(conn, sql):
        yield _item(
            f"party-{row['id']}",
            "UnknownLink",
            subject=f"entity-{row['entity_id']}",
            object=f"entity-{row['event']}",
            role=row["role"],
        )
