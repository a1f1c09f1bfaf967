"""Insert a batch of prepared releases: the hot path of the store.

    Sequence[Prepared] -> rows of every table

Identities are looked up release by release; all rows are then inserted with one prepared statement
a table, and names and counts are brought up to date once for the batch.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, Literal
from urllib.parse import urlsplit

from extract.types import MentionKind
from ingest.types import Problem

from . import versions
from .clusters import link, unlink
from .facts import Facts, marks
from .resolution.resolver import Resolver
from .rows import Prepared
from .summaries import Gain, Summaries

#: Tables whose rows belong to one release, children before parents.
FACT_TABLES = (
    "event_evidence",
    "event_parties",
    "announcements",
    "roles",
    "quotes",
    "contacts",
    "figures",
    "dates",
    "mentions",
    "appearances",
    "acronyms",
    "sections",
    "witnesses",
    "problems",
)
RELEASE_COLUMNS = (
    "uid, source_id, uri, url, title, subtitle, published, published_year, published_month, "
    "language, kind, kind_reason, issuer, issuer_id, release_issuer, dateline_place, "
    "dateline_date, dateline_year_from, dateline_start_char, dateline_end_char, wire, word_count, "
    "content_hash, raw_hash, embargo_until, ingested_at, extractor, text"
)


Outcome = Literal["stored", "updated", "unchanged", "problem"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a batch. `outcomes` has one entry for each release, in order.

    Unchanged releases were stored before, by the same extractor. `mentions` counts the new ones.
    """

    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    mentions: int = 0

    def __add__(self, other: Saved) -> Saved:
        return Saved(
            self.outcomes + other.outcomes,
            self.problems + other.problems,
            self.mentions + other.mentions,
        )

    def count(self, *outcomes: Outcome) -> int:
        """How many releases had one of these outcomes."""
        return sum(outcome in outcomes for outcome in self.outcomes)


def utc_now() -> str:
    """The time as stored in the database: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def address_hash(address: str) -> str:
    """What is kept of the address of a forgotten document."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A release with its row number, the identities of its things, and its first issuer."""

    number: int
    prepared: Prepared
    identities: tuple[int, ...]
    issuer: int | None


