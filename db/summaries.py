"""What an entity is called and how often it is named: the columns derived from its facts.

    aliases of an entity -> its name, the others; appearances -> counts, first and last day

All are functions of what is stored, so they are the same in whatever order it came.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from .bulk import enter, insertion
from .fulltext import FullText
from .lookup import many
from .references import References
from .resolution.names import NAME_SEPARATOR, PERIOD_DAYS, fold, grams, has_cjk

Value = TypeVar("Value", bound=Hashable)
#: (mentions with these words, releases whose full name it is)
Uses = tuple[int, int]
#: Entities whose aliases are remembered between batches; about 40 MB.
CACHED_ENTITIES = 50_000
ENTITIES = (
    "id, kind, name, normalized, also_known_as, mention_count, release_count, first_seen, "
    "last_seen, latitude, longitude, country"
)
ALIASES = "id, entity_id, name, normalized, count, release_count"


@dataclass(slots=True)
class Gain:
    """What a batch adds to one entity. Dates are ISO; None when no release is dated.

    `position` is latitude, longitude (degrees) and country. `aliases` has the folded name, the
    mentions and the releases of each.
    """

    kind: str
    mentions: int = 0
    releases: int = 0
    first: str | None = None
    last: str | None = None
    position: tuple[float | None, float | None, str | None] = (None, None, None)
    aliases: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def add_aliases(self, found: Iterable[tuple[str, str, int, int]]) -> None:
        """Count (name, folded name, mentions, releases)."""
        for name, folded, mentions, releases in found:
            if name in self.aliases:
                _, a, b = self.aliases[name]
                mentions, releases = a + mentions, b + releases
            self.aliases[name] = (folded, mentions, releases)

    def add_day(self, day: str | None) -> None:
        if day:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)


@dataclass(slots=True)
class _Alias:
    """A row of `aliases`."""

    number: int
    mentions: int
    releases: int


@dataclass(slots=True)
class _Entity:
    """A row of `entities` as it is stored, with its aliases."""

    name: str
    mentions: int
    releases: int
    first: str | None
    last: str | None
    aliases: dict[str, _Alias] = field(default_factory=dict)


def best_name(aliases: Mapping[str, Uses]) -> str:
    """The name most releases use in full; "BEIJING" only if nobody writes "Beijing".

    Ties go to the most mentioned, then the longest, then the first in code point order.
    """
    if len(aliases) == 1:
        return next(iter(aliases))
    quiet = {name.casefold() for name in aliases if not name.isupper()}
    return min(
        aliases,
        key=lambda name: (
            name.isupper() and name.casefold() in quiet,
            _order(name, aliases[name]),
        ),
    )


def _order(name: str, uses: Uses) -> tuple[int, int, int, str]:
    """What is first in this order is the best name, where none shouts, or all do."""
    mentions, releases = uses
    return -releases, -mentions, -len(name), name


def other_names(aliases: Iterable[str], name: str) -> str:
    """The other names as one text, with a plain spelling of those that have accents.

    It is what the full-text index of names reads: "Curaçao" is found as "curacao".
    """
    others = {alias for alias in aliases if alias != name}
    if not others and name.isascii():
        return ""
    plain = {fold(alias) for alias in (*others, name) if not alias.isascii()}
    known = {alias.casefold() for alias in (*others, name)}
    return NAME_SEPARATOR.join(sorted(others) + sorted(plain - known - {""}))


class Summaries:
    """Keeps `entities`, `aliases`, `name_grams` and `events` in step with the facts."""

    def __init__(
        self, conn: sqlite3.Connection, fulltext: FullText, references: References
    ) -> None:
        self.conn = conn
        self.fulltext = fulltext
        self.references = references
        self._known: dict[int, _Entity] = {}

    def forget_cache(self) -> None:
        """Read all entities anew."""
        self._known.clear()

    def add(self, gains: Mapping[int, Gain]) -> None:
        """Store what a batch added."""
        self._read(gains)
        fresh = {e: gain for e, gain in gains.items() if e not in self._known}
        renamed = self._update({e: gain for e, gain in gains.items() if e not in fresh})
        self._insert(fresh)
        self._add_aliases(gains)
        for entity in renamed:
            self.describe(entity)

    def _read(self, entities: Iterable[int]) -> None:
        """Know those of the entities that are stored."""
        if len(self._known) >= CACHED_ENTITIES:
            self.forget_cache()
        unknown = [entity for entity in entities if entity not in self._known]
        for entity, *columns in many(
            self.conn,
            "SELECT id, name, mention_count, release_count, first_seen, last_seen FROM entities "
            "WHERE id IN ({marks})",
            unknown,
        ):
            self._known[entity] = _Entity(*columns)
        for entity, name, *columns in many(
            self.conn,
            "SELECT entity_id, name, id, count, release_count FROM aliases "
            "WHERE entity_id IN ({marks})",
            [entity for entity in unknown if entity in self._known],
        ):
            self._known[entity].aliases[name] = _Alias(*columns)

    def _insert(self, gains: Mapping[int, Gain]) -> None:
        self.fulltext.changing(gains)
        rows, pairs = [], []
        for entity, gain in gains.items():
            name = best_name({alias: (m, r) for alias, (_, m, r) in gain.aliases.items()})
            seen = (gain.mentions, gain.releases, gain.first, gain.last)
            self._known[entity] = _Entity(name, *seen)
            folded = gain.aliases[name][0]
            also = other_names(gain.aliases, name)
            rows.append((entity, gain.kind, name, folded, also, *seen, *gain.position))
            pairs += _gram_rows(entity, gain.aliases)
        enter(self.conn, "entities", ENTITIES, rows)
        self._index_grams(pairs)

    def _index_grams(self, pairs: Iterable[tuple[str, int]]) -> None:
        enter(self.conn, "name_grams", "gram, entity_id", pairs)

    def _add_aliases(self, gains: Mapping[int, Gain]) -> None:
        """Count the aliases of entities that are stored by now."""
        (number,) = self.conn.execute("SELECT coalesce(max(id), 0) FROM aliases").fetchone()
        new, known = [], []
        for entity, gain in gains.items():
            aliases = self._known[entity].aliases
            for name, (folded, mentions, releases) in gain.aliases.items():
                alias = aliases.get(name)
                if alias is None:
                    number += 1
                    aliases[name] = _Alias(number, mentions, releases)
                    new.append((number, entity, name, folded, mentions, releases))
                else:
                    alias.mentions += mentions
                    alias.releases += releases
                    known.append((alias.mentions, alias.releases, alias.number))
        enter(self.conn, "aliases", ALIASES, new)
        self.conn.executemany("UPDATE aliases SET count = ?, release_count = ? WHERE id = ?", known)

    def _update(self, gains: Mapping[int, Gain]) -> list[int]:
        """Add to the counts of stored entities; those that need another name or have a new one.

        The first day is left alone unless it changes, and with it the index over it.
        """
        counts, firsts, renamed = [], [], []
        for entity, gain in gains.items():
            known = self._known[entity]
            known.mentions += gain.mentions
            known.releases += gain.releases
            if gain.first and gain.last:
                known.last = max(known.last or gain.last, gain.last)
                if known.first is None or gain.first < known.first:
                    known.first = gain.first
                    firsts.append((known.first, entity))
            counts.append((known.mentions, known.releases, known.last, entity))
            if _may_rename(known, gain):
                renamed.append(entity)
        self.conn.executemany(
            "UPDATE entities SET mention_count = ?, release_count = ?, last_seen = ? WHERE id = ?",
            counts,
        )
        self.conn.executemany("UPDATE entities SET first_seen = ? WHERE id = ?", firsts)
        return renamed

    def _forget(self, entity: int) -> None:
        self._known.pop(entity, None)

    def recount(self, entity: int) -> None:
        """Count an entity's facts from scratch; one without any is removed."""
        releases, first, last = self.conn.execute(
            "SELECT count(DISTINCT release_id), min(published), max(published) "
            "FROM appearances WHERE entity_id = ?",
            (entity,),
        ).fetchone()
        self._forget(entity)
        self.fulltext.changing([entity])
        if not releases:
            self.conn.execute("DELETE FROM aliases WHERE entity_id = ?", (entity,))
            self.conn.execute("DELETE FROM name_grams WHERE entity_id = ?", (entity,))
            self.conn.execute("DELETE FROM entities WHERE id = ?", (entity,))
            self.references.removed["entities"].add(entity)
            return
        gain = Gain(kind="")
        for name, mentions in self.conn.execute(
            "SELECT text, count(*) FROM mentions WHERE entity_id = ? GROUP BY text", (entity,)
        ):
            gain.add_aliases([(name, fold(name), mentions, 0)])
            gain.mentions += mentions
        for name, uses in self.conn.execute(
            "SELECT name, count(*) FROM appearances WHERE entity_id = ? GROUP BY name", (entity,)
        ):
            gain.add_aliases([(name, fold(name), 0, uses)])
        self.conn.execute(
            """INSERT INTO entities(id, kind, name, normalized, mention_count, release_count,
                 first_seen, last_seen) VALUES (?, '', '', '', ?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE SET mention_count = excluded.mention_count,
                 release_count = excluded.release_count, first_seen = excluded.first_seen,
                 last_seen = excluded.last_seen""",
            (entity, gain.mentions, releases, first, last),
        )
        self.conn.execute(
            "UPDATE aliases SET count = 0, release_count = 0 WHERE entity_id = ?", (entity,)
        )
        self._read([entity])
        self._add_aliases({entity: gain})
        self.conn.execute(
            "DELETE FROM aliases WHERE entity_id = ? AND count = 0 AND release_count = 0",
            (entity,),
        )
        self.describe(entity)

    def describe(self, entity: int) -> None:
        """Bring name, other names, kind, position and visibility up to date."""
        aliases = {
            name: (mentions, releases)
            for name, mentions, releases in self.conn.execute(
                "SELECT name, count, release_count FROM aliases WHERE entity_id = ?", (entity,)
            )
        }
        if not aliases:
            return
        judged = self._judged(entity)
        name = judged.get("rename") or best_name(aliases)
        kind, *position = self._from_identities(entity)
        kind = judged.get("kind") or kind
        seen = (kind, *position, "hide" in judged)
        self.conn.execute(
            "UPDATE entities SET kind = ?, latitude = ?, longitude = ?, country = ?, hidden = ? "
            "WHERE id = ? AND (kind, latitude, longitude, country, hidden) IS NOT (?, ?, ?, ?, ?)",
            (*seen, entity, *seen),
        )
        also = other_names(aliases, name)
        self._forget(entity)
        self.fulltext.changing([entity])
        self.conn.execute(
            "UPDATE entities SET name = ?, normalized = ?, also_known_as = ? "
            "WHERE id = ? AND (name, also_known_as) <> (?, ?)",
            (name, fold(name), also, entity, name, also),
        )
        self.conn.execute(
            "UPDATE events SET name = ? WHERE entity_id = ? AND name <> ?", (name, entity, name)
        )
        self.conn.execute("DELETE FROM name_grams WHERE entity_id = ?", (entity,))
        self._index_grams(_gram_rows(entity, [*aliases, name]))

    def _from_identities(self, entity: int) -> tuple[str, float | None, float | None, str | None]:
        """Kind of the first identity in text order; position and country of the first with one."""
        rows = self.conn.execute(
            "SELECT kind, latitude, longitude, country FROM identities WHERE entity_id = ? "
            "ORDER BY kind, block, evidence",
            (entity,),
        ).fetchall()
        place = next((row for row in rows if row[3]), (None, None, None, None))
        return (rows[0][0] if rows else "", *place[1:])

    def _judged(self, entity: int) -> dict[str, str]:
        """Verdicts on single entities that name one of its identities: {"rename": "New Name"}."""
        rows = self.conn.execute(
            """SELECT j.verdict, j."right" FROM identities AS i
               JOIN judgements AS j
                 ON j."left" = i.kind || char(10) || i.block || char(10) || i.evidence
               WHERE i.entity_id = ? AND j.deleted_at IS NULL
                 AND j.verdict IN ('rename', 'kind', 'hide')
               ORDER BY j."left" DESC""",
            (entity,),
        )
        return {verdict: right or "" for verdict, right in rows}

    def retell(self, events: Sequence[int]) -> None:
        """Let events say what most of their announcements say; without any they are removed."""
        told: dict[int, list[tuple[Any, ...]]] = {event: [] for event in events}
        for event, *said in many(
            self.conn,
            f"SELECT event_id, release_id, starts_on, ends_on, {', '.join(TOLD)}, "
            f"{', '.join(TOLD.values())} FROM announcements WHERE event_id IN ({{marks}})",
            events,
        ):
            told[event].append(tuple(said))
        columns = ("name", "starts_on", "ends_on", "release_count", *TOLD)
        stored = {
            event: tuple(row)
            for event, *row in many(
                self.conn,
                f"SELECT id, {', '.join(columns)} FROM events WHERE id IN ({{marks}})",
                events,
            )
        }
        names = dict(many(self.conn, "SELECT id, name FROM entities WHERE id IN ({marks})", events))
        for event in events:
            if not told[event]:
                self.conn.execute("DELETE FROM events WHERE id = ?", (event,))
                self.references.removed["events"].add(event)
                continue
            new = (names[event], *_consensus(told[event]))
            self._write_event(event, dict(zip(columns, new, strict=True)), stored.get(event))

    def _write_event(
        self, event: int, values: dict[str, Any], stored: tuple[Any, ...] | None
    ) -> None:
        """Write what has changed: of most events only the number of releases."""
        if stored is None:
            columns = f"id, entity_id, {', '.join(values)}"
            self.conn.execute(insertion("events", columns), (event, event, *values.values()))
            return
        changed = {
            column: value
            for (column, value), old in zip(values.items(), stored, strict=True)
            if value != old
        }
        if changed:
            self.conn.execute(
                f"UPDATE events SET {', '.join(f'{column} = ?' for column in changed)} "
                "WHERE id = ?",
                (*changed.values(), event),
            )


