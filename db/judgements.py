"""Human decisions on entities: recorded, applied at once, undoable, kept through re-extraction.

    merge(store, 12, 40)     both are one        split(store, 12, "Acme GmbH")   they are not
    rename, set_kind, hide, distinguish, undo, history

A decision names identities (see `resolution`), not row numbers, so it holds when releases are read
again or the database is rebuilt. One that contradicts an earlier one is refused with the reason:
`Refused` says which decision stands in the way and how to undo it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from extract.types import MentionKind

from .errors import Refused
from .lookup import marks
from .resolution.resolver import Judged, appearances_of, from_key, to_key
from .store import Store

Verdict = Literal["same", "different", "rename", "kind", "hide"]
#: Pairs that one decision writes down; more identities than this are never told apart by hand.
MAX_PAIRS = 400


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision as stored. Rows with one `created_at` were made, and are undone, together."""

    id: int
    left: str
    right: str | None
    verdict: Verdict
    note: str
    created_at: str
    deleted_at: str | None

    def __str__(self) -> str:
        sides = " and ".join(_readable(key) for key in (self.left, self._other()) if key)
        new = f" → {self.right}" if self.verdict in ("rename", "kind") else ""
        return f"judgement {self.id} of {self.created_at[:10]} ({self.verdict}: {sides}{new})"

    def _other(self) -> str | None:
        return self.right if self.verdict in ("same", "different") else None


def _readable(key: str) -> str:
    """The thing that a key stands for, by its name: evidence begins with it, or tells its place."""
    kind, block, evidence = from_key(key)
    name = evidence.partition("|")[0]
    return f"{kind} “{block if not name or name.startswith('geo:') else name}”"


_COLUMNS = 'id, "left", "right", verdict, note, created_at, deleted_at'


def history(conn: sqlite3.Connection, entity: int | None = None) -> list[Judgement]:
    """All decisions, newest first, undone ones included; those on one entity when it is given."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM judgements ORDER BY id DESC")
    found = [Judgement(*row) for row in rows]
    if entity is None:
        return found
    keys = {key for _, key in _identities(conn, entity)}
    return [one for one in found if one.left in keys or one._other() in keys]


def merge(store: Store, left: int, right: int, note: str = "") -> Judgement:
    """Make two entities one. Raises `Refused` when a decision keeps them apart."""
    conn = store.conn
    with store.transaction():
        a, b = _named(conn, left), _named(conn, right)
        if left == right:
            raise Refused(
                f"{a.name} ({left}) cannot be merged with itself. Give two numbers: "
                "`dateline search NAME` lists them."
            )
        if a.kind != b.kind:
            raise Refused(
                f"{a.name} is of kind {a.kind} and {b.name} of kind {b.kind}. If they are one "
                "thing, give both the same kind first: `dateline kind`."
            )
        between = _between(conn, a.keys, b.keys, "different")
        if between:
            raise Refused(
                f"{between} says that they are different. Undo it first: "
                f"`dateline undo {between.id}`."
            )
        for verdict in ("rename", "kind"):
            one, other = (_single(conn, side.keys, verdict) for side in (a, b))
            if one and other and one.right != other.right:
                raise Refused(
                    f"{one} and {other} disagree. Undo one of them first: `dateline undo {one.id}`."
                )
        made = _record(store, [(a.keys[0], b.keys[0], "same", note)])
        _apply(store, [a.keys[0], b.keys[0]])
        return made


def split(store: Store, entity: int, name: str, note: str = "") -> Judgement:
    """Separate from an entity what releases call `name` in full."""
    conn = store.conn
    with store.transaction():
        whole = _named(conn, entity)
        part = [
            key
            for number, key in _identities(conn, entity)
            if conn.execute(
                "SELECT 1 FROM appearances "
                f"WHERE {appearances_of(number, entity)} AND name = :name LIMIT 1",
                {"identity": number, "name": name},
            ).fetchone()
        ]
        rest = [key for key in whole.keys if key not in part]
        if not part:
            raise Refused(
                f"no release calls {whole.name} ({entity}) “{name}” in full. "
                f"`dateline entity {entity}` lists its names."
            )
        if not rest:
            raise Refused(
                f"all of {whole.name} ({entity}) goes by “{name}”: nothing else is left to split "
                f"it from. `dateline rename {entity} NAME` gives it another name."
            )
        return _separate(store, part, rest, note)


def distinguish(store: Store, left: int, right: int, note: str = "") -> Judgement:
    """Keep two entities apart from now on: the "no" of the review queue."""
    with store.transaction():
        a, b = _named(store.conn, left), _named(store.conn, right)
        if left == right:
            raise Refused(f"{a.name} ({left}) is one entity; use `dateline split` on its names.")
        return _separate(store, a.keys, b.keys, note)


def _separate(store: Store, part: Sequence[str], rest: Sequence[str], note: str) -> Judgement:
    between = _between(store.conn, part, rest, "same")
    if between:
        raise Refused(
            f"{between} says that they are one. Undo it first: `dateline undo {between.id}`."
        )
    pairs = [(a, b, "different", note) for a in part for b in rest][:MAX_PAIRS]
    made = _record(store, pairs)
    _apply(store, [*part, *rest])
    return made


def rename(store: Store, entity: int, name: str, note: str = "") -> Judgement:
    """Give an entity the name it is shown under."""
    if not name.strip():
        raise Refused("a name must have at least one letter. Give another one.")
    return _say(store, entity, "rename", " ".join(name.split()), note)


def set_kind(store: Store, entity: int, kind: str, note: str = "") -> Judgement:
    """Say what an entity is: person, organisation, place, venue or event."""
    if kind not in get_args(MentionKind):
        raise Refused(f"{kind!r} is no kind; use one of {', '.join(get_args(MentionKind))}.")
    return _say(store, entity, "kind", kind, note)


def hide(store: Store, entity: int, note: str = "") -> Judgement:
    """Leave an entity out of every list, search and page: a recogniser's mistake."""
    return _say(store, entity, "hide", None, note)


