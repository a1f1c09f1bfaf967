"""Find or make the entity of each identity, and regroup a block when it gains or loses one.

    keys of a batch -> rows of `identities` -> entities

The work for a new name is in proportion to the identities of its own block and of the blocks that
an acronym or a judgement links to it; nothing else is read. Runs inside the transaction of `Store`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ..bulk import enter
from ..lookup import many, many_pairs
from ..references import References
from .namesakes import Namesakes
from .rules import Groups, Known, Tie, join_blocks

Block = tuple[str, str]
#: Kind, block and evidence of an identity.
Key = tuple[str, str, str]
#: Latitude and longitude (degrees) and country, where they are known.
Position = tuple[float | None, float | None, str | None]
#: Entities of identities that are remembered between batches; about 20 MB.
CACHED_IDENTITIES = 100_000
#: Kinds of things that have a position or a country.
POSITIONED = frozenset({"place", "venue"})
#: Facts that name a thing: (table, column of the entity, column of the name, kind). Where the kind
#: is a column of the fact itself, it stands there as text.
NAMED_FACTS: tuple[tuple[str, str, str, str], ...] = (
    ("mentions", "entity_id", "name", "kind"),
    ("roles", "person_id", "person", "'person'"),
    ("roles", "organisation_id", "organisation", "'organisation'"),
    ("quotes", "speaker_id", "speaker", ":kind"),
    ("event_parties", "entity_id", "name", "kind"),
    ("announcements", "venue_id", "venue", "'venue'"),
    ("announcements", "place_id", "place", "'place'"),
)


class Resolver:
    """The identities of one database, for one writer.

    `moved` are entities whose facts have changed hands, `changed` those that gained or lost an
    identity; `Store` brings their names and counts up to date at the end of the batch.
    """

    def __init__(self, conn: sqlite3.Connection, references: References) -> None:
        self.conn = conn
        self.references = references
        self.numbers: dict[Key, int] = {}
        self.entities: dict[int, int] = {}
        self._namesakes: dict[Block, Namesakes] = {}
        self.moved: set[int] = set()
        self.changed: set[int] = set()
        self.events: set[int] = set()
        self.judgements = Judged()
        self.next_identity = 1
        # What the batch adds and `enter` writes down.
        self._fresh: dict[int, tuple[Key, Position]] = {}
        self._reasons: list[tuple[int, int, str, str, int | None]] = []
        self._claims: list[tuple[str, str, int]] = []
        self._claimed: dict[str, set[str]] = defaultdict(set)

    def begin(self) -> None:
        """Start a transaction."""
        self.moved.clear()
        self.changed.clear()
        self.events.clear()
        self._forget_batch()
        row = self.conn.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'identities'"
        ).fetchone()
        self.next_identity = row[0] + 1 if row else 1
        self.judgements = Judged.read(self.conn)

    def _forget_batch(self) -> None:
        self._fresh.clear()
        self._reasons.clear()
        self._claims.clear()
        self._claimed.clear()

    def forget_cache(self) -> None:
        """Read everything anew: another process has written, or a transaction was undone."""
        self.numbers.clear()
        self.entities.clear()
        self._namesakes.clear()

    def resolve(
        self, things: Iterable[tuple[Key, Position]], claims: Iterable[tuple[str, str, int]]
    ) -> None:
        """Know the row and the entity of every identity; new ones get both.

        `claims` are (acronym, name it is written for, release). Nothing is written before `enter`,
        so that rows can be inserted after what they refer to.
        """
        if len(self.numbers) >= CACHED_IDENTITIES:
            self.forget_cache()
        wanted: dict[Key, Position] = {}
        for key, position in things:
            if key not in self.numbers:
                wanted.setdefault(key, position)
        self._find(wanted)
        fresh = [key for key in wanted if key not in self.numbers]
        for key in fresh:
            self._add(key, wanted[key])
        joined = self._join_namesakes(fresh)
        left = [key for key in fresh if key not in joined]
        rows = self._rows(key[:2] for key in left)
        for key in left:
            rows[key[:2]].append((self.numbers[key], key[2], 0))
        blocks = set(rows)
        crowded = {block for block in blocks if len(rows[block]) > 1}
        starts = crowded | self._claim(claims) | self._is_linked(blocks - crowded)
        for block in blocks - starts:
            # Alone under its name, it is an entity of its own.
            ((number, _, _),) = rows[block]
            self.entities[number] = number
        if starts:
            self._regroup(sorted(starts), rows)

    def _join_namesakes(self, fresh: Iterable[Key]) -> set[Key]:
        """Group new people who are named as others before; which of the identities they were."""
        names: dict[Block, list[Key]] = defaultdict(list)
        for key in fresh:
            if key[0] == "person" and not self.judgements.blocks(key[:2]):
                names[key[:2]].append(key)
        done = set()
        for block, keys in names.items():
            known = self._namesakes.get(block) or Namesakes(self.conn, block[1])
            joined = [one for key in keys if (one := known.join(key[2]))]
            if len(joined) < len(keys):
                continue
            self._namesakes[block] = known
            for key, (entity, tied_to, rule, reason) in zip(keys, joined, strict=True):
                number = self.numbers[key]
                self._reasons.append((number, tied_to, rule, reason, None))
                self._move(Known(number, *key), number, entity)
                done.add(key)
        return done

    def _find(self, keys: Iterable[Key]) -> None:
        """Know the stored ones of these identities."""
        names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind, *name in keys:
            names[kind].append((name[0], name[1]))
        for kind, of_kind in names.items():
            for block, evidence, number, entity in many_pairs(
                self.conn,
                """SELECT i.block, i.evidence, i.id, i.entity_id FROM (SELECT ? AS kind) AS one
                   CROSS JOIN (VALUES {marks}) AS wanted CROSS JOIN identities AS i
                     ON i.kind = one.kind AND i.block = wanted.column1
                       AND i.evidence = wanted.column2""",
                of_kind,
                before=(kind,),
            ):
                self.numbers[kind, block, evidence] = number
                self.entities[number] = entity

    def _rows(self, blocks: Iterable[Block]) -> dict[Block, list[tuple[int, str, int]]]:
        """(number, evidence, entity) of all stored identities of each block."""
        names: dict[str, dict[str, None]] = defaultdict(dict)
        found: dict[Block, list[tuple[int, str, int]]] = {}
        for kind, block in blocks:
            names[kind][block] = None
            found[kind, block] = []
        for kind, of_kind in names.items():
            for block, number, evidence, entity in many(
                self.conn,
                "SELECT block, id, evidence, entity_id FROM identities "
                "WHERE kind = ? AND block IN ({marks})",
                of_kind,
                before=(kind,),
            ):
                found[kind, block].append((number, evidence, entity))
        return found

    def _add(self, key: Key, position: Position) -> None:
        self.numbers[key] = self.next_identity
        self._fresh[self.next_identity] = (key, position)
        self.next_identity += 1

    def _claim(self, claims: Iterable[tuple[str, str, int]]) -> set[Block]:
        """Note that releases write acronyms for organisations; the blocks to regroup for it."""
        self._claims += [claim for claim in claims if claim[0] != claim[1]]
        pairs = {(acronym, block) for acronym, block, _ in self._claims}
        pairs.difference_update(
            many(
                self.conn,
                "SELECT DISTINCT acronym, block FROM acronyms WHERE acronym IN ({marks})",
                {acronym for acronym, _ in pairs},
            )
        )
        for acronym, block in pairs:
            self._claimed[acronym].add(block)
        return {
            ("organisation", name)
            for acronym, _ in pairs
            for name in (acronym, *self._full_names(acronym))
        }

    def _is_linked(self, blocks: Iterable[Block]) -> set[Block]:
        """Those of the blocks that an acronym or a judgement may link to others."""
        names = {name for kind, name in blocks if kind == "organisation"}
        linked = {name for full in self._claimed.values() for name in full} | {*self._claimed}
        for column in ("acronym", "block"):
            linked.update(
                name
                for (name,) in many(
                    self.conn,
                    f"SELECT DISTINCT {column} FROM acronyms WHERE {column} IN ({{marks}})",
                    names,
                )
            )
        judged = {block for block in blocks if self.judgements.blocks(block)}
        return judged | {("organisation", name) for name in names & linked}

    def enter(self) -> None:
        """Write down the new identities and why they are together."""
        enter(
            self.conn,
            "identities",
            "id, entity_id, kind, block, evidence, latitude, longitude, country",
            (
                (number, self.entities[number], *key, *position)
                for number, (key, position) in self._fresh.items()
            ),
        )
        why = "identity_id, with_identity_id, rule, reason, judgement_id"
        enter(self.conn, "merges", why, self._reasons)
        self._fresh.clear()
        self._reasons.clear()

    def enter_claims(self) -> None:
        """Write down which releases write which acronyms; the releases have to be there."""
        self.conn.executemany(
            "INSERT OR IGNORE INTO acronyms(acronym, block, release_id) VALUES (?, ?, ?)",
            self._claims,
        )
        self._claims.clear()
        self._claimed.clear()

    def regroup_acronym(self, acronym: str, lost: Iterable[str] = ()) -> None:
        """Regroup an acronym and everything it is or (as `lost` says) was written for."""
        full = {*self._full_names(acronym), *lost}
        self.regroup([("organisation", acronym), *(("organisation", name) for name in full)])

    def _full_names(self, acronym: str) -> list[str]:
        rows = self.conn.execute(
            "SELECT DISTINCT block FROM acronyms WHERE acronym = ?", (acronym,)
        )
        return sorted({block for (block,) in rows} | self._claimed.get(acronym, set()))

    def _acronym_links(self, block: Block) -> list[tuple[str, str]]:
        """(acronym, full name) pairs that link an organisation's block to others.

        Only an acronym that is written for one name alone links: "BSC" for two names is nobody's.
        """
        kind, name = block
        if kind != "organisation":
            return []
        links = []
        full = self._full_names(name) if " " not in name else []
        if len(full) == 1:
            links.append((name, full[0]))
        short = {
            acronym
            for (acronym,) in self.conn.execute(
                "SELECT DISTINCT acronym FROM acronyms WHERE block = ?", (name,)
            )
        }
        short.update(acronym for acronym, full in self._claimed.items() if name in full)
        links += [(one, name) for one in sorted(short) if len(self._full_names(one)) == 1]
        return links

    def _linked(self, starts: Iterable[Block]) -> dict[Block, list[tuple[str, str]]]:
        """The blocks reachable over acronyms and judgements, each with its links by acronyms."""
        found: dict[Block, list[tuple[str, str]]] = {}
        waiting = list(starts)
        while waiting:
            block = waiting.pop()
            if block in found:
                continue
            found[block] = self._acronym_links(block)
            for pair in found[block]:
                waiting.extend(("organisation", name) for name in pair)
            waiting.extend(self.judgements.blocks(block))
        return found

    def regroup(self, starts: Iterable[Block]) -> None:
        """Group the identities of these blocks, and of all that are linked to them, anew."""
        self._regroup(starts, {})
        self.enter()

    def _regroup(
        self, starts: Iterable[Block], rows: dict[Block, list[tuple[int, str, int]]]
    ) -> None:
        """`rows` are the identities of the blocks that have been read already."""
        links = self._linked(starts)
        for block in links:
            self._namesakes.pop(block, None)
        rows = rows | self._rows(block for block in links if block not in rows)
        members = {
            number: (Known(number, *block, evidence), entity)
            for block in links
            for number, evidence, entity in rows[block]
        }
        groups = self._grouped(links, [known for known, _ in members.values()])
        self._keep_reasons(groups, members)
        for group in groups.all():
            # An entity has the number of its first identity.
            entity = min(known.number for known in group)
            for known in group:
                old = members[known.number][1]
                if old != entity:
                    self._move(known, old, entity)

    def _grouped(
        self, links: Mapping[Block, Iterable[tuple[str, str]]], known: list[Known]
    ) -> Groups:
        by_text = {k.text: k for k in known}
        different, same = self.judgements.among(by_text)
        groups = Groups(known, [(a.number, b.number) for a, b in different])
        for tie in same:
            groups.tie(tie, forced=True)
        join_blocks(groups)
        first: dict[str, Known] = {}
        for one in sorted(known, key=lambda k: k.text):
            if one.kind == "organisation":
                first.setdefault(one.block, one)
        for acronym, full in sorted({pair for pairs in links.values() for pair in pairs}):
            if acronym in first and full in first:
                reason = f"“{acronym}” is written for “{full}” and for nothing else"
                groups.tie(Tie(first[full], first[acronym], "acronym", reason))
        return groups

    def _keep_reasons(self, groups: Groups, members: Iterable[int]) -> None:
        """Write down why identities are together, touching only what has changed."""
        ties = {
            (tie.right.number, tie.left.number): (tie.rule, tie.reason, tie.judgement)
            for tie in groups.ties
        }
        stored = [number for number in members if number not in self._fresh]
        outdated = []
        for number, left, right, *why in many(
            self.conn,
            "SELECT id, identity_id, with_identity_id, rule, reason, judgement_id FROM merges "
            "WHERE identity_id IN ({marks})",
            stored,
        ):
            if ties.get((left, right)) == tuple(why):
                del ties[left, right]
            else:
                outdated.append((number,))
        self.conn.executemany("DELETE FROM merges WHERE id = ?", outdated)
        self._reasons += [(*pair, *why) for pair, why in ties.items()]

    def _move(self, known: Known, old: int, new: int) -> None:
        """Give an identity, and the facts stored under it, to another entity."""
        self.entities[known.number] = new
        if known.number in self._fresh:
            # Nothing is stored under it yet. Its names are counted with the facts of the batch;
            # what is left to find out is where the thing is, and what was decided about it.
            if new != known.number and (known.kind in POSITIONED or self.judgements.single):
                self.changed.add(new)
            return
        self.conn.execute("UPDATE identities SET entity_id = ? WHERE id = ?", (new, known.number))
        self.changed |= {old, new}
        here = appearances_of(known.number, old)
        stored = self.conn.execute(
            f"SELECT 1 FROM appearances WHERE {here} LIMIT 1", {"identity": known.number}
        ).fetchone()
        if stored:
            self.moved |= {old, new}
            self._move_facts(known, old, new)

    def _move_facts(self, known: Known, old: int, new: int) -> None:
        values: dict[str, int | str] = {
            "identity": known.number,
            "old": old,
            "new": new,
            "kind": known.kind,
        }
        here = appearances_of(known.number, old)
        where = f"""release_id IN (SELECT release_id FROM appearances WHERE {here})
            AND {{name}} IN (SELECT a.name FROM appearances AS a
              WHERE a.release_id = {{table}}.release_id AND a.identity_id = :identity)"""
        for table, column, name, kind in NAMED_FACTS:
            self.conn.execute(
                f"UPDATE {table} SET {column} = :new WHERE {column} = :old AND {kind} = :kind "
                f"AND {where.format(table=table, name=name)}",
                values,
            )
        self.conn.execute(
            """UPDATE releases SET issuer_id = :new WHERE issuer_id = :old AND EXISTS (
                  SELECT 1 FROM appearances AS a WHERE a.release_id = releases.id
                  AND a.identity_id = :identity
                  AND a.name = coalesce(releases.issuer, releases.release_issuer))""",
            values,
        )
        if known.kind == "event":
            self._move_announcements(values, where)
        elif known.kind in ("venue", "place"):
            self.events.update(
                number
                for (number,) in self.conn.execute(
                    "SELECT DISTINCT event_id FROM announcements WHERE venue_id = :new "
                    "OR place_id = :new",
                    values,
                )
            )
        # Last: the others are found by it.
        self.conn.execute(f"UPDATE appearances SET entity_id = :new WHERE {here}", values)

    def _move_announcements(self, values: dict[str, int | str], where: str) -> None:
        # An event has the number of its entity, also before its row is written.
        told = [
            number
            for (number,) in self.conn.execute(
                "SELECT id FROM announcements WHERE event_id = :old "
                f"AND {where.format(table='announcements', name='name')}",
                values,
            )
        ]
        if not told:
            return
        old, new = (self.event_row(int(values[side])) for side in ("old", "new"))
        self.events |= {old, new}
        pairs = [(new, number) for number in told]
        self.conn.executemany("UPDATE announcements SET event_id = ? WHERE id = ?", pairs)
        for table in ("event_parties", "event_evidence"):
            self.conn.executemany(
                f"UPDATE {table} SET event_id = ? WHERE announcement_id = ?", pairs
            )

    def event_row(self, entity: int) -> int:
        """The row of `events` of an event entity, of the same number; made when there is none."""
        self.conn.execute(
            "INSERT OR IGNORE INTO events(id, entity_id, name) VALUES (?, ?, '')", (entity, entity)
        )
        return entity

    def forget(self, identities: Iterable[int], acronyms: Iterable[tuple[str, str]]) -> None:
        """Drop identities that no release uses any more, and regroup what they held together."""
        blocks: set[Block] = set()
        for number in identities:
            row = self.conn.execute(
                "SELECT kind, block, evidence, entity_id FROM identities WHERE id = ?", (number,)
            ).fetchone()
            if not row:
                continue
            kind, block, evidence, entity = row
            used = self.conn.execute(
                f"SELECT 1 FROM appearances WHERE {appearances_of(number, entity)} LIMIT 1",
                {"identity": number},
            ).fetchone()
            if not used:
                self.conn.execute(
                    "DELETE FROM merges WHERE identity_id = :id OR with_identity_id = :id",
                    {"id": number},
                )
                self.conn.execute("DELETE FROM identities WHERE id = ?", (number,))
                self.references.removed["identities"].add(number)
                self.numbers.pop((kind, block, evidence), None)
                self.entities.pop(number, None)
                self.moved.add(entity)
                blocks.add((kind, block))
        lost: dict[str, set[str]] = defaultdict(set)
        for acronym, block in acronyms:
            lost[acronym].add(block)
        for acronym, full in sorted(lost.items()):
            self.regroup_acronym(acronym, full)
        for block in sorted(blocks):
            self.regroup([block])


def appearances_of(identity: int, entity: int) -> str:
    """The condition on appearances of `:identity`, which belongs to this entity.

    Most things have one identity, the first of their entity. Those of a first identity are found
    by the entity; the index over identities is of the others alone.
    """
    if identity == entity:
        return "entity_id = :identity AND +identity_id = :identity"
    return "identity_id = :identity AND identity_id <> entity_id"


class Judged:
    """The human decisions in force, found by the block they speak of."""

    def __init__(self) -> None:
        self.pairs: list[tuple[int, str, tuple[str, str, str], tuple[str, str, str], str]] = []
        self._blocks: dict[Block, set[Block]] = defaultdict(set)
        #: Whether any decision is on one thing alone: its name, its kind, or to hide it.
        self.single = False

    @classmethod
    def read(cls, conn: sqlite3.Connection) -> Judged:
        """Read the judgements in force, in an order that does not depend on when they were made."""
        judged = cls()
        for number, left, right, verdict, note in conn.execute(
            """SELECT id, "left", "right", verdict, note FROM judgements
               WHERE deleted_at IS NULL AND verdict IN ('same', 'different')
               ORDER BY "left", "right", verdict"""
        ):
            a, b = from_key(left), from_key(right)
            judged.pairs.append((number, verdict, a, b, note))
            judged._blocks[a[:2]].add(b[:2])
            judged._blocks[b[:2]].add(a[:2])
        judged.single = (
            conn.execute(
                "SELECT 1 FROM judgements WHERE deleted_at IS NULL "
                "AND verdict NOT IN ('same', 'different') LIMIT 1"
            ).fetchone()
            is not None
        )
        return judged

    def blocks(self, block: Block) -> set[Block]:
        return self._blocks.get(block, set())

    def among(
        self, known: dict[tuple[str, str, str], Known]
    ) -> tuple[list[tuple[Known, Known]], list[Tie]]:
        """(different pairs, same ties) among these identities."""
        different, same = [], []
        for number, verdict, a, b, note in self.pairs if self._blocks else ():
            if a not in known or b not in known:
                continue
            if verdict == "different":
                different.append((known[a], known[b]))
            else:
                reason = note or "judged to be the same"
                same.append(Tie(known[a], known[b], "judgement", reason, number))
        return different, same


def to_key(kind: str, block: str, evidence: str) -> str:
    """An identity as one text, for `judgements.left` and `right`; lines do not occur in names."""
    return "\n".join((kind, block, evidence))


def from_key(key: str) -> tuple[str, str, str]:
    """The identity of a key made by `to_key`."""
    kind, block, evidence = key.split("\n")
    return kind, block, evidence
