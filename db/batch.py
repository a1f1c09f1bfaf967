"""Insert a batch of prepared releases: the hot path of the store.

    Sequence[Prepared] -> rows of every table

Identities are looked up for the whole batch; all rows are then inserted table by table, and names
and counts are brought up to date once for the batch.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from ingest.types import Problem

from . import versions
from .bulk import enter
from .clusters import link, unlink
from .facts import FactRows, insert, problem_row
from .lookup import many
from .resolution.resolver import Resolver
from .rows import RELEASE_COLUMNS, Prepared
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
APPEARANCES = "release_id, entity_id, identity_id, kind, name, published, mention_count, reason"
DOCUMENTS = "release_id, uri, media_type, sha256, fetched_at, source, hints, size, content"
PROBLEMS = "uri, release_id, stage, code, message, start_char, created_at"
#: Columns of `releases` in the order in which `_Placed.row` gives them.
COLUMNS = ("source_id", "issuer_id", "ingested_at", *RELEASE_COLUMNS, "id")


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


@dataclass(slots=True)
class _Placed:
    """A release with its row number and what its things turned out to be.

    `entities` ends with None, for what is not there.
    """

    number: int
    prepared: Prepared
    is_new: bool
    source: int
    identities: tuple[int, ...] = ()
    entities: tuple[int | None, ...] = (None,)

    @property
    def facts(self) -> FactRows:
        return self.prepared.facts

    def row(self, now: str) -> tuple[Any, ...]:
        issuer = self.prepared.issuer
        entity = None if issuer is None else self.entities[issuer]
        return (self.source, entity, now, *self.prepared.row, self.number)


#: Row, hash of the text, hash of the bytes and extractor of a stored release.
State = tuple[int, str, str, str | None]


class Batch:
    """One transaction's worth of releases. `add` each, then `flush`.

    `ready` are those that will be added: what is stored of them is looked up at once.
    """

    def __init__(
        self,
        conn: sqlite3.Connection,
        resolver: Resolver,
        summaries: Summaries,
        ready: Sequence[Prepared] = (),
    ) -> None:
        self.conn = conn
        self.resolver = resolver
        self.summaries = summaries
        self.references = resolver.references
        self.now = utc_now()
        self.placed: list[_Placed] = []
        self.uids: set[str] = set()
        self.sources: dict[str, int] = {}
        self.unused: list[int] = []
        self.lost_acronyms: list[tuple[str, str]] = []
        self.stored: dict[str, State] = {
            uid: state
            for uid, *state in many(
                conn,
                "SELECT uid, id, content_hash, raw_hash, extractor FROM releases "
                "WHERE uid IN ({marks})",
                [prepared.uid for prepared in ready],
            )
        }
        (self.next_release,) = conn.execute(
            "SELECT coalesce(max(id), 0) + 1 FROM releases"
        ).fetchone()
        self.some_forgotten = _exists(conn, "SELECT 1 FROM forgotten")

    def add(self, prepared: Prepared, *, force: bool = False) -> Outcome:
        """Place one release; a changed one takes the place of its older state."""
        if prepared.uid in self.uids:
            self.flush()
        if self._is_forgotten(prepared):
            return "unchanged"
        old = self.stored.get(prepared.uid)
        if old and (*old[2:],) == (prepared.sha256, prepared.extractor) and not force:
            return "unchanged"
        if old and versions.is_past(self.conn, old[0], prepared, self.now):
            return "unchanged"
        if old:
            number = old[0]
            self._clear(number)
            if old[1] != prepared.content_hash:
                versions.replaced(self.conn, number, prepared, self.now)
        else:
            number = self.next_release
            self.next_release += 1
        self.uids.add(prepared.uid)
        self.stored[prepared.uid] = (
            number,
            prepared.content_hash,
            prepared.sha256,
            prepared.extractor,
        )
        self.placed.append(_Placed(number, prepared, old is None, self._source(prepared)))
        return "updated" if old else "stored"

    def _source(self, prepared: Prepared) -> int:
        name = prepared.source
        if name not in self.sources:
            self.conn.execute(
                "INSERT OR IGNORE INTO sources(name, kind, url) VALUES (?, ?, ?)",
                (name, "web" if prepared.site else "files", prepared.site),
            )
            row = self.conn.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
            self.sources[name] = row[0]
        return self.sources[name]

    def _change(self, placed: _Placed) -> None:
        """Write a stored release anew."""
        values = dict(zip(COLUMNS, placed.row(self.now), strict=True))
        number = values.pop("id")
        # Title and text are left alone when equal, so that their index is not written again.
        for column in ("title", "text"):
            if not self._differs(number, column, values[column]):
                del values[column]
        self.conn.execute(
            f"UPDATE releases SET {', '.join(f'{column} = ?' for column in values)} WHERE id = ?",
            (*values.values(), number),
        )

    def _differs(self, number: int, column: str, value: Any) -> bool:
        row = self.conn.execute(
            f"SELECT 1 FROM releases WHERE id = ? AND {column} IS NOT ?", (number, value)
        ).fetchone()
        return row is not None

    def _is_forgotten(self, prepared: Prepared) -> bool:
        if not self.some_forgotten:
            return False
        hashes = [address_hash(prepared.uid), address_hash(prepared.uri)]
        row = self.conn.execute("SELECT 1 FROM forgotten WHERE hash IN (?, ?)", hashes).fetchone()
        return row is not None

    def remove(self, number: int) -> None:
        """Take a release out, with everything read from it."""
        self._clear(number)
        for table in ("documents", "versions"):
            self.conn.execute(f"DELETE FROM {table} WHERE release_id = ?", (number,))
        self.conn.execute("DELETE FROM releases WHERE id = ?", (number,))
        self.references.removed["releases"].add(number)

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
        """Insert the rows of all placed releases and bring the derived columns up to date.

        What others refer to comes first, and is looked up when all is in place.
        """
        self._resolve()
        gains = self._gains()
        moved = self.resolver.moved
        self.summaries.add({entity: gain for entity, gain in gains.items() if entity not in moved})
        self.resolver.enter()
        self._releases()
        self.resolver.enter_claims()
        self._facts()
        self.resolver.forget(dict.fromkeys(self.unused), dict.fromkeys(self.lost_acronyms))
        settle(self.resolver, self.summaries)
        self.summaries.fulltext.settle()
        self._check_references()
        self.placed.clear()
        self.uids.clear()
        self.unused.clear()
        self.lost_acronyms.clear()

    def _check_references(self) -> None:
        """Of what the facts are now: regrouping may have moved them since they were entered."""
        used, entities = self.references.used, self.resolver.entities
        for one in self.placed:
            used["identities"].update(one.identities)
            used["entities"].update(entities[number] for number in one.identities)
            used["events"].update(
                entities[one.identities[event.event]] for event in one.facts.events
            )
        self.references.check()

    def _resolve(self) -> None:
        """Find out what all things of the batch are."""
        self.resolver.resolve(
            ((thing.key, thing.position) for one in self.placed for thing in one.prepared.things),
            (
                (acronym, thing.key[1], one.number)
                for one in self.placed
                for thing in one.prepared.things
                for acronym in thing.acronyms
            ),
        )
        numbers, entities = self.resolver.numbers, self.resolver.entities
        for one in self.placed:
            one.identities = tuple(numbers[thing.key] for thing in one.prepared.things)
            one.entities = (*(entities[number] for number in one.identities), None)

    def _gains(self) -> dict[int, Gain]:
        """What the batch adds to each entity."""
        gains: dict[int, Gain] = {}
        for one in self.placed:
            day = one.prepared.published
            seen = set()
            for entity, thing in zip(one.entities, one.prepared.things, strict=False):
                if entity is None:
                    continue
                gain = gains.get(entity)
                if gain is None:
                    gain = gains[entity] = Gain(thing.key[0])
                gain.mentions += thing.mentions
                gain.add_aliases(thing.aliases)
                if gain.position[2] is None:
                    gain.position = thing.position
                if entity not in seen:
                    seen.add(entity)
                    gain.releases += 1
                    gain.add_day(day)
        return gains

    def _releases(self) -> None:
        """Enter the releases, and which are copies of each other."""
        enter(
            self.conn,
            "releases",
            ", ".join(COLUMNS),
            (one.row(self.now) for one in self.placed if one.is_new),
        )
        for one in self.placed:
            if not one.is_new:
                self._change(one)
        link(
            self.conn,
            [(p.number, p.prepared.fingerprint) for p in self.placed if p.prepared.fingerprint],
        )

    def _facts(self) -> None:
        conn, placed = self.conn, self.placed
        enter(conn, "appearances", APPEARANCES, self._appearances())
        raws = [(one.number, raw) for one in placed if (raw := one.prepared.raw)]
        changed = {one.number for one in placed if not one.is_new}
        conn.executemany(
            "DELETE FROM documents WHERE release_id = ?",
            [(number,) for number, _ in raws if number in changed],
        )
        enter(conn, "documents", DOCUMENTS, ((number, *raw) for number, raw in raws))
        # What could not be read before has been read now.
        if _exists(conn, "SELECT 1 FROM problems WHERE release_id IS NULL"):
            conn.executemany(
                "DELETE FROM problems WHERE uri = ? AND release_id IS NULL",
                [(one.prepared.uri,) for one in placed],
            )
        enter(
            conn,
            "problems",
            PROBLEMS,
            (
                problem_row(problem, one.prepared.uri, one.number, self.now)
                for one in placed
                for problem in one.prepared.problems
            ),
        )
        # Numbers of quotations that replaced releases had are given out again.
        self.summaries.fulltext.adding_to("quotes")
        self.resolver.events |= insert(conn, placed)

    def _appearances(self) -> Iterator[tuple[Any, ...]]:
        for one in self.placed:
            day = one.prepared.published
            for entity, identity, thing in zip(
                one.entities, one.identities, one.prepared.things, strict=False
            ):
                yield (
                    one.number,
                    entity,
                    identity,
                    thing.key[0],
                    thing.name,
                    day,
                    thing.mentions,
                    thing.reason,
                )


def _exists(conn: sqlite3.Connection, sql: str) -> bool:
    return conn.execute(f"{sql} LIMIT 1").fetchone() is not None


def settle(resolver: Resolver, summaries: Summaries) -> None:
    """Bring up to date what regrouping and replacing left behind."""
    for entity in sorted(resolver.moved):
        summaries.recount(entity)
    for entity in sorted(resolver.changed - resolver.moved):
        summaries.describe(entity)
    summaries.retell(sorted(resolver.events))
    resolver.moved.clear()
    resolver.changed.clear()
    resolver.events.clear()
