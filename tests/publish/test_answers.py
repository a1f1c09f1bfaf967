"""A kept answer is exact until something is stored, and then old for a moment at most."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from publish import answers as module
from publish.answers import Answer, Answers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "answers.db"
    with closing(sqlite3.connect(found)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("CREATE TABLE counted (n INTEGER)")
    return found


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        yield conn


def add(writer: sqlite3.Connection) -> None:
    writer.execute("INSERT INTO counted VALUES (1)")


class Count:
    """Makes answers that say how many have been made."""

    def __init__(self, status: int = 200) -> None:
        self.made = 0
        self.status = status

    async def __call__(self) -> Answer:
        self.made += 1
        mine = self.made
        await asyncio.sleep(0)
        return Answer(self.status, "text/plain", str(mine).encode())


def ask(answers: Answers, make: Count, times: int = 1, key: str = "/") -> list[bytes]:
    """The bodies that readers get who ask at once."""

    async def run() -> list[Answer]:
        return await asyncio.gather(*(answers(key, make) for _ in range(times)))

    return [answer.body for answer in asyncio.run(run())]


def test_an_answer_is_kept_until_something_is_stored(
    path: Path, writer: sqlite3.Connection
) -> None:
    answers, make = Answers(path, stale_seconds=0), Count()
    assert ask(answers, make) + ask(answers, make) == [b"1", b"1"]
    add(writer)
    assert ask(answers, make) == [b"2"]


def test_an_answer_may_be_old_for_a_moment(path: Path, writer: sqlite3.Connection) -> None:
    answers, make = Answers(path, stale_seconds=1000), Count()
    ask(answers, make)
    add(writer)
    assert ask(answers, make) == [b"1"]
    answers.clear()
    assert ask(answers, make) == [b"2"]


def test_who_asks_at_once_gets_one_answer(path: Path) -> None:
    make = Count()
    assert ask(Answers(path), make, times=8) == [b"1"] * 8


def test_addresses_have_answers_of_their_own(path: Path) -> None:
    answers, make = Answers(path), Count()
    assert ask(answers, make, key="/a") + ask(answers, make, key="/b") == [b"1", b"2"]


def test_a_failure_is_not_kept(path: Path) -> None:
    answers, make = Answers(path), Count(status=503)
    assert ask(answers, make) + ask(answers, make) == [b"1", b"2"]


def test_the_least_asked_for_goes_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2)
    answers, make = Answers(path), Count()
    for key in ("/a", "/b", "/a", "/c"):
        ask(answers, make, key=key)
    assert ask(answers, make, key="/a") == [b"1"]
    assert ask(answers, make, key="/b") == [b"4"]


def test_a_locked_file_keeps_nothing_and_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("CREATE TABLE counted (n INTEGER)")
        conn.execute("BEGIN EXCLUSIVE")
        answers, make = Answers(path, stale_seconds=0), Count()
        assert ask(answers, make) + ask(answers, make) == [b"1", b"2"]
        conn.execute("COMMIT")
        assert ask(answers, make) + ask(answers, make) == [b"3", b"3"]
