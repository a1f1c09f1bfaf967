"""The dossier of a person, an organisation, a place or a venue."""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import combinations

from ..lookup import marks
from . import quotes as quotations
from .passages import contexts
from .releases import by_ids
from .rows import VISIBLE_EVENT, Row, grouped, row, rows, value

#: Who appears together is counted over this many of the newest releases, so that a name that is
#: in half of all releases opens as fast as any other.
SAMPLE = 100
COMPANIONS = 18
PASSAGES = 20  # on one page of a dossier
TITLES = 60
QUOTES = 12
EVENTS = 20


#: A person's roles with their releases. CROSS JOIN keeps this order: without statistics the newest
#: releases of all would be walked through instead.
ROLES = """roles INDEXED BY roles_person_id
  CROSS JOIN releases ON releases.id = roles.release_id"""


def entity(conn: sqlite3.Connection, entity_id: int) -> Row | None:
    """The entity's own row, or None when there is none or a decision hides it."""
    return row(
        conn,
        """SELECT id, kind, name, mention_count, release_count, first_seen, last_seen, latitude,
          longitude, country, wikidata_id FROM entities WHERE id = ? AND hidden = 0""",
        (entity_id,),
    )


def moved_to(conn: sqlite3.Connection, entity_id: int) -> int | None:
    """Where the number of an entity leads that has become part of another; None when nowhere.

    A number is that of an identity, and those stay when entities are merged.
    """
    found = value(
        conn,
        """SELECT entities.id FROM identities JOIN entities ON entities.id = identities.entity_id
        WHERE identities.id = ? AND entities.id != ? AND entities.hidden = 0""",
        (entity_id, entity_id),
    )
    return int(found) if found is not None else None


def card(conn: sqlite3.Connection, entity_id: int) -> Row | None:
    """What shows when a reader points at a name: who it is, in a few words."""
    found = entity(conn, entity_id)
    if found is None:
        return None
    found["title"] = title_of(conn, entity_id)
    return found


def title_of(conn: sqlite3.Connection, person_id: int) -> Row | None:
    """A person's latest title, with the organisation; None when no release gives one."""
    return row(
        conn,
        f"""SELECT roles.title, organisations.name AS organisation FROM {ROLES}
        LEFT JOIN entities AS organisations
          ON organisations.id = roles.organisation_id AND organisations.hidden = 0
        WHERE roles.person_id = ? AND roles.former = 0
        ORDER BY releases.published DESC, roles.id LIMIT 1""",
        (person_id,),
    )


def newest_passage(conn: sqlite3.Connection, entity_id: int) -> Row | None:
    """The newest sentence that names an entity, with `release_id`; None when there is none."""
    newest = value(
        conn,
        """SELECT release_id FROM appearances WHERE entity_id = ?
        ORDER BY published DESC, release_id DESC LIMIT 1""",
        (entity_id,),
    )
    return contexts(conn, entity_id, [newest]).get(newest) if newest is not None else None


def dossier(conn: sqlite3.Connection, entity_id: int, *, page: int = 1) -> Row | None:
    """Everything known of one entity; `page` counts pages of the passages, from 1."""
    found = entity(conn, entity_id)
    if found is None:
        return None
    passages, more = _passages(conn, entity_id, page)
    companions, ties = together(conn, entity_id)
    return {
        "entity": found,
        "aliases": aliases(conn, entity_id),
        "titles": titles(conn, entity_id),
        "people": people(conn, entity_id) if found["kind"] == "organisation" else [],
        "quotes": quotes(conn, entity_id) if found["kind"] in ("person", "organisation") else [],
        "events": events(conn, entity_id),
        "months": months(conn, entity_id),
        "companions": companions,
        "ties": ties,
        "passages": passages,
        "page": page,
        "more": more,
        "identities": identities(conn, entity_id),
    }


def aliases(conn: sqlite3.Connection, entity_id: int) -> list[Row]:
    """Other names in use for the entity, most frequent first."""
    return rows(
        conn,
        "SELECT name, count FROM aliases WHERE entity_id = ? ORDER BY count DESC, name LIMIT 40",
        (entity_id,),
    )


