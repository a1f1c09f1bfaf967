"""What an entity is called and how often it is named: the columns derived from its facts.

    aliases of an entity -> its name, the others; appearances -> counts, first and last day

All are functions of what is stored, so they are the same in whatever order it came.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from .fulltext import FullText
from .resolution.names import NAME_SEPARATOR, PERIOD_DAYS, fold, grams, has_cjk

Value = TypeVar("Value", bound=Hashable)
#: (mentions with these words, releases whose full name it is)
Uses = tuple[int, int]
#: (turn, entity, name, folded name, mentions, releases)
AliasRow = tuple[int, int, str, str, int, int]
#: Entities whose aliases are remembered between batches; about 20 MB.
CACHED_ENTITIES = 50_000


@dataclass(slots=True)
class Gain:
    """What a batch adds to one entity. Dates are ISO; None when no release is dated.

    `position` is latitude, longitude (degrees) and country.
    """

    kind: str
    mentions: int = 0
    releases: int = 0
    first: str | None = None
    last: str | None = None
    position: tuple[float | None, float | None, str | None] = (None, None, None)
    aliases: dict[str, Uses] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)

    def add_alias(self, name: str, mentions: int, releases: int, turn: int = 0) -> None:
        """Count an alias; `turn` puts the new ones of all entities in order of appearance."""
        a, b = self.aliases.get(name, (0, 0))
        self.aliases[name] = (a + mentions, b + releases)
        self.turns.setdefault(name, turn)

    def alias_rows(self, entity: int) -> list[AliasRow]:
        return [
            (self.turns[name], entity, name, fold(name), *uses)
            for name, uses in self.aliases.items()
        ]

    def add_day(self, day: str | None) -> None:
        if day:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)


def best_name(aliases: Mapping[str, Uses]) -> str:
    """The name most releases use in full; "BEIJING" only if nobody writes "Beijing".

    Ties go to the most mentioned, then the longest, then the first in code point order.
    """
    quiet = {name.casefold() for name in aliases if not name.isupper()}
    return min(
        aliases,
        key=lambda name: (
            name.isupper() and name.casefold() in quiet,
            -aliases[name][1],
            -aliases[name][0],
            -len(name),
            name,
        ),
    )


def other_names(aliases: Iterable[str], name: str) -> str:
    """The other names as one text, with a plain spelling of those that have accents.

    It is what the full-text index of names reads: "Curaçao" is found as "curacao".
    """
    others = {alias for alias in aliases if alias != name}
    plain = {fold(alias) for alias in (*others, name) if not alias.isascii()}
    known = {alias.casefold() for alias in (*others, name)}
    return NAME_SEPARATOR.join(sorted(others) + sorted(plain - known - {""}))


class Summaries:
    """Keeps `entities`, `aliases`, `name_grams` and `events` in step with the facts."""

    def __init__(self, conn: sqlite3.Connection, fulltext: FullText) -> None:
        self.conn = conn
        self.fulltext = fulltext
        self._known: dict[int, dict[str, Uses]] = {}
        self._names: dict[int, str] = {}

    def forget_cache(self) -> None:
        """Read all aliases anew."""
        self._known.clear()
        self._names.clear()

    def add(self, gains: Mapping[int, Gain]) -> None:
        """Store what a batch added."""
        stored = self._stored(gains)
        self._insert({e: g for e, g in gains.items() if e not in stored})
        renamed = self._update({e: g for e, g in gains.items() if e in stored})
        # In order of appearance over all entities: row numbers do not depend on the batch.
        self._add_aliases([row for e, gain in gains.items() for row in gain.alias_rows(e)])
        for entity in renamed:
            self.describe(entity)

    def _stored(self, entities: Iterable[int]) -> set[int]:
        """Those of the entities that have a row already."""
        found = set()
        for entity in entities:
            if (
                entity in self._known
                or self.conn.execute("SELECT 1 FROM entities WHERE id = ?", (entity,)).fetchone()
            ):
                found.add(entity)
        return found

    def _insert(self, gains: Mapping[int, Gain]) -> None:
        self.fulltext.changing(gains)
        rows = []
        for entity, gain in gains.items():
            name = best_name(gain.aliases)
            also = other_names(gain.aliases, name)
            rows.append(
                (
                    entity,
                    gain.kind,
                    name,
                    fold(name),
                    also,
                    gain.mentions,
                    gain.releases,
                    gain.first,
                    gain.last,
                    *gain.position,
                )
            )
            self._index_grams(entity, gain.aliases, fresh=True)
        self.conn.executemany(
            "INSERT INTO entities(id, kind, name, normalized, also_known_as, mention_count, "
            "release_count, first_seen, last_seen, latitude, longitude, country) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def _add_aliases(self, rows: list[AliasRow]) -> None:
        self.conn.executemany(
            "INSERT INTO aliases(entity_id, name, normalized, count, release_count) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (entity_id, name) DO UPDATE SET "
            "count = count + excluded.count, "
            "release_count = release_count + excluded.release_count",
            [row[1:] for row in sorted(rows)],
        )

    def _update(self, gains: Mapping[int, Gain]) -> list[int]:
        """Add to the counts of stored entities; those that may need another name."""
        counts, renamed = [], []
        for entity, gain in gains.items():
            counts.append(
                (gain.mentions, gain.releases, gain.first, gain.first, gain.last, gain.last, entity)
            )
            if self._may_rename(entity, gain.aliases):
                renamed.append(entity)
        self.conn.executemany(
            """UPDATE entities SET mention_count = mention_count + ?,
                 release_count = release_count + ?,
                 first_seen = min(coalesce(first_seen, ?), coalesce(?, first_seen)),
                 last_seen = max(coalesce(last_seen, ?), coalesce(?, last_seen))
               WHERE id = ?""",
            counts,
        )
        return renamed

    def _may_rename(self, entity: int, gained: Mapping[str, Uses]) -> bool:
        """Whether a batch can change the name or adds a new one: few batches do."""
        known, name = self._aliases(entity)
        grown = False
        for alias, (mentions, releases) in gained.items():
            grown = grown or alias not in known
            a, b = known.get(alias, (0, 0))
            known[alias] = (a + mentions, b + releases)
        return grown or (len(known) > 1 and best_name(known) != name)

    def _aliases(self, entity: int) -> tuple[dict[str, Uses], str]:
        """The aliases and the name of a stored entity, as they were before this batch."""
        if entity not in self._known:
            if len(self._known) >= CACHED_ENTITIES:
                self.forget_cache()
            self._known[entity] = {
                alias: (mentions, releases)
                for alias, mentions, releases in self.conn.execute(
                    "SELECT name, count, release_count FROM aliases WHERE entity_id = ?", (entity,)
                )
            }
            (self._names[entity],) = self.conn.execute(
                "SELECT name FROM entities WHERE id = ?", (entity,)
            ).fetchone()
        return self._known[entity], self._names[entity]

    def _forget(self, entity: int) -> None:
        self._known.pop(entity, None)
        self._names.pop(entity, None)

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
            return
        gain = Gain(kind="")
        for name, mentions in self.conn.execute(
            "SELECT text, count(*) FROM mentions WHERE entity_id = ? GROUP BY text", (entity,)
        ):
            gain.add_alias(name, mentions, 0)
            gain.mentions += mentions
        for name, uses in self.conn.execute(
            "SELECT name, count(*) FROM appearances WHERE entity_id = ? GROUP BY name", (entity,)
        ):
            gain.add_alias(name, 0, uses)
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
        self._add_aliases(gain.alias_rows(entity))
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
        kind, latitude, longitude, country = self._from_identities(entity)
        judged = self._judged(entity)
        name = judged.get("rename") or best_name(aliases)
        self.conn.execute(
            "UPDATE entities SET kind = ?, latitude = ?, longitude = ?, country = ?, hidden = ? "
            "WHERE id = ?",
            (judged.get("kind") or kind, latitude, longitude, country, "hide" in judged, entity),
        )
        also = other_names(aliases, name)
        self._forget(entity)
        self.fulltext.changing([entity])
        self.conn.execute(
            "UPDATE entities SET name = ?, normalized = ?, also_known_as = ? "
            "WHERE id = ? AND (name, also_known_as) <> (?, ?)",
            (name, fold(name), also, entity, name, also),
        )
        self.conn.execute("UPDATE events SET name = ? WHERE entity_id = ?", (name, entity))
        self._index_grams(entity, [*aliases, name], fresh=False)

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

    def _index_grams(self, entity: int, names: Iterable[str], *, fresh: bool) -> None:
        if not fresh:
            self.conn.execute("DELETE FROM name_grams WHERE entity_id = ?", (entity,))
        found = set().union(*(grams(name) for name in names if has_cjk(name)))
        self.conn.executemany(
            "INSERT INTO name_grams(gram, entity_id) VALUES (?, ?)",
            [(gram, entity) for gram in sorted(found)],
        )

    def retell(self, event: int) -> None:
        """Let an event say what most of its announcements say; without any it is removed."""
        self.conn.row_factory = sqlite3.Row
        try:
            told = self.conn.execute(
                "SELECT * FROM announcements WHERE event_id = ?", (event,)
            ).fetchall()
        finally:
            self.conn.row_factory = None
        if not told:
            self.conn.execute("DELETE FROM events WHERE id = ?", (event,))
            return
        # The days belong together: first and last day of different announcements make no event.
        dated = [row for row in told if row["starts_on"]]
        exact = [row for row in dated if not _is_period(row["starts_on"], row["ends_on"])]
        days = _most_said(
            (
                (row["starts_on"], row["ends_on"]),
                (-_length(row["starts_on"], row["ends_on"]), row["starts_on"]),
            )
            for row in exact or dated
        )
        starts_on, ends_on = days or (None, None)
        values: list[Any] = []
        for column, name in TOLD.items():
            saying = [row for row in told if row[column] is not None]
            if column == "place_id":
                saying = _beside(saying, values[0]) or saying
            values.append(_most_said((row[column], str(row[name])) for row in saying))
        self.conn.execute(
            f"""UPDATE events SET starts_on = ?, ends_on = ?,
                  {", ".join(f"{column} = ?" for column in TOLD)}, release_count = ?,
                  name = (SELECT name FROM entities WHERE entities.id = events.entity_id)
                WHERE id = ?""",
            (starts_on, ends_on, *values, len({row["release_id"] for row in told}), event),
        )


def _beside(told: list[sqlite3.Row], venue: int | None) -> list[sqlite3.Row]:
    """The announcements of an event at its venue: the venue and its town belong together."""
    return [row for row in told if venue is not None and row["venue_id"] == venue]


def _length(starts_on: str, ends_on: str | None) -> int:
    """Days from the first to the last; an open end, which says least, is before all others."""
    return (date.fromisoformat(ends_on) - date.fromisoformat(starts_on)).days if ends_on else -1


def _is_period(starts_on: str, ends_on: str | None) -> bool:
    """Whether a month or more is said, in which the event is: any day says more."""
    return _length(starts_on, ends_on) >= PERIOD_DAYS


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
