"""Search by words and by names; hostile input is only words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import db
from db import Store
from db.judgements import hide
from db.search import MARKS, Filters, match_expression, names, releases
from tests.db.telling import told

WORDS = " ".join(f"word{n}" for n in range(60))


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("search") / "news.db"
    with Store(path) as store:
        store.save(
            [
                told(
                    "The [event:Circuit Summit 2025] opens in [place:Leeds].",
                    "opening",
                    title="Circuit Summit opens",
                    issuer="Acme Inc.",
                ),
                told(
                    "[person:Trent Henkaline] spoke of circuits in [place:Oslo]. " + WORDS,
                    "spoken",
                    published=date(2023, 1, 1),
                ),
                told(
                    "[person:Trent Henkaline] spoke of circuits in [place:Oslo]. " + WORDS,
                    "copy",
                    published=date(2023, 1, 2),
                ),
                told(
                    "[person:李明] of [organisation:北京大学] in [place:Curaçao], word5long", "asia"
                ),
                told("[organisation:Hidden Hand] [person:李明]", "hidden"),
            ]
        )
        (number,) = store.conn.execute(
            "SELECT id FROM entities WHERE name = 'Hidden Hand'"
        ).fetchone()
        hide(store, number)
    opened = db.connect(path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("circuit summit", '"circuit" AND "summit" *'),
        ('"opening day" ', '"opening day"'),
        ("circuit -expo ", '"circuit" NOT "expo"'),
        ("AND OR NEAR(", '"AND" AND "OR" AND "NEAR(" *'),
        ("-expo", ""),
        ("(((", ""),
        ("", ""),
    ],
)
def test_match_expression(typed: str, expression: str) -> None:
    assert match_expression(typed) == expression


@pytest.mark.parametrize(
    ("query", "filters", "uids"),
    [
        ("circuit", Filters(), ["opening", "copy"]),
        ("circuit summit", Filters(), ["opening"]),
        ("circuits -summit", Filters(), ["copy"]),
        ("opens", Filters(issuer="Acme"), []),
        ("opens", Filters(issuer="Acme Inc."), ["opening"]),
        ("circuit", Filters(place="leeds"), ["opening"]),
        ("circuit", Filters(place="nowhere"), []),
        ("circuit", Filters(until="2023-12-31"), ["copy"]),
        ("circuit", Filters(since="2024-01-01"), ["opening"]),
        ("", Filters(entity="Trent Henkaline"), ["copy", "spoken"]),
        ("", Filters(kind="award"), []),
        ("circuit", Filters(source="news.example"), ["opening", "copy"]),
        ("circuit", Filters(source="elsewhere"), []),
        ("nonsenseword", Filters(), []),
        ("circ", Filters(place="Leeds"), ["opening"]),
        (
            "circuit",
            Filters(place="Oslo", entity="Trent Henkaline", until="2023-01-01"),
            ["spoken"],
        ),
    ],
)
def test_releases(conn: sqlite3.Connection, query: str, filters: Filters, uids: list[str]) -> None:
    assert [hit.uid for hit in releases(conn, query, filters).hits] == uids


def test_pages_and_snippets(conn: sqlite3.Connection) -> None:
    page = releases(conn, "circuit", limit=1)
    assert (page.total, page.more) == (2, True)
    assert f"{MARKS[0]}Circuit{MARKS[1]}" in page.hits[0].snippet
    page = releases(conn, "circuit", limit=1, offset=1)
    assert (page.hits[0].uid, page.more) == ("copy", False)


@pytest.mark.parametrize(
    ("query", "name", "way"),
    [
        ("Trent Henkaline", "Trent Henkaline", "exact"),
        ("trent", "Trent Henkaline", "beginning"),
        ("enkal", "Trent Henkaline", "containing"),
        ("Trent Henkalin", "Trent Henkaline", "beginning"),
        ("Trend Henkeline", "Trent Henkaline", "spelling"),
        ("李明", "李明", "exact"),
        ("明", "李明", "containing"),
        ("大学", "北京大学", "containing"),
        ("京大学", "北京大学", "containing"),
        ("curacao", "Curaçao", "exact"),
        ("CURAÇ", "Curaçao", "beginning"),
        ("uraca", "Curaçao", "containing"),
        ("circuit sum", "Circuit Summit 2025", "beginning"),
        ("RENT HENKALI", "Trent Henkaline", "containing"),
        # One slip: a letter left out, doubled, exchanged, two swapped, at each end.
        ("Tent Henkaline", "Trent Henkaline", "spelling"),
        ("Trent Henkkaline", "Trent Henkaline", "spelling"),
        ("Trant Henkaline", "Trent Henkaline", "spelling"),
        ("Circuit Sumimt 2025", "Circuit Summit 2025", "spelling"),
        ("Trent Henkalien", "Trent Henkaline", "spelling"),
        # Two slips, one in each of two parts of the name.
        ("Cirkuit Summit 2052", "Circuit Summit 2025", "spelling"),
    ],
)
def test_names(conn: sqlite3.Connection, query: str, name: str, way: str) -> None:
    hit = names(conn, query)[0]
    assert (hit.name, hit.way) == (name, way)


@pytest.mark.parametrize(
    "query",
    # The last has letter triples of a name in another order.
    ["", " ", "%", "zzzzzz", "Hidden Hand", "Hiden Hand", "'; DROP TABLE x", "linhenkal"],
)
def test_names_that_are_not_there(conn: sqlite3.Connection, query: str) -> None:
    assert names(conn, query) == []


def test_names_of_a_kind(conn: sqlite3.Connection) -> None:
    assert names(conn, "circuit summit 2025", kind="person") == []


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=30) | st.text('"*-():^+ANDORT李明', max_size=12))
def test_no_input_is_an_error(conn: sqlite3.Connection, query: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in query):
        return
    releases(conn, query)
    names(conn, query)
