"""The rows of a batch's facts: collected release by release, inserted a table at a time.

Prepared + entity of each name -> rows of mentions, roles, events, ... -> one statement a table
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from extract.types import MentionKind
from ingest.types import Problem

from .resolution.keys import speaker_key
from .resolution.resolver import Resolver
from .rows import Prepared

Entities = dict[tuple[MentionKind, str], int]


class Facts:
    """Rows waiting to be inserted. `now` is the time of storing, as it is written."""

    def __init__(self, conn: sqlite3.Connection, resolver: Resolver, now: str) -> None:
        self.conn = conn
        self.resolver = resolver
        self.now = now
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.next_announcement = _next(conn, "announcements")

    def add_release(self, number: int, prepared: Prepared) -> None:
        release = prepared.release
        self.rows["sections"] += [
            (number, s.kind, s.start_char, s.end_char, s.organisation) for s in release.sections
        ]
        self.rows["witnesses"] += [(number, w.field, w.origin, w.value) for w in release.witnesses]
        if prepared.raw:
            raw = prepared.raw
            self.rows["documents"].append(
                (
                    number,
                    raw.uri,
                    raw.media_type,
                    raw.sha256,
                    raw.fetched_at,
                    raw.source,
                    raw.hints,
                    raw.size,
                    raw.content,
                )
            )
            self.conn.execute("DELETE FROM documents WHERE release_id = ?", (number,))
        # What could not be read before has been read now.
        self.conn.execute(
            "DELETE FROM problems WHERE uri = ? AND release_id IS NULL", (release.uri,)
        )
        self.rows["problems"] += [
            problem_row(problem, release.uri, number, self.now)
            for problem in (*release.problems, *prepared.extraction.problems)
        ]

    def add_extraction(
        self,
        number: int,
        prepared: Prepared,
        entities: Entities,
    ) -> None:
        facts, rows = prepared.extraction, self.rows
        rows["mentions"] += [
            (
                number,
                entities[m.kind, m.name],
                m.kind,
                m.text,
                m.name,
                m.start_char,
                m.end_char,
                m.method,
                m.score,
            )
            for m in facts.mentions
        ]
        rows["dates"] += [
            (
                number,
                d.text,
                d.start_char,
                d.end_char,
                _iso(d.starts_on),
                _iso(d.ends_on),
                d.precision,
                d.time,
                d.timezone,
            )
            for d in facts.dates
        ]
        rows["roles"] += [
            (
                entities["person", r.person],
                r.title,
                entities["organisation", r.organisation] if r.organisation else None,
                r.former,
                number,
                r.start_char,
                r.end_char,
                r.person,
                r.organisation,
            )
            for r in facts.roles
        ]
        rows["quotes"] += [
            (
                number,
                entities[speaker_key(q.speaker, entities)] if q.speaker else None,
                q.speaker,
                q.cue,
                q.start_char,
                q.end_char,
                q.text,
            )
            for q in facts.quotes
        ]
        rows["contacts"] += [
            (
                number,
                c.name,
                c.organisation,
                c.email,
                c.phone,
                c.web,
                c.start_char,
                c.end_char,
            )
            for c in facts.contacts
        ]
        rows["figures"] += [
            (number, f.text, f.value, f.unit, f.qualifier, f.start_char, f.end_char)
            for f in facts.figures
        ]
        self._add_events(number, prepared, entities)

    def _add_events(
        self,
        number: int,
        prepared: Prepared,
        entities: Entities,
    ) -> None:
        for event in prepared.extraction.events:
            row = self.resolver.event_row(entities["event", event.name])
            self.resolver.events.add(row)
            told = self.next_announcement
            self.next_announcement += 1
            self.rows["announcements"].append(
                (
                    told,
                    number,
                    row,
                    event.name,
                    _iso(event.starts_on),
                    _iso(event.ends_on),
                    event.venue,
                    entities["venue", event.venue] if event.venue else None,
                    event.place,
                    entities["place", event.place] if event.place else None,
                    event.edition,
                    event.series,
                    event.theme,
                    event.mode,
                    event.start_time,
                    event.timezone,
                    event.address,
                )
            )
            self.rows["event_parties"] += [
                (
                    row,
                    entities[p.kind, p.name],
                    p.role,
                    number,
                    p.start_char,
                    p.end_char,
                    p.kind,
                    p.name,
                    told,
                )
                for p in event.parties
            ]
            evidence = [
                (row, number, e.field, e.value, e.start_char, e.end_char, told, 0)
                for e in event.evidence
            ]
            if not evidence:
                start, end = _where_named(prepared, event.name)
                evidence = [(row, number, "name", event.name, start, end, told, 1)]
            self.rows["event_evidence"] += evidence

    def insert(self) -> None:
        """Insert all rows, parents first."""
        for table, columns in COLUMNS.items():
            if rows := self.rows[table]:
                self.conn.executemany(
                    f"INSERT INTO {table}({columns}) VALUES ({marks(columns)})", rows
                )
                rows.clear()


def _where_named(prepared: Prepared, name: str) -> tuple[int, int]:
    """The first words that name an event; the headline when it is not named word by word."""
    for mention in prepared.extraction.mentions:
        if mention.kind == "event" and mention.name == name:
            return mention.start_char, mention.end_char
    start = prepared.release.text.find(name)
    return (start, start + len(name)) if start >= 0 else (0, len(prepared.release.title))


def problem_row(
    problem: Problem, uri: str, release_id: int | None, now: str
) -> tuple[str, int | None, str, str, str, int | None, str]:
    """A problem as a row of `problems`."""
    return (
        problem.uri or uri,
        release_id,
        problem.stage,
        problem.code,
        problem.message,
        problem.start,
        now,
    )


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def marks(columns: str) -> str:
    return ", ".join("?" * (columns.count(",") + 1))


def _next(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


#: Tables filled with one statement a batch, with the columns of their rows, parents first.
COLUMNS = {
    "appearances": (
        "release_id, entity_id, identity_id, kind, name, published, mention_count, reason"
    ),
    "documents": "release_id, uri, media_type, sha256, fetched_at, source, hints, size, content",
    "witnesses": "release_id, field, origin, value",
    "problems": "uri, release_id, stage, code, message, start_char, created_at",
    "sections": "release_id, kind, start_char, end_char, organisation",
    "mentions": "release_id, entity_id, kind, text, name, start_char, end_char, method, score",
    "dates": (
        "release_id, text, start_char, end_char, starts_on, ends_on, precision, time, timezone"
    ),
    "roles": (
        "person_id, title, organisation_id, former, release_id, start_char, end_char, "
        "person, organisation"
    ),
    "quotes": "release_id, speaker_id, speaker, cue, start_char, end_char, text",
    "contacts": "release_id, name, organisation, email, phone, web, start_char, end_char",
    "figures": "release_id, text, value, unit, qualifier, start_char, end_char",
    "announcements": (
        "id, release_id, event_id, name, starts_on, ends_on, venue, venue_id, place, "
        "place_id, edition, series, theme, mode, start_time, timezone, address"
    ),
    "event_parties": (
        "event_id, entity_id, role, release_id, start_char, end_char, kind, name, announcement_id"
    ),
    "event_evidence": (
        "event_id, release_id, field, value, start_char, end_char, announcement_id, derived"
    ),
}
