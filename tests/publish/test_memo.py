"""Dear answers are kept for about as long as they are dear."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from publish import memo as module
from publish.memo import Memo

WAIT_SECONDS = 10.0


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(tmp_path / "memo.db")
    opened.execute("CREATE TABLE counted (n INTEGER)")
    opened.commit()
    yield opened
    opened.close()


def count(conn: sqlite3.Connection) -> int:
    (found,) = conn.execute("SELECT count(*) FROM counted").fetchone()
    return int(found)


def add(conn: sqlite3.Connection) -> None:
    conn.execute("INSERT INTO counted VALUES (1)")
    conn.commit()


def test_an_answer_is_kept(
    conn: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEEP_FACTOR", 1e9)
    memo = Memo(tmp_path / "memo.db")
    assert memo("count", count, conn) == 0
    add(conn)
    assert memo("count", count, conn) == 0
    memo.clear()
    assert memo("count", count, conn) == 1


def test_an_old_answer_is_given_while_the_new_one_is_computed(
    conn: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEEP_FACTOR", 0.0)
    memo = Memo(tmp_path / "memo.db")
    assert memo("count", count, conn) == 0
    add(conn)
    assert memo("count", count, conn) == 0
    deadline = monotonic() + WAIT_SECONDS
    while memo("count", count, conn) == 0 and monotonic() < deadline:
        sleep(0.01)
    assert memo("count", count, conn) == 1


def test_a_failed_refresh_keeps_the_old_answer(
    conn: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEEP_FACTOR", 0.0)
    memo = Memo(tmp_path / "memo.db")
    assert memo("count", count, conn) == 0

    def fails(conn: sqlite3.Connection) -> int:
        raise sqlite3.OperationalError("busy")

    for _ in range(3):
        assert memo("count", fails, conn) == 0
        sleep(0.05)
