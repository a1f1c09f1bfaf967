"""Many rows with one statement, and their references looked up at once."""

from __future__ import annotations

import sqlite3

import pytest

from db import Store, bulk
from db.references import References
from tests.db.telling import told


@pytest.mark.parametrize("count", [0, 1, bulk.ROWS - 1, bulk.ROWS, bulk.ROWS + 1, 3 * bulk.ROWS])
def test_all_rows_are_entered_in_their_order(count: int) -> None:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.execute("CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT, country TEXT)")
    rows = [(f"name {number}", None) for number in range(count)]
    bulk.enter(conn, "names", "name, country", iter(rows))
    assert conn.execute("SELECT name, country FROM names ORDER BY id").fetchall() == rows


@pytest.mark.parametrize("count", [2, bulk.ROWS])
def test_a_broken_constraint_is_an_error(count: int) -> None:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.execute("CREATE TABLE names (name TEXT NOT NULL)")
    rows: list[tuple[str | None]] = [*[("a",)] * (count - 1), (None,)]
    with pytest.raises(sqlite3.IntegrityError, match=r"names\.name"):
        bulk.enter(conn, "names", "name", rows)


def test_a_reference_to_nothing_is_an_error(store: Store) -> None:
    store.save([told("[person:Jane Doe]", "a")])
    references = References(store.conn)
    references.used["entities"] |= {number for (number,) in store.conn.execute(
        "SELECT id FROM entities")}  # fmt: skip
    references.check()
    references.used["entities"].add(10**6)
    with pytest.raises(sqlite3.IntegrityError, match="no row 1000000 of entities"):
        references.check()


def test_a_reference_to_what_is_removed_is_an_error(store: Store) -> None:
    store.save([told("[person:Jane Doe] of [organisation:Acme]", "a")])
    (jane,) = store.conn.execute("SELECT id FROM entities WHERE kind = 'person'").fetchone()
    references = References(store.conn)
    references.removed["entities"].add(jane)
    references.check()  # it is still there
    references.removed["entities"].add(jane)
    store.conn.execute("PRAGMA foreign_keys = OFF")
    store.conn.execute("DELETE FROM entities WHERE id = ?", (jane,))
    with pytest.raises(sqlite3.IntegrityError, match="which is removed"):
        references.check()


def test_a_release_whose_references_fail_is_a_problem_and_nothing_of_it_is_stored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What SQLite is not asked to look up while storing is still looked up."""
    add = type(store.summaries).add

    def forgetful(self: object, gains: dict[int, object]) -> None:
        add(store.summaries, {e: gain for e, gain in gains.items() if e % 2})  # type: ignore[misc]

    monkeypatch.setattr(type(store.summaries), "add", forgetful)
    saved = store.save([told("[person:Jane Doe] of [organisation:Acme]", "a")])
    assert saved.outcomes == ("problem",)
    assert "no row 2 of entities" in saved.problems[0].message
    assert store.conn.execute("SELECT count(*) FROM mentions").fetchone() == (0,)
