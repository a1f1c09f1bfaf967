"""Find or make the entity of each identity, and regroup a block when it gains or loses one.

    Identity -> row of `identities` -> entity

The work for a new name is in proportion to the identities of its own block and of the blocks that
an acronym or a judgement links to it; nothing else is read. Runs inside the transaction of `Store`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from .keys import Identity
from .rules import Groups, Known, Tie, join_blocks

Block = tuple[str, str]
#: Entities of identities that are remembered between batches; about 20 MB.
CACHED_IDENTITIES = 100_000
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

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.numbers: dict[tuple[str, str, str], int] = {}
        self.entities: dict[int, int] = {}
        self.moved: set[int] = set()
        self.changed: set[int] = set()
        self.events: set[int] = set()
        self.judgements = Judged()
        self.next_identity = 1

    def begin(self) -> None:
        """Start a transaction."""
        self.moved.clear()
        self.changed.clear()
        self.events.clear()
        row = self.conn.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'identities'"
        ).fetchone()
        self.next_identity = row[0] + 1 if row else 1
        self.judgements = Judged.read(self.conn)

    def forget_cache(self) -> None:
        """Read everything anew: another process has written, or a transaction was undone."""
        self.numbers.clear()
        self.entities.clear()

    def number(self, identity: Identity) -> int:
        """The row of an identity; a new one is grouped with its block at once."""
        key = (identity.kind, identity.block, identity.evidence)
        number = self.numbers.get(key)
        if number is None:
            if len(self.numbers) >= CACHED_IDENTITIES:
                self.forget_cache()
            number = self._find(identity)
            self.numbers[key] = number
        return number

    def entity(self, number: int) -> int:
        """The entity an identity belongs to at this moment."""
        if number not in self.entities:
            (self.entities[number],) = self.conn.execute(
                "SELECT entity_id FROM identities WHERE id = ?", (number,)
            ).fetchone()
        return self.entities[number]

    def _find(self, identity: Identity) -> int:
        block = (identity.kind, identity.block)
        neighbours = False
        for number, evidence, entity in self.conn.execute(
            "SELECT id, evidence, entity_id FROM identities WHERE kind = ? AND block = ?", block
        ):
            if evidence == identity.evidence:
                self.entities[number] = entity
                return int(number)
            neighbours = True
        return self._add(identity, neighbours or len(self._linked(block)) > 1)

    def _add(self, identity: Identity, neighbours: bool) -> int:
        number = self.next_identity
        self.next_identity += 1
        # Without neighbours it is an entity of its own; with some, `regroup` says whose it is.
        entity = 0 if neighbours else number
        self.entities[number] = entity
        self.conn.execute(
            "INSERT INTO identities(id, entity_id, kind, block, evidence, latitude, longitude, "
            "country) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                entity,
                identity.kind,
                identity.block,
                identity.evidence,
                identity.latitude,
                identity.longitude,
                identity.country,
            ),
        )
        if neighbours:
            self.regroup([(identity.kind, identity.block)])
        return number

    def claim(self, acronym: str, block: str, release_id: int) -> None:
        """Note that a release writes an acronym for an organisation."""
        if acronym == block:
            return
        new = (
            self.conn.execute(
                "SELECT 1 FROM acronyms WHERE acronym = ? AND block = ? LIMIT 1", (acronym, block)
            ).fetchone()
            is None
        )
        self.conn.execute(
            "INSERT OR IGNORE INTO acronyms(acronym, block, release_id) VALUES (?, ?, ?)",
            (acronym, block, release_id),
        )
        if new:
            self.regroup_acronym(acronym)

    def regroup_acronym(self, acronym: str, lost: Iterable[str] = ()) -> None:
        """Regroup an acronym and everything it is or (as `lost` says) was written for."""
        full = {*self._full_names(acronym), *lost}
        self.regroup([("organisation", acronym), *(("organisation", name) for name in full)])

    def _full_names(self, acronym: str) -> list[str]:
        rows = self.conn.execute(
            "SELECT DISTINCT block FROM acronyms WHERE acronym = ? ORDER BY block", (acronym,)
        )
        return [block for (block,) in rows]

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
        for (acronym,) in self.conn.execute(
            "SELECT DISTINCT acronym FROM acronyms WHERE block = ? ORDER BY acronym", (name,)
        ).fetchall():
            if len(self._full_names(acronym)) == 1:
                links.append((acronym, name))
        return links

    def _linked(self, *starts: Block) -> list[Block]:
        """The blocks reachable over acronyms and judgements, the given ones first."""
        found: dict[Block, None] = {}
        waiting = list(starts)
        while waiting:
            block = waiting.pop()
            if block in found:
                continue
            found[block] = None
            for pair in self._acronym_links(block):
                waiting.extend(("organisation", name) for name in pair)
            waiting.extend(self.judgements.blocks(block))
        return list(found)

    def _members(self, blocks: Iterable[Block]) -> dict[int, tuple[Known, int]]:
        members = {}
        for kind, block in blocks:
            for number, evidence, entity in self.conn.execute(
                "SELECT id, evidence, entity_id FROM identities WHERE kind = ? AND block = ?",
                (kind, block),
            ):
                members[number] = (Known(number, kind, block, evidence), entity)
        return members

    def regroup(self, starts: Iterable[Block]) -> None:
        """Group the identities of these blocks, and of all that are linked to them, anew."""
        blocks = self._linked(*starts)
        members = self._members(blocks)
        if not members:
            return
        groups = self._grouped(blocks, [known for known, _ in members.values()])
        self._keep_reasons(groups, members)
        for group in groups.all():
            # An entity has the number of its first identity.
            entity = min(known.number for known in group)
            for known in group:
                old = members[known.number][1]
                if old != entity:
                    self._move(known, old, entity)

    def _grouped(self, blocks: Iterable[Block], known: list[Known]) -> Groups:
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
        for acronym, full in sorted(
            {pair for block in blocks for pair in self._acronym_links(block)}
        ):
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
        for number in members:
            for row in self.conn.execute(
                "SELECT id, with_identity_id, rule, reason, judgement_id FROM merges "
                "WHERE identity_id = ?",
                (number,),
            ).fetchall():
                if ties.get((number, row[1])) == row[2:]:
                    del ties[number, row[1]]
                else:
                    self.conn.execute("DELETE FROM merges WHERE id = ?", (row[0],))
        self.conn.executemany(
            "INSERT INTO merges(identity_id, with_identity_id, rule, reason, judgement_id) "
            "VALUES (?, ?, ?, ?, ?)",
            [(*pair, *why) for pair, why in ties.items()],
        )

    def _move(self, known: Known, old: int, new: int) -> None:
        """Give an identity, and the facts stored under it, to another entity."""
        self.conn.execute("UPDATE identities SET entity_id = ? WHERE id = ?", (new, known.number))
        self.entities[known.number] = new
        self.changed |= {old, new} - {0}
        stored = self.conn.execute(
            "SELECT 1 FROM appearances WHERE identity_id = ? LIMIT 1", (known.number,)
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
        where = """release_id IN (SELECT release_id FROM appearances WHERE identity_id = :identity)
            AND {name} IN (SELECT a.name FROM appearances AS a
              WHERE a.release_id = {table}.release_id AND a.identity_id = :identity)"""
        for table, column, name, kind in NAMED_FACTS:
            self.conn.execute(
                f"UPDATE {table} SET {column} = :new WHERE {column} = :old AND {kind} = :kind "
                f"AND {where.format(table=table, name=name)}",
                values,
            )
        self.conn.execute(
            """UPDATE releases SET issuer_id = :new WHERE issuer_id = :old AND id IN (
                  SELECT a.release_id FROM appearances AS a WHERE a.identity_id = :identity
                  AND a.name = coalesce(releases.issuer, releases.release_issuer))""",
            values,
        )
        self.conn.execute(
            "UPDATE appearances SET entity_id = :new WHERE identity_id = :identity", values
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

    def _move_announcements(self, values: dict[str, int | str], where: str) -> None:
        told = [
            number
            for (number,) in self.conn.execute(
                "SELECT id FROM announcements WHERE event_id = (SELECT id FROM events WHERE "
                f"entity_id = :old) AND {where.format(table='announcements', name='name')}",
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
                "SELECT kind, block, evidence, entity_id FROM identities WHERE id = ? AND NOT "
                "EXISTS (SELECT 1 FROM appearances WHERE identity_id = identities.id)",
                (number,),
            ).fetchone()
            if row:
                kind, block, evidence, entity = row
                self.conn.execute("DELETE FROM identities WHERE id = ?", (number,))
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


class Judged:
    """The human decisions in force, found by the block they speak of."""

    def __init__(self) -> None:
        self.pairs: list[tuple[int, str, tuple[str, str, str], tuple[str, str, str], str]] = []
        self._blocks: dict[Block, set[Block]] = defaultdict(set)

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