def identities(conn: sqlite3.Connection, entity_id: int) -> list[Row]:
    """Why names of several kinds are this one entity: the rule and its reason for each merge."""
    return rows(
        conn,
        """SELECT merges.rule, merges.reason, identities.block AS name
        FROM identities JOIN merges ON merges.identity_id = identities.id
        WHERE identities.entity_id = ? ORDER BY merges.id LIMIT 40""",
        (entity_id,),
    )


def _passages(conn: sqlite3.Connection, entity_id: int, page: int) -> tuple[list[Row], bool]:
    """Releases that name the entity, newest first, each with the sentence that does.

    Of copies the first one stands for all; `copy_count` is the number of the others.
    """
    ids = [
        number
        for (number,) in conn.execute(
            # Two names of one entity in a release are two appearances.
            """SELECT own.release_id FROM appearances AS own
            CROSS JOIN releases ON releases.id = own.release_id
            WHERE own.entity_id = :id AND (releases.cluster_id IS NULL OR NOT EXISTS (
              SELECT 1 FROM releases AS others
              JOIN appearances AS same ON same.release_id = others.id AND same.entity_id = :id
              WHERE others.cluster_id = releases.cluster_id AND others.id < releases.id))
            GROUP BY own.published, own.release_id
            ORDER BY own.published DESC, own.release_id DESC LIMIT :limit OFFSET :offset""",
            {"id": entity_id, "limit": PASSAGES + 1, "offset": (page - 1) * PASSAGES},
        )
    ]
    wanted, more = ids[:PASSAGES], len(ids) > PASSAGES
    summaries = by_ids(conn, wanted)
    words = contexts(conn, entity_id, wanted)
    return [summaries[i] | {"passage": words.get(i)} for i in wanted if i in summaries], more


def titles(conn: sqlite3.Connection, entity_id: int) -> list[Row]:
    """A person's titles: each with its organisation, first and last day and newest evidence."""
    found = rows(
        conn,
        f"""SELECT roles.title,
          CASE WHEN organisations.hidden THEN NULL ELSE roles.organisation_id END
            AS organisation_id,
          CASE WHEN organisations.hidden THEN NULL
            ELSE coalesce(organisations.name, roles.organisation) END AS organisation, roles.former,
          releases.published, roles.release_id, roles.start_char, roles.end_char
        FROM {ROLES}
        LEFT JOIN entities AS organisations ON organisations.id = roles.organisation_id
        WHERE roles.person_id = ? ORDER BY releases.published DESC, roles.id LIMIT 3000""",
        (entity_id,),
    )
    merged: dict[tuple[object, ...], Row] = {}
    for entry in found:
        key = (entry["title"].casefold(), entry["organisation"], entry["former"])
        known = merged.setdefault(
            key, entry | {"first": entry["published"], "last": entry["published"], "releases": 0}
        )
        known["first"] = entry["published"] or known["first"]
        known["releases"] += 1
    return list(merged.values())[:TITLES]


def people(conn: sqlite3.Connection, entity_id: int) -> list[Row]:
    """Who holds which title at an organisation, most often named first."""
    found = rows(
        conn,
        """SELECT roles.person_id, people.name AS person, roles.title, roles.former,
          roles.release_id, roles.start_char, roles.end_char
        FROM roles JOIN entities AS people ON people.id = roles.person_id AND people.hidden = 0
        WHERE roles.organisation_id = ? ORDER BY roles.id DESC LIMIT 200""",
        (entity_id,),
    )
    holders = grouped(found, "person_id").values()
    return [
        group[0] | {"releases": len(group)}
        for group in sorted(holders, key=lambda g: (-len(g), g[0]["person"]))
    ][:30]


def quotes(conn: sqlite3.Connection, entity_id: int) -> list[Row]:
    """What a person said, newest first; the same words in copies of a release stand once."""
    found, _ = quotations.listing(conn, speaker_id=entity_id, limit=QUOTES)
    return [entry | {"title": entry["release"]} for entry in found]


