"""The rows of a release's facts: made by the workers, completed and inserted by the writer.

    Release + Extraction --fact_rows--> FactRows     pure; things are numbers of a list
    FactRows + number of the release + entity of each thing --insert--> rows of the tables

A row is kept as what the writer has to fill in (the places of its things in the release's list;
NOBODY for none) and the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from extract.types import Event, Extraction, MentionKind
from ingest.types import Problem, Release

from .bulk import enter
from .resolution.keys import Key, speaker_key

Row = tuple[Any, ...]
#: Place of a thing that is not there: the last of a list of entities, which ends with None.
NOBODY = -1


class EventRows(NamedTuple):
    """One announcement: places of event, venue and place in the list, and the rows."""

    event: int
    venue: int
    place: int
    row: Row
    parties: tuple[tuple[int, Row], ...]
    evidence: tuple[Row, ...]


class FactRows(NamedTuple):
    """The rows of one release, table by table."""

    sections: tuple[Row, ...]
    witnesses: tuple[Row, ...]
    mentions: tuple[tuple[int, Row], ...]
    dates: tuple[Row, ...]
    roles: tuple[tuple[int, int, Row], ...]
    quotes: tuple[tuple[int, Row], ...]
    contacts: tuple[Row, ...]
    figures: tuple[Row, ...]
    events: tuple[EventRows, ...]


class Placed(Protocol):
    """A release with its row number and the entity of each of its things, None behind them."""

    @property
    def number(self) -> int: ...
    @property
    def entities(self) -> Sequence[int | None]: ...
    @property
    def facts(self) -> FactRows: ...


def fact_rows(release: Release, extraction: Extraction, places: Mapping[Key, int]) -> FactRows:
    """All rows of a release. `places` says where in its list of things each name stands."""
    return FactRows(
        sections=tuple(
            (s.kind, s.start_char, s.end_char, s.organisation) for s in release.sections
        ),
        witnesses=tuple((w.field, w.origin, w.value) for w in release.witnesses),
        mentions=tuple(
            (
                places[m.kind, m.name],
                (m.kind, m.text, m.name, m.start_char, m.end_char, m.method, m.score),
            )
            for m in extraction.mentions
        ),
        dates=tuple(
            (
                d.text,
                d.start_char,
                d.end_char,
                _iso(d.starts_on),
                _iso(d.ends_on),
                d.precision,
                d.time,
                d.timezone,
            )
            for d in extraction.dates
        ),
        roles=tuple(
            (
                places["person", r.person],
                _place(places, "organisation", r.organisation),
                (r.title, r.former, r.start_char, r.end_char, r.person, r.organisation),
            )
            for r in extraction.roles
        ),
        quotes=tuple(
            (
                places[speaker_key(q.speaker, places)] if q.speaker else NOBODY,
                (q.speaker, q.cue, q.start_char, q.end_char, q.text),
            )
            for q in extraction.quotes
        ),
        contacts=tuple(
            (c.name, c.organisation, c.email, c.phone, c.web, c.start_char, c.end_char)
            for c in extraction.contacts
        ),
        figures=tuple(
            (f.text, f.value, f.unit, f.qualifier, f.start_char, f.end_char)
            for f in extraction.figures
        ),
        events=tuple(_event(release, extraction, event, places) for event in extraction.events),
    )


def _place(places: Mapping[Key, int], kind: MentionKind, name: str | None) -> int:
    return places[kind, name] if name else NOBODY


def _event(
    release: Release, extraction: Extraction, event: Event, places: Mapping[Key, int]
) -> EventRows:
    return EventRows(
        places["event", event.name],
        _place(places, "venue", event.venue),
        _place(places, "place", event.place),
        _announcement(event),
        tuple(
            (places[p.kind, p.name], (p.role, p.start_char, p.end_char, p.kind, p.name))
            for p in event.parties
        ),
        _evidence(release, extraction, event),
    )


def _announcement(event: Event) -> Row:
    return (
        event.name,
        _iso(event.starts_on),
        _iso(event.ends_on),
        event.venue,
        event.place,
        event.edition,
        event.series,
        event.theme,
        event.mode,
        event.start_time,
        event.timezone,
        event.address,
    )


def _evidence(release: Release, extraction: Extraction, event: Event) -> tuple[Row, ...]:
    rows = tuple((e.field, e.value, e.start_char, e.end_char, 0) for e in event.evidence)
    if rows:
        return rows
    start, end = _where_named(release, extraction, event.name)
    return (("name", event.name, start, end, 1),)


def _where_named(release: Release, extraction: Extraction, name: str) -> tuple[int, int]:
    """The first words that name an event; the headline when it is not named word by word."""
    for mention in extraction.mentions:
        if mention.kind == "event" and mention.name == name:
            return mention.start_char, mention.end_char
    start = release.text.find(name)
    return (start, start + len(name)) if start >= 0 else (0, len(release.title))


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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


#: Columns of the rows, in the order in which they are made: release, things, the rest.
PLAIN = {
    "witnesses": "release_id, field, origin, value",
    "sections": "release_id, kind, start_char, end_char, organisation",
    "dates": (
        "release_id, text, start_char, end_char, starts_on, ends_on, precision, time, timezone"
    ),
    "contacts": "release_id, name, organisation, email, phone, web, start_char, end_char",
    "figures": "release_id, text, value, unit, qualifier, start_char, end_char",
}
OF_ONE = {
    "mentions": "release_id, entity_id, kind, text, name, start_char, end_char, method, score",
    "quotes": "release_id, speaker_id, speaker, cue, start_char, end_char, text",
}
ROLES = (
    "release_id, person_id, organisation_id, title, former, start_char, end_char, "
    "person, organisation"
)
ANNOUNCEMENTS = (
    "id, release_id, event_id, venue_id, place_id, name, starts_on, ends_on, venue, place, "
    "edition, series, theme, mode, start_time, timezone, address"
)
PARTIES = "announcement_id, event_id, release_id, entity_id, role, start_char, end_char, kind, name"
EVIDENCE = "announcement_id, event_id, release_id, field, value, start_char, end_char, derived"


def insert(conn: sqlite3.Connection, placed: Sequence[Placed]) -> set[int]:
    """Insert the facts of releases, a table at a time; the events that they speak of.

    Rows are made while they are inserted: tens of thousands at once would cost more to keep than
    to make.
    """
    for table, columns in PLAIN.items():
        enter(conn, table, columns, _plain(placed, table))
    for table, columns in OF_ONE.items():
        enter(conn, table, columns, _of_one(placed, table))
    enter(conn, "roles", ROLES, _roles(placed))
    (first,) = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM announcements").fetchone()
    told = [
        (number, one.number, one.entities, event)
        for number, (one, event) in enumerate(
            ((one, event) for one in placed for event in one.facts.events), start=first
        )
    ]
    enter(
        conn,
        "announcements",
        ANNOUNCEMENTS,
        (
            (number, release, entities[e.event], entities[e.venue], entities[e.place], *e.row)
            for number, release, entities, e in told
        ),
    )
    enter(
        conn,
        "event_parties",
        PARTIES,
        (
            (number, entities[e.event], release, entities[party], *row)
            for number, release, entities, e in told
            for party, row in e.parties
        ),
    )
    enter(
        conn,
        "event_evidence",
        EVIDENCE,
        (
            (number, entities[e.event], release, *row)
            for number, release, entities, e in told
            for row in e.evidence
        ),
    )
    return {entities[e.event] or 0 for _, _, entities, e in told}


def _plain(placed: Sequence[Placed], table: str) -> Iterator[Row]:
    for one in placed:
        number = (one.number,)
        for row in getattr(one.facts, table):
            yield number + row


def _of_one(placed: Sequence[Placed], table: str) -> Iterator[Row]:
    for one in placed:
        number, entities = one.number, one.entities
        for thing, row in getattr(one.facts, table):
            yield (number, entities[thing], *row)


def _roles(placed: Sequence[Placed]) -> Iterator[Row]:
    for one in placed:
        number, entities = one.number, one.entities
        for person, organisation, row in one.facts.roles:
            yield (number, entities[person], entities[organisation], *row)