def _may_rename(known: _Entity, gain: Gain) -> bool:
    """Whether a batch can change the name or adds a new one: few batches do."""
    if any(alias not in known.aliases for alias in gain.aliases):
        return True
    if known.name in known.aliases:
        # Most batches name an entity by the name it has: only another one can take its place.
        best = _order(known.name, _uses(known, gain, known.name))
        if all(_order(name, _uses(known, gain, name)) >= best for name in gain.aliases):
            return False
    uses = {name: _uses(known, gain, name) for name in known.aliases}
    return best_name(uses) != known.name


def _uses(known: _Entity, gain: Gain, name: str) -> Uses:
    alias, (_, mentions, releases) = known.aliases[name], gain.aliases.get(name, ("", 0, 0))
    return alias.mentions + mentions, alias.releases + releases


def _gram_rows(entity: int, names: Iterable[str]) -> list[tuple[str, int]]:
    """Rows of `name_grams`: only Chinese, Japanese and Korean names have any."""
    found = {gram for name in names if not name.isascii() and has_cjk(name) for gram in grams(name)}
    return [(gram, entity) for gram in sorted(found)]


def _consensus(told: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """First and last day, number of releases and the columns of TOLD that most releases say.

    A row of `told` is release, first and last day, those columns and what breaks their ties.
    """
    # The days belong together: first and last day of different announcements make no event.
    dated = [(first, last) for _, first, last, *_ in told if first]
    exact = [days for days in dated if not _is_period(*days)]
    days = _most_said((days, (-_length(*days), days[0])) for days in exact or dated)
    values: list[Any] = []
    for place, column in enumerate(TOLD, start=3):
        saying = told
        if column == "place_id" and values[0] is not None:
            # The venue and its town belong together.
            beside = [row for row in told if row[3] == values[0] and row[place] is not None]
            saying = beside or told
        values.append(_most_said_in(saying, place))
    return (*(days or (None, None)), len({row[0] for row in told}), *values)


def _length(starts_on: str, ends_on: str | None) -> int:
    """Days from the first to the last; an open end, which says least, is before all others."""
    return (date.fromisoformat(ends_on) - date.fromisoformat(starts_on)).days if ends_on else -1


def _is_period(starts_on: str, ends_on: str | None) -> bool:
    """Whether a month or more is said, in which the event is: any day says more."""
    return _length(starts_on, ends_on) >= PERIOD_DAYS


def _most_said_in(told: Sequence[tuple[Any, ...]], place: int) -> Any:
    """What most say in one column of TOLD."""
    said = {row[place] for row in told} - {None}
    if len(said) < 2:
        return next(iter(said), None)
    return _most_said(
        (row[place], str(row[place + len(TOLD)])) for row in told if row[place] is not None
    )


#: Columns of an event that its announcements vote on, each with the column that breaks a tie: row
#: numbers depend on the order of arrival, names do not.
TOLD = {
    "venue_id": "venue",  # first: the place is asked of those that say this venue
    "place_id": "place",
    "edition": "edition",
    "series": "series",
    "theme": "theme",
    "mode": "mode",
    "start_time": "start_time",
    "timezone": "timezone",
    "address": "address",
}


def _most_said(votes: Iterable[tuple[Value, object]]) -> Value | None:
    """The value with most votes; ties go to the smallest tie-breaker. None without votes."""
    counts: Counter[Value] = Counter()
    breakers: dict[Value, Any] = {}
    for value, breaker in votes:
        counts[value] += 1
        breakers[value] = min(breakers.get(value, breaker), breaker)
    return min(counts, key=lambda value: (-counts[value], breakers[value]), default=None)
