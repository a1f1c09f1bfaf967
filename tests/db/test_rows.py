"""What workers hand to the writer."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from db import Store, prepare
from db.lookup import MOST, many, many_pairs
from db.sealed import Sealed
from tests.db.telling import contents, occasion, told


class Loud:
    """Says when it is unpickled."""

    opened = 0

    def __setstate__(self, state: Any) -> None:
        type(self).opened += 1

    def __getstate__(self) -> dict[str, int]:
        return {"any": 1}


def test_a_sealed_value_is_opened_once_and_only_when_asked_for() -> None:
    Loud.opened = 0
    travelled = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(Sealed(Loud())))))
    assert Loud.opened == 0
    assert travelled.value is travelled.value
    assert Loud.opened == 1


def test_what_has_travelled_is_stored_as_what_has_not(store: Store, tmp_path: Any) -> None:
    stored = told(
        "[person:Jane Doe] of [organisation:Acme Inc.] opens the [event:Circuit Summit 2025].",
        roles=[("Jane Doe", "CEO", "Acme Inc.")],
        quotes=[("Jane Doe", "Yes")],
        events=[occasion("Circuit Summit 2025", "2025-03-04", parties=[("Acme Inc.", "host")])],
    )
    prepared = prepare(stored)
    travelled = pickle.loads(pickle.dumps(prepared))
    assert travelled == prepared
    assert (travelled.release, travelled.extraction) == (stored.release, stored.extraction)
    store.save([prepared])
    with Store(tmp_path / "other.db") as other:
        other.save([travelled])
        assert contents(other.conn) == contents(store.conn)


@pytest.mark.parametrize("count", [0, 1, 2, 3, MOST, MOST + 1, 3 * MOST])
def test_many_are_looked_up_at_once(store: Store, count: int) -> None:
    store.conn.execute("CREATE TEMP TABLE squares(kind, n, square)")
    rows = [("even" if n % 2 == 0 else "odd", n, n * n) for n in range(2 * count)]
    store.conn.executemany("INSERT INTO squares VALUES (?, ?, ?)", rows)
    wanted = range(count)
    sql = "SELECT n, square FROM squares WHERE kind = ? AND n IN ({marks})"
    found = sorted(many(store.conn, sql, wanted, before=("even",)))
    assert found == [(n, n * n) for n in wanted if n % 2 == 0]
    sql = (
        "SELECT n FROM (SELECT ? AS kind) AS one CROSS JOIN (VALUES {marks}) AS wanted "
        "CROSS JOIN squares ON squares.kind = one.kind AND n = column1 AND square = column2"
    )
    pairs = [(n, n * n + (n == 1)) for n in wanted]
    found = sorted(n for (n,) in many_pairs(store.conn, sql, pairs, before=("odd",)))
    assert found == [n for n in wanted if n % 2 == 1 and n != 1]