def events(conn: sqlite3.Connection, entity_id: int) -> list[Row]:
    """Events the entity has a part in, newest first; `roles` says which (or venue, place)."""
    found = rows(
        conn,
        f"""WITH parts(event_id, role) AS (
          SELECT * FROM (SELECT event_id, role FROM event_parties WHERE entity_id = :id
                         ORDER BY id DESC LIMIT 300)
          UNION ALL SELECT * FROM (SELECT id, 'venue' FROM events WHERE venue_id = :id
                                   ORDER BY starts_on DESC LIMIT 100)
          UNION ALL SELECT * FROM (SELECT id, 'place' FROM events WHERE place_id = :id
                                   ORDER BY starts_on DESC LIMIT 100)
        )
        SELECT events.id, events.name, events.starts_on, events.ends_on,
          venues.name AS venue, places.name AS place,
          group_concat(DISTINCT parts.role) AS roles
        FROM parts JOIN events ON events.id = parts.event_id
        LEFT JOIN entities AS venues ON venues.id = events.venue_id AND venues.hidden = 0
        LEFT JOIN entities AS places ON places.id = events.place_id AND places.hidden = 0
        WHERE {VISIBLE_EVENT}
        GROUP BY events.id ORDER BY events.starts_on DESC, events.id LIMIT :limit""",
        {"id": entity_id, "limit": EVENTS},
    )
    return [entry | {"roles": sorted(entry["roles"].split(","))} for entry in found]


def months(conn: sqlite3.Connection, entity_id: int) -> dict[str, int]:
    """Releases that name the entity, by month of publication ("YYYY-MM")."""
    found = rows(
        conn,
        """SELECT substr(published, 1, 7) AS month, count(*) AS releases FROM appearances
        WHERE entity_id = ? AND published IS NOT NULL GROUP BY 1 ORDER BY 1""",
        (entity_id,),
    )
    return {entry["month"]: entry["releases"] for entry in found}


def together(
    conn: sqlite3.Connection, entity_id: int
) -> tuple[list[Row], list[tuple[int, int, int]]]:
    """Who is named in the same releases: the companions, and how often two of them meet.

    Counted over the newest `SAMPLE` releases of the entity.
    """
    named: dict[int, set[int]] = {}
    for release, other in conn.execute(
        """WITH sample AS MATERIALIZED (
          SELECT DISTINCT release_id FROM (
            SELECT release_id FROM appearances WHERE entity_id = :id
            ORDER BY published DESC, release_id DESC LIMIT :sample))
        SELECT others.release_id, others.entity_id
        FROM sample CROSS JOIN appearances AS others ON others.release_id = sample.release_id
        WHERE others.entity_id != :id""",
        {"id": entity_id, "sample": SAMPLE},
    ):
        named.setdefault(release, set()).add(other)
    counts = Counter(other for others in named.values() for other in others)
    # A few more than are shown, as hidden ones drop out.
    candidates = sorted(counts, key=lambda other: (-counts[other], other))[: 2 * COMPANIONS]
    names = rows(
        conn,
        f"SELECT id, name, kind FROM entities WHERE hidden = 0 AND id IN ({marks(candidates)})",
        candidates,
    )
    companions = sorted(
        (entry | {"releases": counts[entry["id"]]} for entry in names),
        key=lambda e: (-e["releases"], e["name"]),
    )[:COMPANIONS]
    shown = {entry["id"] for entry in companions}
    meetings: Counter[tuple[int, int]] = Counter()
    for others in named.values():
        meetings.update(combinations(sorted(others & shown), 2))
    return companions, [(a, b, n) for (a, b), n in meetings.most_common(60)]


def feed(conn: sqlite3.Connection, entity_id: int, *, limit: int = 30) -> list[Row]:
    """The newest releases that name the entity, with the sentence, for a feed."""
    passages, _ = _passages(conn, entity_id, 1)
    return passages[:limit]
