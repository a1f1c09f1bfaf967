"""What the pages ask, on three made-up releases whose facts are known."""

from __future__ import annotations

import doctest
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from db import Store, judgements
from db.queries import (
    catalogue,
    entities,
    events,
    found,
    passages,
    people,
    places,
    quotes,
    releases,
    summary,
)
from tests.publish import world


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = world.database(tmp_path_factory.mktemp("queries") / "small.db", world.small())
    opened = sqlite3.connect(path)
    yield opened
    opened.close()


def number(conn: sqlite3.Connection, name: str, kind: str) -> int:
    """The entity's number."""
    (ident,) = conn.execute(
        "SELECT id FROM entities WHERE name = ? AND kind = ?", (name, kind)
    ).fetchone()
    return int(ident)


def test_the_newest_release_comes_first(conn: sqlite3.Connection) -> None:
    assert [r["uid"] for r in releases.latest(conn)] == ["next", "appointment", "opening"]


@pytest.mark.parametrize(
    ("ref", "uid"),
    [("opening", "opening"), ("1", "opening"), ("no such", None), ("", None), ("9" * 40, None)],
)
def test_a_release_is_found_by_id_or_uid(
    conn: sqlite3.Connection, ref: str, uid: str | None
) -> None:
    one = releases.release(conn, ref)
    assert (one["uid"] if one else None) == uid


def test_every_offset_of_a_release_leads_to_its_words(conn: sqlite3.Connection) -> None:
    one = releases.release(conn, "opening")
    assert one
    for name in ("mentions", "dates", "quotes", "figures"):
        for fact in one[name]:
            assert one["text"][fact["start_char"] : fact["end_char"]] == fact["text"]
    (event,) = one["events"]
    assert {party["role"] for party in event["parties"]} == {"host", "sponsor", "speaker"}
    assert {words["field"] for words in event["evidence"]} >= {"starts_on", "ends_on", "venue"}


def test_a_dossier_gathers_what_releases_say(conn: sqlite3.Connection) -> None:
    one = entities.dossier(conn, number(conn, "Lin Qiaoyun", "person"))
    assert one
    assert [title["title"] for title in one["titles"]] == ["Deputy Mayor"]
    assert [event["name"] for event in one["events"]] == ["Quay Forum", "Harbour Light Week 2023"]
    assert one["months"] == {"2023-09": 1, "2024-01": 1}
    assert [release["uid"] for release in one["passages"]] == ["next", "opening"]
    first = one["passages"][0]["passage"]
    assert first["words"] == "Lin Qiaoyun"
    assert first["after"] == ", Deputy Mayor of Ningbo, will speak online."
    together = {companion["name"]: companion["releases"] for companion in one["companions"]}
    assert together["Baltic Quay Society"] == 2
    assert not one["more"]


def test_a_dossier_of_nobody_is_none(conn: sqlite3.Connection) -> None:
    assert entities.dossier(conn, 10**9) is None
    assert entities.card(conn, 10**9) is None
    assert entities.moved_to(conn, 10**9) is None


def test_an_organisation_knows_its_people(conn: sqlite3.Connection) -> None:
    one = entities.dossier(conn, number(conn, "Fenwick Lanterns Ltd.", "organisation"))
    assert one
    assert {p["person"]: p["title"] for p in one["people"]} == {
        "Ingrid Solheim": "chief financial officer",
        "Tobias Fenwick": "chief executive",
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("First this. Two ", ". Three.", ("Two ", ".")),
        (
            "It rained. Mr. ",
            ", author of Fen Inc. News, left. Rain.",
            ("Mr. ", ", author of Fen Inc. News, left."),
        ),
        ("At 9 a.m. Ada J. ", " Orr spoke. Rain.", ("At 9 a.m. Ada J. ", " Orr spoke.")),
        ("It ended! ", " (so we heard). 12 came.", ("", " (so we heard).")),
        ("", " opens\n\nmore", ("", " opens")),
        ("x " * 120, " y" * 120, ("… " + "x " * 119, " y" * 119 + " …")),
        ("Said: ", "! Loud.", ("Said: ", "!")),
    ],
)
def test_a_passage_is_cut_at_its_sentence(
    before: str, after: str, expected: tuple[str, str]
) -> None:
    cut = passages._sentence({"before": before, "after": after, "words": "Lin"})
    assert (cut["before"], cut["after"]) == expected


