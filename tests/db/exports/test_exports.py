"""Exports: every table in every row format, calendars, feeds and linked data that parse back."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import db
from db.exports import FORMATS, TABLES, ExportError, Selection, export
from db.exports.atom import feed
from db.exports.calendar import calendar
from tests.publish import world

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = world.database(tmp_path_factory.mktemp("exports") / "small.db", world.small())
    connection = db.connect(path)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = world.database(tmp_path_factory.mktemp("exports") / "empty.db")
    connection = db.connect(path)
    yield connection
    connection.close()


def written(connection: sqlite3.Connection, format_: str, **selection: Any) -> bytes:
    out = io.BytesIO()
    export(connection, format_, out, Selection(**selection))
    return out.getvalue()


def entity(connection: sqlite3.Connection, name: str) -> int:
    (ident,) = connection.execute("SELECT id FROM entities WHERE name = ?", [name]).fetchone()
    return int(ident)


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_the_same_in_every_format(small: sqlite3.Connection, table: str) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    lines = [json.loads(line) for line in written(small, "jsonl", table=table).splitlines()]
    cells = list(csv.reader(io.StringIO(written(small, "csv", table=table).decode())))
    columnar = pq.read_table(io.BytesIO(written(small, "parquet", table=table))).to_pylist()
    assert columnar == lines
    assert cells[0] == list(lines[0])
    assert len(cells) == len(lines) + 1
    assert [row[0] for row in cells[1:]] == [str(line["id"]) for line in lines]


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_database_gives_an_empty_document(empty: sqlite3.Connection, format_: str) -> None:
    assert export(empty, format_, io.BytesIO(), Selection()) == 0


def test_days_select(small: sqlite3.Connection) -> None:
    def titles(**days: str) -> int:
        return len(written(small, "jsonl", table="releases", **days).splitlines())

    assert titles() == 3
    assert titles(since="2023-11-03") == 2
    assert titles(until="2023-11-03") == 2
    assert titles(since="2023-10-01", until="2023-12-31") == 1


def test_a_cell_is_no_formula() -> None:
    from db.exports.csv_rows import _cell

    assert _cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert _cell("Halden") == "Halden"
    assert _cell(-3) == -3


def test_calendar_reads_back(small: sqlite3.Connection) -> None:
    from icalendar import Calendar

    events = Calendar.from_ical(written(small, "ics", base="https://x.example")).walk("VEVENT")
    first = next(e for e in events if "Harbour Light Week" in e["summary"])
    assert first["dtstart"].dt.isoformat() == "2023-10-09"
    assert first["dtend"].dt.isoformat() == "2023-10-13", "the last day is the 12th, DTEND is after"
    assert world.VENUE in first["location"]
    assert first["url"].startswith("https://x.example/event/")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("EDT", "2025-08-18T13:30:00+00:00"),
        ("GMT", "2025-08-18T09:30:00+00:00"),
        (None, "2025-08-18T09:30:00"),
        ("Ruritanian time", "2025-08-18T09:30:00"),
    ],
)
def test_start_times(zone: str | None, expected: str) -> None:
    from icalendar import Calendar

    row = {
        "id": 1,
        "name": "Call, with; commas",
        "starts_on": "2025-08-18",
        "ends_on": "2025-08-18",
        "start_time": "09:30",
        "timezone": zone,
    }
    text = b"".join(calendar("T", [row], "https://x.example"))
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["dtstart"].dt.isoformat() == expected
    assert event["summary"] == "Call, with; commas"


def test_events_without_a_day_are_left_out() -> None:
    rows = [{"id": 1, "name": "Someday", "starts_on": None}]
    assert b"VEVENT" not in b"".join(calendar("T", rows, "https://x.example"))


def test_feed_of_an_entity(small: sqlite3.Connection) -> None:
    ident = entity(small, "Lin Qiaoyun")
    root = ET.fromstring(written(small, "atom", entity=ident))
    titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
    assert titles == [
        "Baltic Quay Society to host spring forum in Gdańsk",
        "Harbour Light Week opens in Ningbo with 140 exhibitors",
    ]
    assert root.findtext(f"{ATOM}updated") == "2024-01-15T00:00:00+00:00"


@pytest.mark.parametrize("query", ["lamp", 'lamp" OR', "lamp AND", "NEAR(", "*"])
def test_feed_of_a_query_takes_any_words(small: sqlite3.Connection, query: str) -> None:
    ET.fromstring(written(small, "atom", query=query))


def test_feed_drops_what_xml_cannot_carry() -> None:
    entry = {"path": "/x", "title": "a\x00b\ud800c", "updated": "bad", "summary": "<b>&"}
    root = ET.fromstring(b"".join(feed("T", "https://x.example/", [entry], "https://x.example")))
    found = root.find(f"{ATOM}entry")
    assert found is not None
    assert found.findtext(f"{ATOM}title") == "abc"
    assert found.findtext(f"{ATOM}summary") == "<b>&"


def test_linked_data(small: sqlite3.Connection) -> None:
    things = [json.loads(line) for line in written(small, "jsonld").splitlines()]
    week = next(t for t in things if t["@type"] == "Event" and "Light" in t["name"])
    assert week["location"]["name"] == world.VENUE
    assert [o["name"] for o in week["organizer"]] == ["Ningbo Port Bureau"]
    assert sum(t["@type"] == "NewsArticle" for t in things) == 3


def test_follow_the_money_links_lead_somewhere(small: sqlite3.Connection) -> None:
    things = [json.loads(line) for line in written(small, "ftm").splitlines()]
    ids = {thing["id"] for thing in things}
    assert len(ids) == len(things)
    links = {"employee", "employer", "subject", "object", "document", "entity"}
    targets = {
        value
        for thing in things
        for name, values in thing["properties"].items()
        if name in links
        for value in values
    }
    assert targets
    assert targets <= ids


@pytest.mark.parametrize(
    ("format_", "selection", "message"),
    [
        ("xls", {}, "not a format"),
        ("csv", {"table": "secrets"}, "not exported"),
        ("csv", {"query": "x"}, "--query does not select"),
        ("ics", {"table": "events"}, "--table does not select"),
        ("ftm", {"since": "2025-01-01"}, "knows nothing"),
    ],
)
def test_what_cannot_be_exported_is_said(
    small: sqlite3.Connection, format_: str, selection: dict[str, str], message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        written(small, format_, **selection)


def test_memory_does_not_grow_with_rows() -> None:
    """Twenty times the rows, the same peak: rows are streamed, not collected."""

    def rows(count: int) -> Iterator[dict[str, Any]]:
        for number in range(count):
            yield {"path": f"/{number}", "title": "t" * 200, "updated": None, "summary": "s" * 200}

    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in feed("T", "https://x.example/", rows(count), "https://x.example"):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4_000) < 2 * peak(200)
