"""`dateline demo` reads every sample, and the database has the facts that the golden file names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from db.schema import schema_version

from .cli.test_usage import ROOT, run
from .db.telling import contents

FACTS = yaml.safe_load((ROOT / "tests" / "sample_facts.yml").read_text(encoding="utf-8"))

#: Tables and views of the contract.
CONTRACT = {
    "sources", "releases", "sections", "entities", "aliases", "mentions", "dates", "events",
    "event_parties", "event_evidence", "roles", "quotes", "contacts", "figures", "clusters",
    "judgements", "problems", "runs", "releases_fts", "entities_fts", "event_calendar",
    "people_directory",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    done = run("demo", "--no-serve", "--db", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def rows(demo: Path) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    with closing(sqlite3.connect(demo)) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def test_every_table_of_the_contract_exists(rows: Callable[..., Any]) -> None:
    found = {name for (name,) in rows("SELECT name FROM sqlite_master")}
    assert CONTRACT - found == set()
    assert rows("PRAGMA user_version")[0][0] == schema_version()


def test_every_sample_has_facts() -> None:
    files = {p.name for p in (ROOT / "samples").iterdir() if not p.name.startswith(".")}
    assert files == set(FACTS)


@pytest.mark.parametrize(
    "wanted",
    [release for releases in FACTS.values() for release in releases],
    ids=lambda wanted: wanted["title"][:40],
)
def test_facts_of_a_sample(rows: Callable[..., Any], wanted: dict[str, Any]) -> None:
    ((ident, *_),) = rows(
        "SELECT id FROM releases WHERE title = ? AND published = ?"
        " ORDER BY uri LIKE '%jsonl%' LIMIT 1",
        wanted["title"],
        str(wanted["published"]),
    )
    for column in ("kind", "language"):
        if column in wanted:
            assert rows(f"SELECT {column} FROM releases WHERE id = ?", ident) == [(wanted[column],)]
    for kind, names in {
        "person": wanted.get("people", []),
        "organisation": wanted.get("organisations", []),
        "venue": wanted.get("venues", []),
    }.items():
        sql = "SELECT DISTINCT name FROM mentions WHERE release_id = ? AND kind = ?"
        assert set(names) - {name for (name,) in rows(sql, ident, kind)} == set()
    for key, sql in {
        "roles": "SELECT person, title, organisation FROM roles WHERE release_id = ?",
        "speakers": "SELECT speaker FROM quotes WHERE release_id = ?",
        "contacts": "SELECT email FROM contacts WHERE release_id = ?",
        "figures": "SELECT text FROM figures WHERE release_id = ?",
        "events": "SELECT name, starts_on FROM announcements WHERE release_id = ?",
        "parties": "SELECT name, role FROM event_parties WHERE release_id = ?",
    }.items():
        facts = {
            tuple(map(str, f)) if isinstance(f, list) else (str(f),) for f in wanted.get(key, [])
        }
        assert facts - {tuple(map(str, row)) for row in rows(sql, ident)} == set(), key


@pytest.mark.parametrize(
    "table",
    [
        "mentions",
        "dates",
        "roles",
        "quotes",
        "figures",
        "contacts",
        "sections",
        "event_parties",
        "event_evidence",
    ],
)
def test_every_fact_points_at_its_words(rows: Callable[..., Any], table: str) -> None:
    bad = rows(
        f"SELECT f.id FROM {table} f JOIN releases r ON r.id = f.release_id"
        " WHERE f.start_char < 0 OR f.end_char <= f.start_char OR f.end_char > length(r.text)"
    )
    assert bad == []


@pytest.mark.parametrize("table", ["mentions", "dates", "quotes", "figures"])
def test_the_words_are_those_stored(rows: Callable[..., Any], table: str) -> None:
    bad = rows(
        f"SELECT f.text, substr(r.text, f.start_char + 1, f.end_char - f.start_char)"
        f" FROM {table} f JOIN releases r ON r.id = f.release_id"
        " WHERE f.text != substr(r.text, f.start_char + 1, f.end_char - f.start_char)"
    )
    assert bad == []


def test_a_changed_page_is_a_new_version(rows: Callable[..., Any]) -> None:
    """Both corrected samples replace their first version, and the difference is kept."""
    found = rows(
        "SELECT r.title, v.difference FROM versions v JOIN releases r ON r.id = v.release_id"
    )
    assert {title for title, _ in found} == {
        "Halden Marine Robotics Reports Second Quarter 2025 Results",
        "Open Day at Skagervik Harbour Hall",
    }
    assert all(difference for _, difference in found)


def test_the_newest_state_of_a_page_stands(rows: Callable[..., Any]) -> None:
    """Whatever the order of the files' names, which read the correction first."""
    found = rows("SELECT text FROM releases WHERE uid LIKE '%20250815-hmr-q2'")
    assert "up 30% from" in found[0][0]
    assert rows("SELECT published FROM releases WHERE uid LIKE '%/open-day'") == [("2025-10-15",)]


def test_reading_the_samples_again_changes_nothing(demo: Path) -> None:
    with closing(sqlite3.connect(demo)) as connection:
        before = contents(connection)
        done = run("ingest", str(ROOT / "samples"), "--db", str(demo))
        assert done.returncode == 0, done.stderr
        assert "0 releases stored, 26 unchanged" in done.stdout
        assert contents(connection) == before


def test_copies_are_one_cluster(rows: Callable[..., Any]) -> None:
    sizes = rows("SELECT release_count FROM clusters WHERE release_count > 1")
    assert sizes == [(2,)]


def test_namesakes_stay_apart_and_one_person_is_one(rows: Callable[..., Any]) -> None:
    def count(name: str) -> int:
        return len(rows("SELECT 1 FROM entities WHERE kind = 'person' AND name = ?", name))

    assert count("Anna Lindqvist") == 2
    assert count("Ingrid Solbakken") == count("Leila Haddad") == count("Ruth Okafor") == 1


def test_a_language_without_a_pipeline_is_said(rows: Callable[..., Any]) -> None:
    (message,) = rows("SELECT message FROM problems WHERE stage = 'extract'")[0]
    assert "pip install" in message or "spacy" in message.lower()


def test_the_terminal_tells_the_occasion_of_a_release(demo: Path, rows: Callable[..., Any]) -> None:
    ((uid,),) = rows("SELECT uid FROM releases WHERE uid LIKE '%beijing-ic-world.txt'")
    shown = run("show", uid, "--db", str(demo)).stdout
    occasion = " ".join(shown.split("\nRoles\n")[1].split("\nText\n")[0].split())
    assert "IC WORLD Conference 2023-09-25 Beijing Economic Development Zone" in occasion
    assert "hosts: Beijing Municipal Bureau of Economy and Information Technology;" in occasion
    assert "SEMI China; Beijing Integrated Circuit Society" in occasion.split("sponsors: ")[1]
    assert "over 130 exhibiting entities" in occasion
