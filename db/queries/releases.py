"""Releases: lists of them, and one with everything that was read from it."""

from __future__ import annotations

import sqlite3

from ..lookup import marks
from .rows import VISIBLE_EVENT, Row, row, rows

#: What a list shows of a release.
SUMMARY = """
  releases.id, releases.uid, releases.title, releases.published, releases.kind,
  releases.dateline_place, releases.issuer_id, coalesce(issuers.name, releases.issuer) AS issuer,
  releases.source_id, sources.name AS source, coalesce(clusters.release_count - 1, 0) AS copy_count
"""
FROM = """
  releases
  JOIN sources ON sources.id = releases.source_id
  LEFT JOIN clusters ON clusters.id = releases.cluster_id
  LEFT JOIN entities AS issuers ON issuers.id = releases.issuer_id AND issuers.hidden = 0
"""


def latest(conn: sqlite3.Connection, *, limit: int = 10) -> list[Row]:
    """The newest releases by publication date; of copies only the first."""
    # Numbers first: joined with names at once, SQLite reads all names for a filter it needs not.
    newest = [
        number
        for (number,) in conn.execute(
            """SELECT releases.id FROM releases
            LEFT JOIN clusters ON clusters.id = releases.cluster_id
            WHERE releases.published IS NOT NULL
              AND (releases.cluster_id IS NULL OR clusters.first_release_id = releases.id)
            ORDER BY releases.published DESC, releases.id DESC LIMIT ?""",
            (limit,),
        )
    ]
    found = by_ids(conn, newest)
    return [found[number] for number in newest]


def by_ids(conn: sqlite3.Connection, ids: list[int]) -> dict[int, Row]:
    """Summaries of some releases, by id."""
    found = rows(conn, f"SELECT {SUMMARY} FROM {FROM} WHERE releases.id IN ({marks(ids)})", ids)
    return {entry["id"]: entry for entry in found}


def find(conn: sqlite3.Connection, ref: str) -> int | None:
    """The id of the release named by `ref`: its id or its uid."""
    if ref.isascii() and ref.isdigit() and len(ref) < 19:
        found = row(conn, "SELECT id FROM releases WHERE id = ?", (int(ref),))
        if found:
            return int(found["id"])
    found = row(conn, "SELECT id FROM releases WHERE uid = ?", (ref,))
    return int(found["id"]) if found else None


def release(conn: sqlite3.Connection, ref: str) -> Row | None:
    """One release with sections, mentions, dates, quotes, roles, events, contacts, figures.

    Also `copies` (other members of its cluster) and `versions` (what it said before).
    None when there is no such release.
    """
    ident = find(conn, ref)
    if ident is None:
        return None
    found = row(
        conn,
        f"""SELECT {SUMMARY}, releases.uri, releases.url, releases.subtitle, releases.language,
          releases.kind_reason, releases.dateline_date, releases.wire, releases.word_count,
          releases.cluster_id, releases.version, releases.ingested_at, releases.extractor,
          releases.text
        FROM {FROM} WHERE releases.id = ?""",
        (ident,),
    )
    if found is None:
        return None
    found |= {name: rows(conn, sql, (ident,)) for name, sql in FACTS.items()}
    found["events"] = _announcements(conn, ident)
    found["copies"] = _copies(conn, found["cluster_id"], ident)
    return found


