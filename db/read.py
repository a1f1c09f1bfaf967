"""Read stored releases back as the values they were stored from.

    row of `releases` -> Release;  its facts -> Extraction

Lossless: what is read back equals what was stored. Used to re-extract, to rebuild and by exports.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from extract.types import (
    Contact,
    DateMention,
    Event,
    Evidence,
    Extraction,
    Figure,
    Mention,
    Party,
    Quote,
    Role,
)
from ingest.types import Dateline, Problem, Release, Section, Witness

Row = dict[str, Any]


def _rows(conn: sqlite3.Connection, sql: str, *values: object) -> Iterator[Row]:
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _facts(conn: sqlite3.Connection, table: str, release_id: int) -> Iterator[Row]:
    return _rows(conn, f"SELECT * FROM {table} WHERE release_id = ? ORDER BY id", release_id)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def release(conn: sqlite3.Connection, release_id: int) -> Release:
    """The release of a row. Raises `LookupError` when there is none."""
    row = next(
        _rows(
            conn,
            "SELECT releases.*, sources.name AS source FROM releases "
            "JOIN sources ON sources.id = source_id WHERE releases.id = ?",
            release_id,
        ),
        None,
    )
    if row is None:
        raise LookupError(f"no release has the number {release_id}")
    line = None
    if row["dateline_start_char"] is not None:
        line = Dateline(
            row["dateline_place"],
            _day(row["dateline_date"]),
            row["wire"],
            row["dateline_start_char"],
            row["dateline_end_char"],
            row["dateline_year_from"],
        )
    embargo = row["embargo_until"]
    return Release(
        uid=row["uid"],
        uri=row["uri"],
        source=row["source"],
        title=row["title"],
        subtitle=row["subtitle"],
        published=_day(row["published"]),
        language=row["language"],
        issuer=row["release_issuer"],
        dateline=line,
        text=row["text"],
        sections=tuple(
            Section(r["kind"], r["start_char"], r["end_char"], r["organisation"])
            for r in _facts(conn, "sections", release_id)
        ),
        sha256=row["raw_hash"],
        problems=_problems(conn, release_id, row["uri"], stages=("ingest", "fetch")),
        url=row["url"],
        embargo_until=datetime.fromisoformat(embargo) if embargo else None,
        witnesses=tuple(
            Witness(r["field"], r["origin"], r["value"])
            for r in _facts(conn, "witnesses", release_id)
        ),
    )


def _problems(
    conn: sqlite3.Connection, release_id: int, uri: str, stages: tuple[str, ...]
) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            r["stage"],
            r["code"],
            r["message"],
            r["start_char"],
            r["uri"] if r["uri"] != uri else "",
        )
        for r in _facts(conn, "problems", release_id)
        if r["stage"] in stages
    )


def extraction(conn: sqlite3.Connection, release_id: int) -> Extraction | None:
    """What was extracted from a release; None when nothing has been."""
    row = next(
        _rows(
            conn,
            "SELECT uid, uri, extractor, issuer, kind, kind_reason FROM releases WHERE id = ?",
            release_id,
        ),
        None,
    )
    if row is None or row["extractor"] is None:
        return None
    return Extraction(
        release_uid=row["uid"],
        extractor=row["extractor"],
        mentions=tuple(
            Mention(
                r["kind"],
                r["start_char"],
                r["end_char"],
                r["text"],
                r["name"],
                r["method"],
                r["score"],
            )
            for r in _facts(conn, "mentions", release_id)
        ),
        dates=tuple(
            DateMention(
                r["start_char"],
                r["end_char"],
                r["text"],
                _day(r["starts_on"]),
                _day(r["ends_on"]),
                r["precision"],
                r["time"],
                r["timezone"],
            )
            for r in _facts(conn, "dates", release_id)
        ),
        roles=tuple(
            Role(
                r["person"],
                r["title"],
                r["organisation"],
                bool(r["former"]),
                r["start_char"],
                r["end_char"],
            )
            for r in _facts(conn, "roles", release_id)
        ),
        quotes=tuple(
            Quote(r["start_char"], r["end_char"], r["text"], r["speaker"], r["cue"])
            for r in _facts(conn, "quotes", release_id)
        ),
        events=_events(conn, release_id),
        contacts=tuple(
            Contact(
                r["name"],
                r["organisation"],
                r["email"],
                r["phone"],
                r["start_char"],
                r["end_char"],
                r["web"],
            )
            for r in _facts(conn, "contacts", release_id)
        ),
        figures=tuple(
            Figure(r["value"], r["unit"], r["text"], r["start_char"], r["end_char"], r["qualifier"])
            for r in _facts(conn, "figures", release_id)
        ),
        problems=_problems(conn, release_id, row["uri"], stages=("extract", "store")),
        issuer=row["issuer"],
        kind=row["kind"],
        kind_reason=row["kind_reason"],
    )


def _events(conn: sqlite3.Connection, release_id: int) -> tuple[Event, ...]:
    parties: dict[int, list[Party]] = defaultdict(list)
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for r in _facts(conn, "event_parties", release_id):
        parties[r["announcement_id"]].append(
            Party(r["name"], r["kind"], r["role"], r["start_char"], r["end_char"])
        )
    for r in _facts(conn, "event_evidence", release_id):
        if not r["derived"]:
            evidence[r["announcement_id"]].append(
                Evidence(r["field"], r["value"], r["start_char"], r["end_char"])
            )
    return tuple(
        Event(
            name=r["name"],
            starts_on=_day(r["starts_on"]),
            ends_on=_day(r["ends_on"]),
            venue=r["venue"],
            place=r["place"],
            parties=tuple(parties[r["id"]]),
            evidence=tuple(evidence[r["id"]]),
            start_time=r["start_time"],
            timezone=r["timezone"],
            address=r["address"],
            edition=r["edition"],
            series=r["series"],
            theme=r["theme"],
            mode=r["mode"],
        )
        for r in _facts(conn, "announcements", release_id)
    )