def _say(store: Store, entity: int, verdict: Verdict, value: str | None, note: str) -> Judgement:
    with store.transaction():
        named = _named(store.conn, entity)
        earlier = _single(store.conn, named.keys, verdict)
        if earlier:
            said = f" as {earlier.right}" if earlier.right else ""
            raise Refused(
                f"{earlier} has decided this already{said}. "
                f"Undo it first: `dateline undo {earlier.id}`."
            )
        made = _record(store, [(named.keys[0], value, verdict, note)])
        _apply(store, [named.keys[0]])
        return made


def undo(store: Store, judgement: int) -> Judgement:
    """Take a decision back; the entities are as if it had never been made."""
    with store.transaction() as conn:
        row = conn.execute(
            f"SELECT {_COLUMNS} FROM judgements WHERE id = ?", (judgement,)
        ).fetchone()
        if row is None:
            raise Refused(
                f"there is no judgement {judgement}; `dateline review --history` lists them."
            )
        one = Judgement(*row)
        if one.deleted_at:
            raise Refused(
                f"{one} was undone on {one.deleted_at[:10]}. "
                "`dateline review --history` lists the others."
            )
        together = [
            Judgement(*each)
            for each in conn.execute(
                f"SELECT {_COLUMNS} FROM judgements WHERE created_at = ? AND deleted_at IS NULL",
                (one.created_at,),
            )
        ]
        conn.execute(
            "UPDATE judgements SET deleted_at = ? WHERE created_at = ? AND deleted_at IS NULL",
            (_now(), one.created_at),
        )
        _apply(store, [key for each in together for key in (each.left, each._other()) if key])
        return one


@dataclass(frozen=True, slots=True)
class _Named:
    """An entity with the keys of its identities, in text order."""

    kind: str
    name: str
    keys: tuple[str, ...]


def _named(conn: sqlite3.Connection, entity: int) -> _Named:
    row = conn.execute("SELECT kind, name FROM entities WHERE id = ?", (entity,)).fetchone()
    if row is None:
        raise Refused(f"there is no entity {entity}; `dateline search NAME` finds the number.")
    return _Named(row[0], row[1], tuple(key for _, key in _identities(conn, entity)))


def _identities(conn: sqlite3.Connection, entity: int) -> list[tuple[int, str]]:
    rows = conn.execute(
        "SELECT id, kind, block, evidence FROM identities WHERE entity_id = ? "
        "ORDER BY kind, block, evidence",
        (entity,),
    )
    return [(number, to_key(kind, block, evidence)) for number, kind, block, evidence in rows]


def _between(
    conn: sqlite3.Connection, left: Iterable[str], right: Iterable[str], verdict: Verdict
) -> Judgement | None:
    """A decision in force that links two sets of identities, either way round."""
    a, b = set(left), set(right)
    for row in conn.execute(
        f"SELECT {_COLUMNS} FROM judgements WHERE verdict = ? AND deleted_at IS NULL ORDER BY id",
        (verdict,),
    ):
        one = Judgement(*row)
        if (one.left in a and one.right in b) or (one.left in b and one.right in a):
            return one
    return None


def _single(conn: sqlite3.Connection, keys: Iterable[str], verdict: str) -> Judgement | None:
    """A decision in force on one of these identities alone."""
    chosen = list(keys)
    row = conn.execute(
        f"""SELECT {_COLUMNS} FROM judgements WHERE verdict = ? AND deleted_at IS NULL
            AND "left" IN ({marks(chosen)}) ORDER BY id LIMIT 1""",
        (verdict, *chosen),
    ).fetchone()
    return Judgement(*row) if row else None


def _record(store: Store, rows: Iterable[tuple[str, str | None, str, str]]) -> Judgement:
    """Write a decision down; the first of its rows stands for it."""
    now, first = _now(), None
    for row in rows:
        number = store.conn.execute(
            'INSERT INTO judgements("left", "right", verdict, note, created_at) '
            "VALUES (?, ?, ?, ?, ?)",
            (*row, now),
        ).lastrowid
        first = first or number
    made = store.conn.execute(f"SELECT {_COLUMNS} FROM judgements WHERE id = ?", (first,))
    return Judgement(*made.fetchone())


def _apply(store: Store, keys: Iterable[str]) -> None:
    """Regroup what a decision speaks of and bring names and counts up to date."""
    store.resolver.judgements = Judged.read(store.conn)
    for key in sorted(set(keys)):
        kind, block, evidence = from_key(key)
        store.resolver.regroup([(kind, block)])
        row = store.conn.execute(
            "SELECT entity_id FROM identities WHERE kind = ? AND block = ? AND evidence = ?",
            (kind, block, evidence),
        ).fetchone()
        if row:
            store.resolver.changed.add(row[0])
    store.settle()


def _now() -> str:
    """Microseconds: what was decided together has one time, what was not has another."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