#: Facts that stand in one table each, in the order of the text.
FACTS = {
    "sections": """SELECT kind, start_char, end_char, organisation FROM sections
        WHERE release_id = ? ORDER BY start_char, end_char""",
    "mentions": """SELECT mentions.id, mentions.entity_id, mentions.kind, mentions.text,
          coalesce(entities.name, mentions.name) AS name, mentions.start_char, mentions.end_char,
          mentions.method, mentions.score, coalesce(entities.hidden, 0) AS hidden
        FROM mentions LEFT JOIN entities ON entities.id = mentions.entity_id
        WHERE mentions.release_id = ? ORDER BY mentions.start_char, mentions.end_char DESC""",
    "dates": """SELECT id, text, start_char, end_char, starts_on, ends_on, precision, time, timezone
        FROM dates WHERE release_id = ? ORDER BY start_char""",
    "quotes": """SELECT quotes.id, quotes.text, quotes.cue,
          CASE WHEN entities.hidden THEN NULL ELSE quotes.speaker_id END AS speaker_id,
          CASE WHEN entities.hidden THEN NULL ELSE coalesce(entities.name, quotes.speaker) END
            AS speaker, quotes.start_char, quotes.end_char
        FROM quotes LEFT JOIN entities ON entities.id = quotes.speaker_id
        WHERE quotes.release_id = ? ORDER BY quotes.start_char""",
    "roles": """SELECT roles.id, roles.person_id, coalesce(people.name, roles.person) AS person,
          roles.title, roles.organisation_id,
          coalesce(organisations.name, roles.organisation) AS organisation,
          roles.former, roles.start_char, roles.end_char
        FROM roles LEFT JOIN entities AS people ON people.id = roles.person_id
        LEFT JOIN entities AS organisations ON organisations.id = roles.organisation_id
        WHERE roles.release_id = ? AND coalesce(people.hidden, 0) = 0
        ORDER BY roles.start_char""",
    "contacts": """SELECT id, name, organisation, email, phone, web, start_char, end_char
        FROM contacts WHERE release_id = ? ORDER BY start_char""",
    "figures": """SELECT id, text, value, unit, qualifier, start_char, end_char
        FROM figures WHERE release_id = ? ORDER BY start_char""",
    "versions": """SELECT version, title, ingested_at, replaced_at, difference FROM versions
        WHERE release_id = ? ORDER BY version DESC""",
    "problems": """SELECT stage, code, message, start_char FROM problems
        WHERE release_id = ? ORDER BY id""",
}


def _announcements(conn: sqlite3.Connection, release_id: int) -> list[Row]:
    """The events this release announces, each with parties and the words for every field."""
    found = rows(
        conn,
        f"""SELECT announcements.id AS announcement_id, announcements.event_id,
          announcements.name, announcements.starts_on, announcements.ends_on,
          announcements.venue_id,
          CASE WHEN venues.hidden THEN NULL ELSE coalesce(venues.name, announcements.venue) END
            AS venue, announcements.place_id,
          CASE WHEN places.hidden THEN NULL ELSE coalesce(places.name, announcements.place) END
            AS place,
          announcements.mode, announcements.edition, announcements.theme,
          announcements.start_time, announcements.timezone, announcements.address
        FROM announcements
        LEFT JOIN entities AS venues ON venues.id = announcements.venue_id
        LEFT JOIN entities AS places ON places.id = announcements.place_id
        JOIN events ON events.id = announcements.event_id AND {VISIBLE_EVENT}
        WHERE announcements.release_id = ? ORDER BY announcements.id""",
        (release_id,),
    )
    for event in found:
        ident = (event["announcement_id"],)
        event["parties"] = rows(
            conn,
            """SELECT event_parties.entity_id, coalesce(entities.name, event_parties.name) AS name,
              event_parties.kind, event_parties.role, event_parties.start_char,
              event_parties.end_char
            FROM event_parties LEFT JOIN entities ON entities.id = event_parties.entity_id
            WHERE event_parties.announcement_id = ? AND coalesce(entities.hidden, 0) = 0
            ORDER BY event_parties.start_char""",
            ident,
        )
        event["evidence"] = rows(
            conn,
            """SELECT field, value, start_char, end_char, derived FROM event_evidence
            WHERE announcement_id = ? ORDER BY start_char""",
            ident,
        )
    return found


def _copies(conn: sqlite3.Connection, cluster_id: int | None, release_id: int) -> list[Row]:
    if cluster_id is None:
        return []
    return rows(
        conn,
        f"""SELECT {SUMMARY}, releases.word_count FROM {FROM}
        WHERE releases.cluster_id = ? AND releases.id != ?
        ORDER BY releases.published, releases.id LIMIT 50""",
        (cluster_id, release_id),
    )


def text_of(conn: sqlite3.Connection, release_id: int) -> str | None:
    """The text of a release, for a comparison with its copy."""
    found = row(conn, "SELECT text FROM releases WHERE id = ?", (release_id,))
    return str(found["text"]) if found else None
