"""What is to be exported, and the tables as people want to read them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from ..errors import DatabaseError

Row = dict[str, Any]

#: Exports go on for minutes while an ingest writes: rows are fetched this many at a time.
FETCH = 1_000


class ExportError(DatabaseError):
    """An export that cannot be made. The message says what can."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows. Days are ISO dates, both ends inclusive; None leaves that side open.

    `entity` is an id. `query` is words of a full-text search. `base` is the address of the site
    (`https://news.example`), used for ids and links.
    """

    table: str | None = None
    entity: int | None = None
    query: str | None = None
    since: str | None = None
    until: str | None = None
    base: str = "http://127.0.0.1:8001"

    def check(self, format_: str, known: frozenset[str]) -> None:
        """Refuse a selection that `format_` would silently ignore."""
        given = {f.name for f in fields(self) if f.name != "base" and getattr(self, f.name)}
        unknown = sorted(given - known)
        if unknown:
            choices = ", ".join(f"--{name}" for name in sorted(known)) or "nothing"
            raise ExportError(
                f"--{unknown[0]} does not select anything in {format_}; it knows {choices}."
            )


#: Table, its query, and the column of its date for `since` and `until`.
TABLES: dict[str, tuple[str, str]] = {
    "releases": (
        """SELECT r.id, r.uid, r.title, r.subtitle, r.published, r.kind, r.language,
          r.issuer_id, coalesce(i.name, r.issuer) AS issuer, r.dateline_place, r.dateline_date,
          r.wire, s.name AS source, r.url, r.uri, r.word_count, r.cluster_id, r.text
        FROM releases r JOIN sources s ON s.id = r.source_id
        LEFT JOIN entities i ON i.id = r.issuer_id AND i.hidden = 0""",
        "r.published",
    ),
    "entities": (
        """SELECT e.id, e.kind, e.name, e.also_known_as, e.release_count, e.mention_count,
          e.first_seen, e.last_seen, e.latitude, e.longitude, e.country, e.wikidata_id
        FROM entities e WHERE e.hidden = 0""",
        "e.last_seen",
    ),
    "mentions": (
        """SELECT m.id, m.release_id, r.published, m.entity_id, e.name, m.kind, m.text,
          m.start_char, m.end_char, m.method, m.score
        FROM mentions m JOIN releases r ON r.id = m.release_id
        JOIN entities e ON e.id = m.entity_id AND e.hidden = 0""",
        "r.published",
    ),
    "dates": (
        """SELECT d.id, d.release_id, r.published, d.text, d.starts_on, d.ends_on, d.precision,
          d.time, d.timezone, d.start_char, d.end_char
        FROM dates d JOIN releases r ON r.id = d.release_id""",
        "d.starts_on",
    ),
    "events": (
        """SELECT v.id, v.name, v.starts_on, v.ends_on, v.start_time, v.timezone,
          v.venue_id, w.name AS venue, v.address, v.place_id, p.name AS place, v.edition, v.series,
          v.theme, v.mode, v.release_count
        FROM events v LEFT JOIN entities w ON w.id = v.venue_id AND w.hidden = 0
        LEFT JOIN entities p ON p.id = v.place_id AND p.hidden = 0""",
        "v.starts_on",
    ),
    "parties": (
        """SELECT y.id, y.event_id, v.name AS event, v.starts_on, y.role, y.entity_id, e.name,
          y.release_id, y.start_char, y.end_char
        FROM event_parties y JOIN events v ON v.id = y.event_id
        JOIN entities e ON e.id = y.entity_id AND e.hidden = 0""",
        "v.starts_on",
    ),
    "roles": (
        """SELECT o.id, o.release_id, r.published, o.person_id, h.name AS person, o.title,
          o.organisation_id, coalesce(g.name, o.organisation) AS organisation, o.former,
          o.start_char, o.end_char
        FROM roles o JOIN releases r ON r.id = o.release_id
        JOIN entities h ON h.id = o.person_id AND h.hidden = 0
        LEFT JOIN entities g ON g.id = o.organisation_id""",
        "r.published",
    ),
    "quotes": (
        """SELECT q.id, q.release_id, r.published, q.speaker_id, e.name AS speaker, q.cue, q.text,
          q.start_char, q.end_char
        FROM quotes q JOIN releases r ON r.id = q.release_id
        LEFT JOIN entities e ON e.id = q.speaker_id AND e.hidden = 0""",
        "r.published",
    ),
    "contacts": (
        """SELECT c.id, c.release_id, r.published, c.name, c.organisation, c.email, c.phone, c.web,
          c.start_char, c.end_char
        FROM contacts c JOIN releases r ON r.id = c.release_id""",
        "r.published",
    ),
    "figures": (
        """SELECT f.id, f.release_id, r.published, f.text, f.qualifier, f.value, f.unit,
          f.start_char, f.end_char
        FROM figures f JOIN releases r ON r.id = f.release_id""",
        "r.published",
    ),
}

#: What is exported when no table is named.
DEFAULT_TABLE = "entities"

ROW_SELECTS = frozenset({"table", "since", "until"})


def stream(conn: sqlite3.Connection, sql: str, values: Any = ()) -> Iterator[Row]:
    """Yield rows as dictionaries, a few at a time."""
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    while batch := cursor.fetchmany(FETCH):
        for row in batch:
            yield dict(zip(names, row, strict=True))


def between(column: str, selection: Selection) -> tuple[str, dict[str, str]]:
    """Return a condition for the days of a selection, and its values."""
    conditions, values = ["1"], {}
    if selection.since:
        conditions.append(f"{column} >= :since")
        values["since"] = selection.since
    if selection.until:
        # The last day counts although a column may carry a time: "2025-03-04T08:00".
        conditions.append(f"substr({column}, 1, 10) <= :until")
        values["until"] = selection.until
    return " AND ".join(conditions), values


def columns(conn: sqlite3.Connection, table: str | None) -> list[str]:
    """Return the names of the columns of an exported table."""
    cursor = conn.execute(f"{_query(table)[0]} LIMIT 0")
    return [column[0] for column in cursor.description]


def table_rows(conn: sqlite3.Connection, selection: Selection) -> Iterator[Row]:
    """Yield the rows of the selected table, in the order of their ids."""
    sql, day = _query(selection.table)
    condition, values = between(day, selection)
    glue = "AND" if " WHERE " in sql else "WHERE"
    alias = day.partition(".")[0] if "r.id" in sql.split(",")[0] else sql.split()[1].split(".")[0]
    return stream(conn, f"{sql} {glue} {condition} ORDER BY {alias}.id", values)


def _query(table: str | None) -> tuple[str, str]:
    name = table or DEFAULT_TABLE
    if name not in TABLES:
        raise ExportError(f"{name!r} is not exported; take one of {', '.join(TABLES)}.")
    return TABLES[name]