@pytest.mark.parametrize("module", [found, passages])
def test_examples_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


TODAY = date(2023, 10, 10)


def test_an_event_that_runs_today_is_still_coming_up(conn: sqlite3.Connection) -> None:
    assert [e["name"] for e in events.upcoming(conn, TODAY)] == [
        "Harbour Light Week 2023",
        "Quay Forum",
    ]
    assert [e["name"] for e in events.recent(conn, date(2024, 1, 1))] == ["Harbour Light Week 2023"]


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2023, 10, 1), "2023-10"),
        (date(2023, 12, 1), "2023-10"),
        (date(2020, 1, 1), "2023-10"),
        (date(2026, 1, 1), "2024-03"),
    ],
)
def test_the_calendar_opens_where_events_are(
    conn: sqlite3.Connection, today: date, month: str
) -> None:
    assert events.month_to_show(conn, today) == month


@pytest.mark.parametrize(
    ("month", "names", "earlier", "later"),
    [
        ("2023-10", ["Harbour Light Week 2023"], None, "2024-03"),
        ("2023-11", [], "2023-10", "2024-03"),
        ("2024-03", ["Quay Forum"], "2023-10", None),
        ("0001-01", [], None, "2023-10"),
        ("9999-12", [], "2024-03", None),
    ],
)
def test_a_month_knows_its_neighbours(
    conn: sqlite3.Connection, month: str, names: list[str], earlier: str | None, later: str | None
) -> None:
    shown = events.month(conn, month)
    assert [e["name"] for e in shown["events"]] == names
    assert (shown["earlier"], shown["later"]) == (earlier, later)


def test_a_month_is_whole_whichever_of_its_events_are_shown(tmp_path: Path) -> None:
    path = world.database(tmp_path / "month.db", world.small())
    with closing(sqlite3.connect(path)) as conn:
        known = "SELECT entity_id FROM events"
        spare = conn.execute(f"SELECT id FROM entities WHERE id NOT IN ({known}) LIMIT 5")
        for nth, (number,) in enumerate(spare.fetchall()):
            conn.execute(
                """INSERT INTO events(entity_id, name, starts_on, ends_on, place_id, release_count)
                SELECT ?, ?, '2023-10-11', '2023-10-11', place_id, ? FROM events WHERE id = ?""",
                (number, f"Day {nth}", 1 + nth, world.EVENT),
            )
        shown = events.month(conn, "2023-10", limit=2, offset=2)
        first = events.month(conn, "2023-10")["events"]
    week = {"id": world.EVENT, "name": "Harbour Light Week 2023"}
    assert [event["name"] for event in shown["events"]] == ["Day 3", "Day 2"]
    assert shown["events"] == first[2:4]
    assert (shown["total"], shown["more"]) == (6, True)
    assert list(shown["days"]) == ["2023-10-09", "2023-10-10", "2023-10-11", "2023-10-12"]
    assert shown["days"]["2023-10-09"] == {
        "total": 1,
        "begin": 1,
        "events": [week | {"goes_on": False}],
    }
    eleventh = shown["days"]["2023-10-11"]
    assert (eleventh["total"], eleventh["begin"]) == (6, 5)
    assert [event["name"] for event in eleventh["events"]] == [week["name"], "Day 4", "Day 3"]
    assert sum(place["events"] for place in shown["places"]) == 6


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"query": "forum"}, ["Quay Forum"]),
        ({"query": "FORUM "}, ["Quay Forum"]),
        ({"since": "2024-01-01"}, ["Quay Forum"]),
        ({"until": "2023-12-31"}, ["Harbour Light Week 2023"]),
        ({"mode": "hybrid"}, ["Quay Forum"]),
        ({"query": "%"}, []),
        ({}, ["Quay Forum", "Harbour Light Week 2023"]),
    ],
)
def test_events_can_be_narrowed(
    conn: sqlite3.Connection, asked: dict[str, str], names: list[str]
) -> None:
    shown, more = events.listing(conn, **asked)  # type: ignore[arg-type]
    assert [e["name"] for e in shown] == names
    assert not more