class Batch:
    """One transaction's worth of releases. `add` each, then `flush`."""

    def __init__(self, conn: sqlite3.Connection, resolver: Resolver, summaries: Summaries) -> None:
        self.conn = conn
        self.resolver = resolver
        self.summaries = summaries
        self.now = utc_now()
        self.placed: list[_Placed] = []
        self.uids: set[str] = set()
        self.sources: dict[str, int] = {}
        self.facts = Facts(conn, resolver, self.now)
        self.unused: list[int] = []
        self.lost_acronyms: list[tuple[str, str]] = []
        self.turns = count()

    def add(self, prepared: Prepared, *, force: bool = False) -> Outcome:
        """Place one release; a changed one takes the place of its older state."""
        release = prepared.release
        if release.uid in self.uids:
            self.flush()
        if self._is_forgotten(prepared):
            return "unchanged"
        old = self.conn.execute(
            "SELECT id, content_hash, raw_hash, extractor FROM releases WHERE uid = ?",
            (release.uid,),
        ).fetchone()
        if old and old[2:] == (release.sha256, prepared.extractor) and not force:
            return "unchanged"
        if old and versions.is_past(self.conn, old[0], prepared, self.now):
            return "unchanged"
        if old:
            self._clear(old[0])
            if old[1] != prepared.content_hash:
                versions.replaced(self.conn, old[0], prepared, self.now)
        identities = tuple(self.resolver.number(thing.identity) for thing in prepared.things)
        issuer = self._issuer(prepared, identities)
        number = self._release(prepared, old[0] if old else None, issuer)
        self.uids.add(release.uid)
        self.placed.append(_Placed(number, prepared, identities, issuer))
        for thing in prepared.things:
            for acronym in thing.acronyms:
                self.resolver.claim(acronym, thing.identity.block, number)
        if prepared.fingerprint:
            link(self.conn, number, prepared.fingerprint)
        return "updated" if old else "stored"

    def _source(self, prepared: Prepared) -> int:
        name = prepared.release.source
        if name not in self.sources:
            address = urlsplit(prepared.release.url or prepared.release.uri)
            web = address.scheme in ("http", "https")
            self.conn.execute(
                "INSERT OR IGNORE INTO sources(name, kind, url) VALUES (?, ?, ?)",
                (
                    name,
                    "web" if web else "files",
                    f"{address.scheme}://{address.netloc}/" if web else None,
                ),
            )
            row = self.conn.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
            self.sources[name] = row[0]
        return self.sources[name]

    def _release(self, prepared: Prepared, old: int | None, issuer: int | None) -> int:
        release, line = prepared.release, prepared.release.dateline
        published = release.published.isoformat() if release.published else None
        values = (
            release.uid,
            self._source(prepared),
            release.uri,
            release.url,
            release.title,
            release.subtitle,
            published,
            release.published.year if release.published else None,
            published[:7] if published else None,
            release.language,
            prepared.extraction.kind,
            prepared.extraction.kind_reason,
            prepared.extraction.issuer,
            issuer,
            release.issuer,
            line.place if line else None,
            line.date.isoformat() if line and line.date else None,
            line.year_from if line else None,
            line.start_char if line else None,
            line.end_char if line else None,
            line.wire if line else None,
            prepared.word_count,
            prepared.content_hash,
            release.sha256,
            _utc(release.embargo_until),
            self.now,
            prepared.extractor,
            release.text,
        )
        if old is None:
            number = self.conn.execute(
                f"INSERT INTO releases({RELEASE_COLUMNS}) VALUES ({marks(RELEASE_COLUMNS)})",
                values,
            ).lastrowid
            return number or 0
        pairs = zip(RELEASE_COLUMNS.split(", "), values, strict=True)
        # Title and text are left alone when equal, so that their index is not written again.
        changes = [
            (column, value)
            for column, value in pairs
            if column not in ("title", "text") or self._differs(old, column, value)
        ]
        self.conn.execute(
            f"UPDATE releases SET {', '.join(f'{c} = ?' for c, _ in changes)} WHERE id = ?",
            (*(value for _, value in changes), old),
        )
        return old

    def _differs(self, number: int, column: str, value: Any) -> bool:
        row = self.conn.execute(
            f"SELECT 1 FROM releases WHERE id = ? AND {column} IS NOT ?", (number, value)
        ).fetchone()
        return row is not None

    def _issuer(self, prepared: Prepared, identities: tuple[int, ...]) -> int | None:
        if prepared.issuer is None:
            return None
        return self.resolver.entity(identities[prepared.issuer])

    def _is_forgotten(self, prepared: Prepared) -> bool:
        release = prepared.release
        hashes = [address_hash(release.uid), address_hash(release.uri)]
        row = self.conn.execute("SELECT 1 FROM forgotten WHERE hash IN (?, ?)", hashes).fetchone()
        return row is not None

    def remove(self, number: int) -> None:
        """Take a release out, with everything read from it."""
        self._clear(number)
        for table in ("documents", "versions"):
            self.conn.execute(f"DELETE FROM {table} WHERE release_id = ?", (number,))
        self.conn.execute("DELETE FROM releases WHERE id = ?", (number,))

    def _clear(self, number: int) -> None:
        """Take a release's facts out; its things are counted anew at the end of the batch."""
        for identity, entity in self.conn.execute(
            "SELECT identity_id, entity_id FROM appearances WHERE release_id = ?", (number,)
        ):
            self.unused.append(identity)
            self.resolver.moved.add(entity)
        self.lost_acronyms += self.conn.execute(
            "SELECT acronym, block FROM acronyms WHERE release_id = ?", (number,)
        ).fetchall()
        self.resolver.events.update(
            event
            for (event,) in self.conn.execute(
                "SELECT event_id FROM announcements WHERE release_id = ?", (number,)
            )
        )
        unlink(self.conn, number)
        for table in FACT_TABLES:
            self.conn.execute(f"DELETE FROM {table} WHERE release_id = ?", (number,))

    def flush(self) -> None:
        """Insert the rows of all placed releases and bring the derived columns up to date."""
        gains: dict[int, Gain] = {}
        for placed in self.placed:
            self._facts(placed, gains)
        # Numbers of quotations that replaced releases had are given out again.
        self.summaries.fulltext.adding_to("quotes")
        self.facts.insert()
        stale = self.resolver.moved
        self.summaries.add({entity: gain for entity, gain in gains.items() if entity not in stale})
        self.resolver.forget(dict.fromkeys(self.unused), dict.fromkeys(self.lost_acronyms))
        settle(self.resolver, self.summaries)
        self.summaries.fulltext.settle()
        self.placed.clear()
        self.uids.clear()
        self.unused.clear()
        self.lost_acronyms.clear()

    def _facts(self, placed: _Placed, gains: dict[int, Gain]) -> None:
        number, prepared = placed.number, placed.prepared
        day = prepared.release.published.isoformat() if prepared.release.published else None
        entities: dict[tuple[MentionKind, str], int] = {}
        for identity, thing in zip(placed.identities, prepared.things, strict=True):
            entity = self.resolver.entity(identity)
            mentions = sum(uses for _, uses in thing.surfaces)
            self.facts.rows["appearances"].append(
                (
                    number,
                    entity,
                    identity,
                    thing.kind,
                    thing.name,
                    day,
                    mentions,
                    thing.reason,
                )
            )
            if entity not in gains:
                gains[entity] = Gain(thing.kind)
            gain = gains[entity]
            gain.mentions += mentions
            gain.releases += entity not in entities.values()
            gain.add_day(day)
            gain.add_alias(thing.name, 0, 1, next(self.turns))
            for text, uses in thing.surfaces:
                gain.add_alias(text, uses, 0, next(self.turns))
            if gain.position[2] is None:
                place = thing.identity
                gain.position = (place.latitude, place.longitude, place.country)
            entities[thing.kind, thing.name] = entity
        issuer = self._issuer(prepared, placed.identities)
        if issuer != placed.issuer:
            # A later release of the batch has moved the issuer to another entity.
            self.conn.execute("UPDATE releases SET issuer_id = ? WHERE id = ?", (issuer, number))
        self.facts.add_release(number, prepared)
        self.facts.add_extraction(number, prepared, entities)


def settle(resolver: Resolver, summaries: Summaries) -> None:
    """Bring up to date what regrouping and replacing left behind."""
    for entity in sorted(resolver.moved):
        summaries.recount(entity)
    for entity in sorted(resolver.changed - resolver.moved):
        summaries.describe(entity)
    for event in sorted(resolver.events):
        summaries.retell(event)
    resolver.moved.clear()
    resolver.changed.clear()
    resolver.events.clear()


def _utc(moment: datetime | None) -> str | None:
    """A moment in UTC; one without a zone is taken to be UTC."""
    if moment is None:
        return None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat(timespec="seconds")
