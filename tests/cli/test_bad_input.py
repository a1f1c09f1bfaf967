"""Bad input: one line each that says what to do, a row in problems, status 1, the rest stored."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .test_usage import ROOT, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one good release among bad files."""
    folder = tmp_path_factory.mktemp("inbox")
    shutil.copy(ROOT / "samples" / "hmr-appointment.html", folder)
    (folder / "empty.html").touch()
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "notes.xyz").write_text("neither a release nor a known ending\n")
    (folder / "locked").mkdir()
    (folder / "locked").chmod(0)
    return folder


def contents(path: Path) -> list[str]:
    """Return the database as text, without the row of each run and what ANALYZE says of them."""
    with closing(sqlite3.connect(path)) as db:
        return [row for row in db.iterdump() if "runs" not in row]


def test_bad_files_are_named_and_the_rest_is_stored(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    done = run("ingest", str(folder), str(folder / "absent.html"), "--db", str(path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("Problem: ")]
    names = ["absent.html", "empty.html", "noise.bin", "notes.xyz"]
    if os.geteuid():  # root may open every folder
        names.append("locked")
    assert len(told) == len(names)
    for name in names:
        (line,) = [t for t in told if name in t]
        assert len(line.split(": ", 2)[2].split()) > 4, "the line says what to do"
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM problems").fetchone() == (len(names),)
        assert db.execute("SELECT title FROM releases").fetchone()[0].startswith("Halden Marine")


def test_reading_it_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    good = str(folder / "hmr-appointment.html")
    first = run("ingest", good, "--db", str(path))
    before = contents(path)
    again = run("ingest", good, "--db", str(path))
    assert first.returncode == again.returncode == 0
    assert "1 unchanged" in again.stdout
    assert contents(path) == before


def test_from_standard_input(tmp_path: Path) -> None:
    text = (ROOT / "samples" / "beijing-ic-world.txt").read_text(encoding="utf-8")
    path = tmp_path / "news.db"
    done = run("ingest", "-", "--db", str(path), stdin=text)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(path)) as db:
        row = db.execute("SELECT published, dateline_place FROM releases").fetchone()
    assert row == ("2023-09-26", "Beijing")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_text("not a database " * 100)
    done = run("search", "anything", "--db", str(path))
    assert done.returncode == 1
    assert "not a SQLite database" in done.stderr
    assert "Traceback" not in done.stderr


def test_log_lines_as_json(tmp_path: Path) -> None:
    good = str(ROOT / "samples" / "hmr-appointment.html")
    done = run("-v", "--log-format", "json", "ingest", good, "--db", str(tmp_path / "news.db"))
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert any(line["message"].startswith("stored: ") for line in lines)
    assert [line["uri"] for line in lines if line.get("outcome") == "stored"] == [good]
    (whole,) = (line for line in lines if "documents" in line)
    assert whole["reading"] > 0
    assert whole["extracting"] > 0
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
