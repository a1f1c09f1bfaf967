"""Releases in one line, for tests of the database.

    told("[organisation:Acme Inc.] of [place:Leeds] hired [person:Jane Doe].",
         roles=[("Jane Doe", "Buyer", "Acme Inc.")])

A name in brackets is a mention; `[organisation:ASO=Asian Space Office]` is a short form of a name.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, cast

from db import Stored, checks
from extract.types import Event, Evidence, Extraction, Mention, MentionKind, Party, Quote, Role
from ingest.types import Dateline, RawDocument, Release, Section

_NAMED = re.compile(r"\[(\w+):([^\]=]+)(?:=([^\]]+))?\]")
DAY = date(2024, 5, 6)


def told(
    body: str,
    uid: str = "a",
    *,
    published: date | None = DAY,
    dateline: str | None = None,
    issuer: str | None = None,
    roles: Sequence[tuple[str, str, str | None]] = (),
    quotes: Sequence[tuple[str, str]] = (),
    events: Sequence[Event] = (),
    extractor: str = "test 1",
    embargo_until: datetime | None = None,
    title: str = "News",
    document: str | None = None,
    notice: bool = False,
) -> Stored:
    """A release with the mentions marked in `body`, and the facts given.

    `document` is the file it was read from when that is not its address; with `notice` the body
    is a notice.
    """
    text, mentions = f"{title}\n\n", []
    at = 0
    for match in _NAMED.finditer(body):
        text += body[at : match.start()]
        at = match.end()
        kind, words, name = match.groups()
        start = len(text)
        text += words
        mentions.append(
            Mention(cast(MentionKind, kind), start, len(text), words, name or words, "test", 1.0)
        )
    text += body[at:]
    digest = sha256(text.encode()).hexdigest()
    release = Release(
        uid=uid,
        uri=document or f"https://news.example/{uid}.html",
        source="news.example",
        title=title,
        subtitle=None,
        published=published,
        language="en",
        issuer=issuer,
        dateline=Dateline(dateline, published, None, 0, 4, "dateline") if dateline else None,
        text=text,
        sections=(
            Section("headline", 0, len(title)),
            Section("notice" if notice else "body", len(title) + 2, len(text)),
        ),
        sha256=digest,
        embargo_until=embargo_until,
    )
    extraction = Extraction(
        uid,
        extractor,
        mentions=tuple(mentions),
        roles=tuple(Role(p, t, o, False, 0, len(text)) for p, t, o in roles),
        quotes=tuple(Quote(0, len(words), words, speaker, "said") for speaker, words in quotes),
        events=tuple(events),
    )
    raw = RawDocument(
        release.uri, "text/plain", text.encode(), digest, datetime(2024, 1, 1, tzinfo=UTC), "x"
    )
    return Stored(release, extraction, raw)


def occasion(
    name: str, starts_on: str | None = None, ends_on: str | None = None, **more: Any
) -> Event:
    """An event with its days as ISO dates."""
    return Event(
        name,
        date.fromisoformat(starts_on) if starts_on else None,
        date.fromisoformat(ends_on) if ends_on else None,
        more.pop("venue", None),
        more.pop("place", None),
        evidence=(Evidence("name", name, 0, 4),),
        parties=tuple(Party(n, "organisation", role, 0, 4) for n, role in more.pop("parties", ())),
        **more,
    )


def things(conn: sqlite3.Connection) -> set[tuple[Any, ...]]:
    """Every entity with all that is known of it, without row numbers.

    (kind, name, other names, counts, days, country, {(release, kind, name in it)}, aliases)
    """
    found = set()
    for row in conn.execute("SELECT * FROM entities").fetchall():
        columns = [c[1] for c in conn.execute("PRAGMA table_info(entities)")]
        entity = dict(zip(columns, row, strict=True))
        number = entity.pop("id")
        where = conn.execute(
            "SELECT uid, a.kind, a.name FROM appearances AS a JOIN releases ON releases.id "
            "= release_id WHERE entity_id = ?",
            (number,),
        )
        aliases = conn.execute(
            "SELECT name, count, release_count FROM aliases WHERE entity_id = ?", (number,)
        )
        found.add(
            (
                tuple(entity.values()),
                frozenset(map(tuple, where)),
                frozenset(map(tuple, aliases)),
            )
        )
    return found


def names_together(conn: sqlite3.Connection, kind: str) -> set[frozenset[tuple[str, str]]]:
    """The entities of a kind, each as the {(release, name)} that it stands for."""
    groups: dict[int, set[tuple[str, str]]] = {}
    for entity, uid, name in conn.execute(
        "SELECT entity_id, uid, name FROM appearances JOIN releases ON releases.id = release_id "
        "WHERE appearances.kind = ?",
        (kind,),
    ):
        groups.setdefault(entity, set()).add((uid, name))
    return {frozenset(group) for group in groups.values()}


def contents(conn: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All that a database says, by table, without clock times."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table, row in checks.contents(conn):
        found.setdefault(table, []).append(row)
    return found