def test_an_event_has_parties_by_role(conn: sqlite3.Connection) -> None:
    ident = events.id_of_entity(conn, number(conn, "Harbour Light Week 2023", "event"))
    assert ident
    one = events.event(conn, ident)
    assert one
    assert [p["name"] for p in one["parties"]["host"]] == ["Ningbo Port Bureau"]
    assert len(one["parties"]["sponsor"]) == 2
    assert one["event"]["venue"] == "Yongjiang Exhibition Centre"
    assert [r["uid"] for r in one["releases"]] == ["opening"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"letter": "L"}, ["Lin Qiaoyun"]),
        ({"letter": "Z"}, []),
        ({"query": "fenwick"}, ["Tobias Fenwick"]),
        ({"query": "in"}, ["Ingrid Solheim"]),
        ({"query": '"'}, []),
    ],
)
def test_people_are_found_by_letter_and_name(
    conn: sqlite3.Connection, asked: dict[str, str], names: list[str]
) -> None:
    shown, _ = people.directory(conn, **asked)  # type: ignore[arg-type]
    assert [p["name"] for p in shown] == names


def test_people_come_with_their_latest_title(conn: sqlite3.Connection) -> None:
    shown, _ = people.directory(conn, query="Solheim")
    assert (shown[0]["title"], shown[0]["organisation"]) == (
        "chief financial officer",
        "Fenwick Lanterns Ltd.",
    )


@pytest.mark.parametrize(
    ("query", "number_found"), [("lamp", 1), ("best year", 1), ("year lamp", 0), ('"', 0), ("", 3)]
)
def test_quotes_hold_all_the_words(conn: sqlite3.Connection, query: str, number_found: int) -> None:
    shown, more = quotes.listing(conn, query=query)
    assert (len(shown), more) == (number_found, False)


def test_quotes_of_one_speaker(conn: sqlite3.Connection) -> None:
    shown, _ = quotes.listing(conn, speaker_id=number(conn, "Tobias Fenwick", "person"))
    assert [q["published"] for q in shown] == ["2023-11-03", "2023-09-26"]


def test_search_narrows_by_facets(conn: sqlite3.Connection) -> None:
    whole = found.releases(conn, "Fenwick", {})
    assert whole["total"] == 2
    assert {f["value"]: f["count"] for f in whole["facets"]["kind"]} == {
        "appointment": 1,
        "event": 1,
    }
    narrowed = found.releases(conn, "Fenwick", {"kind": "event"})
    assert [r["uid"] for r in narrowed["releases"]] == ["opening"]
    # A facet that is in use still shows its other values.
    assert len(narrowed["facets"]["kind"]) == 2
    assert "\x02Fenwick\x03" in whole["releases"][0]["snippet"]


def test_frequent_words_are_ranked_by_title(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "CANDIDATES", 1)
    shown = found.releases(conn, "Fenwick", {})
    assert shown["capped"]
    assert [r["uid"] for r in shown["releases"]] == ["appointment"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("l", "Lin Qiaoyun"), ("LI", "Lin Qiaoyun"), ("qiaoyun", "Lin Qiaoyun"), ("", None)],
)
def test_names_are_suggested_while_typing(
    conn: sqlite3.Connection, typed: str, first: str | None
) -> None:
    names = [entry["name"] for entry in found.names(conn, typed)]
    assert (names[0] if names else None) == first


def test_the_summary_counts(conn: sqlite3.Connection) -> None:
    counts = summary.counts(conn)
    assert (counts["releases"], counts["events"], counts["quotes"]) == (3, 2, 3)
    assert summary.by_month(conn) == {"2023-09": 1, "2023-11": 1, "2024-01": 1}
    assert summary.by_kind(conn) == {"event": 2, "appointment": 1}
    assert summary.by_source(conn) == {"Harbour Wire": 2, "Quay News": 1}
    assert summary.events_by_month(conn) == {"2023-10": 1, "2024-03": 1}
    assert summary.by_language(conn) == {"en": 3}
    assert summary.top(conn, "person")[0]["release_count"] == 2


def test_rising_names_are_counted_back_from_the_newest_release(conn: sqlite3.Connection) -> None:
    rising = {entry["name"]: (entry["before"], entry["now"]) for entry in summary.rising(conn)}
    assert rising["Quay Forum"] == (0, 1)


def test_places_have_positions(conn: sqlite3.Connection) -> None:
    assert "Ningbo" in {place["name"] for place in places.points(conn)}
    assert places.of_events([]) == []
    here = {"latitude": 1.0, "longitude": 2.0, "place": None, "place_id": None}
    hall = here | {"venue": "Hall", "venue_id": 7}
    town = here | {"venue": "Hall", "venue_id": 7, "place": "Town", "place_id": 8}
    nowhere = town | {"latitude": None}
    assert [
        (p["name"], p["id"], p["events"]) for p in places.of_events([hall, town, town, nowhere])
    ] == [
        ("Town", 8, 2),
        ("Hall", 7, 1),
    ]


def test_the_catalogue_leaves_out_what_is_internal(conn: sqlite3.Connection) -> None:
    tables = {table["name"]: table for table in catalogue.tables(conn)}
    assert {"releases", "entities", "event_calendar"} <= set(tables)
    assert not [name for name in tables if name.startswith(("sqlite_", "_"))]
    keys = {key["column"]: key["table"] for key in tables["releases"]["foreign_keys"]}
    assert keys["issuer_id"] == "entities"


def test_a_hidden_organisation_stands_beside_no_title(tmp_path: Path) -> None:
    path = world.database(tmp_path / "hidden.db", world.small())
    with Store(path) as store:
        judgements.hide(store, world.ORGANISATION, "asked for")
    with closing(sqlite3.connect(path)) as conn:
        (person,) = conn.execute("SELECT id FROM entities WHERE name = 'Ingrid Solheim'").fetchone()
        found = entities.dossier(conn, person)
        listed, _ = people.directory(conn, query="Solheim")
        assert found
        for title in (entities.title_of(conn, person), found["titles"][0], listed[0]):
            assert title
            assert title["title"] == "chief financial officer"
            assert (title["organisation"], title.get("organisation_id")) == (None, None)


VIEWS = ("event_calendar", "people_directory", "titles_over_time", "quotations", "places_map")


@pytest.mark.parametrize(
    "name",
    [
        "Lin Qiaoyun",
        "Fenwick Lanterns Ltd.",
        "Ningbo Port Bureau",
        "Yongjiang Exhibition Centre",
        "Gdańsk",
        "Quay Forum",
    ],
)
def test_what_is_hidden_stands_in_no_view_and_beside_no_event(tmp_path: Path, name: str) -> None:
    path = world.database(tmp_path / "hidden.db", world.small())

    def told() -> set[str]:
        with closing(sqlite3.connect(path)) as conn:
            # Titles and texts of releases are their own words, which stay.
            conn.executemany("UPDATE releases SET title = ?", [("",)])
            numbers = [number for (number,) in conn.execute("SELECT id FROM events")]
            found: list[object] = [
                conn.execute(f"SELECT * FROM {view}").fetchall() for view in VIEWS
            ]
            for number in numbers:
                event = events.event(conn, number) or {}
                found += [event.get(part) for part in ("event", "parties", "evidence")]
            found += [events.listing(conn), events.month(conn, "2023-10")]
            for release in ("1", "2", "3"):
                facts = releases.release(conn, release)
                assert facts
                found += [
                    (event["name"], event["venue"], event["place"], event["parties"])
                    for event in facts["events"]
                ]
        words = str(found)
        return {known for known in (f"'{name}'", f"{name};", f"; {name}") if known in words}

    assert told()
    with Store(path) as store:
        (number,) = store.conn.execute("SELECT id FROM entities WHERE name = ?", (name,)).fetchone()
        judgements.hide(store, number, "asked for")
    assert not told()
